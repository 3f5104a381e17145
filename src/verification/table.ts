/** What was seen of each collection, for the job summary and the log. */
import { type Cell, type Column, type Table, tableOf } from '../report.ts'
import { capitalize, sanitize } from '../untrusted-text.ts'
import { loadedState, loadingState, notLoadedState } from '../zilliz/collection-reads.ts'
import type { Picture } from './baseline.ts'
import { countOf, type Verdict } from './judge.ts'

const stateWords: Readonly<Record<string, string>> = {
  [loadedState]: 'loaded',
  [loadingState]: 'loading',
  [notLoadedState]: 'not loaded',
}

/** Those that fall short come first. */
export function verdictTable(verdicts: readonly Verdict[], withBaseline: boolean): Table {
  const short = verdicts.filter(({ faults }) => faults.length > 0)
  const rest = verdicts.filter(({ faults }) => faults.length === 0)
  const before = { name: 'Before', cell: ({ before }: Verdict) => countCell(before) }
  const columns: Column<Verdict>[] = [
    { name: 'Collection', cell: ({ name }) => ({ code: name }) },
    ...(withBaseline ? [before] : []),
    { name: withBaseline ? 'Now' : 'Entities', cell: ({ now }) => countCell(now) },
    { name: 'Load state', cell: ({ now }) => (now === undefined ? '' : stateOf(now)) },
    { name: 'Result', cell: verdict => resultOf(verdict, withBaseline) },
  ]
  return tableOf(columns, [...short, ...rest])
}

function countCell(picture: Picture | undefined): Cell {
  return picture === undefined ? '' : countOf(picture)
}

function stateOf({ loadState }: Picture): string {
  return stateWords[loadState] ?? sanitize(loadState)
}

function resultOf({ faults, before, now, isCompared }: Verdict, withBaseline: boolean): Cell {
  if (faults.length > 0) return { strong: capitalize(faults.join('; ')) }
  const copied = before === undefined || now === undefined ? '' : aliasesOf(before, now)
  if (before === undefined) return withBaseline ? 'Not in the baseline' : 'As expected'
  if (isCompared) return `As expected${copied}`
  return `Not compared: not counted exactly${copied}`
}

/** Of a copy they are only reported: it never has those of the original. */
function aliasesOf(before: Picture, now: Picture): string {
  const lost = before.aliases.filter(alias => !now.aliases.includes(alias))
  return lost.length === 0 ? '' : `; aliases of the original: ${lost.map(sanitize).join(', ')}`
}

/** For the log. */
export function verdictLine({ name, before, now, faults }: Verdict): string {
  if (faults.length > 0) return `${name}: ${faults.join('; ')}`
  const was = before === undefined ? '' : ` (before ${countOf(before)})`
  return now === undefined ? name : `${name}: ${countOf(now)} entities${was}, ${stateOf(now)}`
}
