/** The page of a step, as a string. Whatever comes from outside is escaped here. */
import type { OutputName } from '../contract.ts'
import type { Table } from '../github/runner.ts'
import { InputError } from '../inputs/inputs.ts'
import { redact } from '../secrets.ts'
import { OperationFailed, type Outcome, type resumeHints } from '../step.ts'
import { Cancelled, TimedOut } from '../waiting/poll.ts'
import { ApiError, NoResponseError, sanitize } from '../zilliz/errors.ts'

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
  left: ReturnType<typeof resumeHints>
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

/** What the reader has elsewhere on the page. */
const notInTable: readonly OutputName[] = ['status', 'backup', 'backups']
/** Of a list: GitHub drops a page of 1 MiB whole, and nobody reads that far. */
const mostShown = 500

export function summaryPage({ operation, status, facts, error, notes, tables, left }: PageParts): string {
  const rows = [...facts]
    .filter(([name]) => !notInTable.includes(name))
    .map(([name, value]) => `<tr><td>${name}</td><td>${cell(value)}</td></tr>`)
  return [
    `<h2>${marks[status]} ${escapeHtml(operation)}: ${status}</h2>`,
    ...(error === undefined ? [] : [`<p>${escapeHtml(error).replaceAll('\n', '<br>')}</p>`]),
    ...notes.map(note => `<p>${escapeHtml(note).replaceAll('\n', '<br>')}</p>`),
    // Ahead of what may be long: a page that is cut loses its end.
    ...left.map(({ title, lines }) => `<p>${title}</p>\n<pre>${escapeHtml(lines.join('\n'))}</pre>`),
    ...(rows.length === 0 ? [] : [`<table><tr><th>Output</th><th>Value</th></tr>${rows.join('')}</table>`]),
    ...tables.map(showTable),
    '',
  ].join('\n')
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
    return value.length === 0
      ? '<code>[]</code>'
      : value
          .slice(0, mostShown)
          .map(item =>
            typeof item === 'string'
              ? `<code>${escapeHtml(item)}</code>`
              : `<pre>${escapeHtml(JSON.stringify(item, null, 2))}</pre>`,
          )
          .join('<br>') + more(value.length - mostShown)
  }
  return `<code>${escapeHtml(typeof value === 'object' ? JSON.stringify(value) : String(value))}</code>`
}

/**
 * Escapes text for HTML that stands in Markdown: besides HTML's own characters those that could mean
 * something once the block of HTML has ended, and blank lines, which would end it.
 */
export function escapeHtml(text: string): string {
  // Before anything is escaped: an escaped secret would no longer be found.
  return redact(text)
    .replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{C}\n]/gu, ' ')
    .replace(/\n(?:[^\S\n]*\n)+/g, '\n')
    .replace(/[&<>"`*~[\]|\\@]/g, character => `&#${character.codePointAt(0)};`)
}

/** The sentence of a failure. What is none of our own kinds of errors is a defect of this action. */
export function explain(failure: unknown): string {
  if (!(failure instanceof Error)) return `Unexpected failure: ${String(failure)}`
  const own = [InputError, OperationFailed, ApiError, NoResponseError, TimedOut, Cancelled]
  return own.some(kind => failure instanceof kind)
    ? failure.message
    : `Unexpected failure: ${failure.message}. This is a defect of the action: please report it.`
}
