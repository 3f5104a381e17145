/** What a dry run shows: the very requests that a real run sends. */
import type { OutputName } from './contract.ts'
import type { Fold, Report } from './report.ts'
import { firstLines } from './untrusted-text.ts'
import type { Change } from './zilliz/requests.ts'

/** Where it is shown. */
interface Shown {
  report: Report
  log: (line: string) => void
  publishList: (name: OutputName, items: readonly unknown[]) => void
}

/** The log has that many, the job summary more; the output has all. */
const mostLogged = 20
const mostFolded = 500

export function showPlan({ report, log, publishList }: Shown, changes: readonly Change<unknown>[]): void {
  const requests = changes.map(({ method, path, body }) => ({
    method,
    path,
    ...(body !== undefined && { body }),
  }))
  publishList('plan', requests)
  const lines = requests.map(({ method, path }) => `Would send ${method} ${path}.`)
  if (lines.length > 0) report.folds.push(requestsFold(requests))
  for (const line of firstLines(lines, mostLogged)) log(line)
  if (lines.length === 0) log('Would send nothing that changes anything.')
}

function requestsFold(requests: readonly { method: string; path: string; body?: unknown }[]): Fold {
  const lines = requests.map(({ method, path, body }) =>
    [`${method} ${path}`, ...(body === undefined ? [] : [JSON.stringify(body)])].join(' '),
  )
  const title =
    lines.length === 1 ? 'The request that would be sent' : `The ${lines.length} requests that would be sent`
  const text = firstLines(lines, mostFolded, count => `And ${count} more: the output plan has all.`).join(
    '\n',
  )
  return { title, content: { kind: 'text', text } }
}
