/** What the job summary says of a step, gathered while it runs. All of it is plain text: the page escapes it. */
import { formatDuration, timestamp } from './duration.ts'

export type Piece = string | { code: string } | { strong: string } | { text: string; href: string }

/** Several pieces are one after the other. */
export type Cell = Piece | readonly Cell[]

export interface Row {
  name: string
  value: Cell
}

export interface Table {
  columns: readonly string[]
  rows: readonly (readonly Cell[])[]
  /** How many there are beyond these. */
  more?: number
  /** What those that are folded are called. */
  rest?: string
}

export interface Column<T> {
  name: string
  cell: (item: T) => Cell
  /** Left out where all rows have the same. */
  isOptional?: boolean
}

/** More rows nobody reads, and a row of each of 10,000 backups is tens of megabytes. */
const mostRows = 500

/** A row for each item, up to 500. */
export function tableOf<T>(columns: readonly Column<T>[], items: readonly T[]): Table {
  const shown = items.slice(0, mostRows)
  const differs = ({ cell, isOptional }: Column<T>) =>
    isOptional !== true || new Set(shown.map(item => plainText(cell(item)))).size > 1
  const kept = columns.filter(differs)
  return {
    columns: kept.map(({ name }) => name),
    rows: shown.map(item => kept.map(({ cell }) => cell(item))),
    more: items.length - shown.length,
  }
}

export interface Fold {
  title: string
  content:
    | { kind: 'table'; table: Table }
    | { kind: 'list'; items: readonly string[] }
    | { kind: 'text'; text: string }
    | { kind: 'quotation'; text: string }
    /** A step of a workflow, ready to paste. */
    | { kind: 'step'; operation: string; inputs: readonly string[] }
}

export interface Report {
  /** What the step is about, for the heading of one that fails: `Backup of production`. */
  subject?: string
  /** What came of it, for the same heading: `nothing was backed up`. */
  outcome?: string
  /** What happened, with the name of the object; of a step that ends well. */
  heading?: string
  /** What a person asks next. */
  sentence?: Cell
  /** What is to be copied, and what is at stake. */
  rows: Row[]
  tables: Table[]
  folds: Fold[]
}

export function openReport(): Report {
  return { rows: [], tables: [], folds: [] }
}

/** Without what makes it code or bold. */
export function plainText(cell: Cell): string {
  if (typeof cell === 'string') return cell
  if ('code' in cell) return cell.code
  if ('text' in cell) return cell.text
  return 'strong' in cell ? cell.strong : cell.map(plainText).join('')
}

/** None where the service does not show one. */
export function endpointRows(connectAddress: string | undefined): Row[] {
  return connectAddress === undefined ? [] : [{ name: 'Endpoint', value: { code: connectAddress } }]
}

/** A cluster by its name and id, as far as they are known. */
export function namedCluster({
  clusterId,
  clusterName,
}: {
  clusterId: string
  clusterName?: string | undefined
}): Cell {
  return clusterName === undefined
    ? { code: clusterId }
    : [{ strong: clusterName }, ' (', { code: clusterId }, ')']
}

/** `70d ago, 2026-09-16`, with blanks that do not break. */
export function ageAndDate({ createTime }: { createTime?: number | undefined }, now: number): string {
  if (createTime === undefined) return 'unknown'
  return `${largestUnit(now - createTime)} ago, ${timestamp(createTime).split('T')[0]}`.replaceAll(
    ' ',
    '\u00a0',
  )
}

/** `70d`, `5h`: nobody needs more of an age in a table. */
export function largestUnit(milliseconds: number): string {
  return formatDuration(Math.max(0, milliseconds)).split(' ')[0] ?? ''
}
