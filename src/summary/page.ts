/** The job summary of a step, as a string. Whatever comes from outside is escaped here. */
import type { OutputName } from '../contract.ts'
import type { Table } from '../github/runner.ts'
import type { Hint } from '../in-progress.ts'
import type { AfterJob, Outcome } from '../step.ts'
import { escapeHtml, sanitize } from '../untrusted-text.ts'

export type Status = Outcome | 'failed' | 'timed-out' | 'cancelled'

export interface PageParts {
  /** What the workflow wrote as `operation`. */
  operation: string
  status: Status
  /** Published outputs but the secret ones; lists and booleans as such. */
  facts: ReadonlyMap<OutputName, unknown>
  error?: string | undefined
  notes: readonly string[]
  tables: readonly Table[]
  hints: readonly Hint[]
}

const marks: Record<Status, string> = {
  succeeded: '✅',
  started: '🚀',
  skipped: '⏭️',
  planned: '📝',
  failed: '❌',
  'timed-out': '⌛',
  cancelled: '🛑',
}

/** What the reader has elsewhere on the summary. */
const notInTable: readonly OutputName[] = ['status', 'backup', 'backups']
/** Of a list: GitHub drops a summary of 1 MiB whole, and nobody reads that far. */
const mostShown = 500

export function summaryPage({ operation, status, facts, error, notes, tables, hints }: PageParts): string {
  const rows = [...facts]
    .filter(([name]) => !notInTable.includes(name))
    .map(([name, value]) => `<tr><td>${name}</td><td>${cell(value)}</td></tr>`)
  return [
    `<h2>${marks[status]} ${escapeHtml(operation)}: ${status}</h2>`,
    ...(error === undefined ? [] : [`<p>${escapeHtml(error).replaceAll('\n', '<br>')}</p>`]),
    ...notes.map(note => `<p>${escapeHtml(note).replaceAll('\n', '<br>')}</p>`),
    // Ahead of what may be long: a summary that is cut loses its end.
    ...hints.map(({ title, lines }) => `<p>${title}</p>\n<pre>${escapeHtml(lines.join('\n'))}</pre>`),
    ...(rows.length === 0 ? [] : [`<table><tr><th>Output</th><th>Value</th></tr>${rows.join('')}</table>`]),
    ...tables.map(showTable),
    '',
  ].join('\n')
}

/** What became of the cluster of `delete-after-job`, for the same summary. */
export function afterJobPage({ dropped, text }: AfterJob): string {
  return `<h2>${dropped ? '🗑️ delete-after-job: dropped' : '❌ delete-after-job: not dropped'}</h2>\n<p>${escapeHtml(text)}</p>\n`
}

function showTable({ columns, rows, more: beyond = 0 }: Table): string {
  const row = (kind: 'th' | 'td') => (cells: readonly string[]) =>
    `<tr>${cells.map(text => `<${kind}>${escapeHtml(sanitize(text))}</${kind}>`).join('')}</tr>`
  const shown = rows.slice(0, mostShown).map(row('td'))
  return `<table>${[row('th')(columns), ...shown].join('')}</table>${more(rows.length - shown.length + beyond)}`
}

function more(items: number): string {
  return items > 0 ? `<p>And ${items} more: the receipt has all.</p>` : ''
}

function cell(value: unknown): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return '<code>[]</code>'
    return value.slice(0, mostShown).map(listItem).join('<br>') + more(value.length - mostShown)
  }
  return `<code>${escapeHtml(typeof value === 'object' ? JSON.stringify(value) : String(value))}</code>`
}

function listItem(item: unknown): string {
  return typeof item === 'string'
    ? `<code>${escapeHtml(item)}</code>`
    : `<pre>${escapeHtml(JSON.stringify(item, null, 2))}</pre>`
}
