/** The job summary of a step, as a string. Whatever comes from outside is escaped here. */
import type { OutputName } from '../contract.ts'
import type { Parts } from '../errors.ts'
import type { Fold, Report, Row, Table } from '../report.ts'
import type { Hint } from '../resume.ts'
import type { Outcome } from '../step.ts'
import { escapeHtml, sanitize } from '../untrusted-text.ts'
import type { StepCommon } from '../workflow-step.ts'
import { cellOf, foldedTable, foldOf, mostShown, rowTable, text, yaml } from './html.ts'

export type Status = Outcome | 'failed' | 'timed-out' | 'cancelled'

export interface PageParts {
  /** What the workflow wrote as `operation`. */
  operation: string
  status: Status
  /** Published outputs but the secret ones; lists and booleans as such. */
  facts: ReadonlyMap<OutputName, unknown>
  report: Report
  /** Of a step that did not end well. */
  said?: Parts | undefined
  /** What is wrong with the inputs; the page has nothing else then. */
  problems: readonly string[]
  /** Warnings and the like. */
  notes: readonly string[]
  hints: readonly Hint[]
  /** For steps to paste. */
  common: StepCommon
}

export const marks: Record<Status, string> = {
  succeeded: '✅',
  started: '🚀',
  skipped: '⏭️',
  planned: '📝',
  failed: '❌',
  'timed-out': '⌛',
  cancelled: '🛑',
}

const endings: Record<Status, string> = {
  succeeded: 'succeeded',
  started: 'has started',
  skipped: 'was not needed',
  planned: 'was planned',
  failed: 'failed',
  'timed-out': 'is not finished: timed out',
  cancelled: 'was cancelled',
}

/** What a step that did not end well has on its page besides. */
export interface FailedParts {
  lead: readonly string[]
  rows: readonly Row[]
  folds: readonly Fold[]
}

export function summaryPage(parts: PageParts, failed?: FailedParts): string {
  return [heading(parts), ...leadOf(parts, failed), ...detailsOf(parts, failed), ''].join('\n')
}

/** What happened, with the name of the object. */
export function headingOf({ operation, status, report, said }: PageParts): string {
  const { heading, subject = operation || 'Step', outcome } = report
  // With a heading the operation was done, and something behind it failed, such as a file of the runner.
  if (heading) return said ? `${heading}, but the step ${endings[status]}` : heading
  return [`${subject} ${endings[status]}`, outcome].filter(Boolean).join(', ')
}

function heading(parts: PageParts): string {
  return `<h2>${marks[parts.status]} ${escapeHtml(sanitize(headingOf(parts)))}</h2>`
}

/** What a person needs in twenty seconds. */
function leadOf({ report, hints, notes }: PageParts, failed: FailedParts | undefined): string[] {
  const rows = [...report.rows, ...(failed?.rows ?? [])]
  return [
    ...(failed?.lead ?? []),
    ...(report.sentence === undefined ? [] : [`<p>${cellOf(report.sentence)}</p>`]),
    ...(rows.length === 0 ? [] : [rowTable(rows)]),
    // Ahead of what may be long: a summary that is cut loses its end.
    ...hints.map(({ title, lines }) => `<p>${title}</p>\n${yaml(lines)}`),
    ...report.tables.map(table => foldedTable(table, mostShown)),
    ...notes.map(note => `<p>${text(note)}</p>`),
  ]
}

function detailsOf({ report, facts, common }: PageParts, failed: FailedParts | undefined): string[] {
  const outputs: Table = {
    columns: ['Output', 'Value'],
    rows: [...facts]
      .filter(([name]) => !inFull.includes(name))
      .map(([name, value]) => [name, { code: typeof value === 'string' ? value : JSON.stringify(value) }]),
  }
  const all: Fold = { title: 'All outputs', content: { kind: 'table', table: outputs } }
  const folds = [...(failed?.folds ?? []), ...report.folds, ...(facts.size > 0 ? [all] : [])]
  return folds.map(fold => foldOf(fold, common))
}

/** Too long for a table. */
const inFull: readonly OutputName[] = ['backup', 'backups', 'plan', 'verifiedCollections']

/** What is said of the comment, below the page. */
export function notePage(said: string): string {
  return `<p>${escapeHtml(said)}</p>\n`
}
