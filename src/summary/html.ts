/** The pieces of a job summary as HTML. Whatever comes from outside is escaped here. */
import type { Cell, Fold, Row, Table } from '../report.ts'
import { escapeHtml } from '../untrusted-text.ts'
import { type StepCommon, stepOf } from '../workflow-step.ts'

/** Rows of a table: nobody reads more, and GitHub drops a summary of 1 MiB whole. */
export const mostShown = 20
const mostFolded = 500

export function foldOf({ title, content }: Fold, common: StepCommon): string {
  return `<details><summary>${text(title)}</summary>\n${contentOf(content, common)}\n</details>`
}

function contentOf(content: Fold['content'], common: StepCommon): string {
  switch (content.kind) {
    case 'table':
      return foldedTable(content.table, mostFolded)
    case 'list':
      return `<ul>${content.items.map(item => `<li>${text(item)}</li>`).join('')}</ul>`
    case 'quotation':
      return `<blockquote>${text(content.text)}</blockquote>`
    case 'text':
      return `<pre>${escapeHtml(content.text)}</pre>`
    case 'step':
      return yaml(stepOf(content.operation, content.inputs, common))
  }
}

export function yaml(lines: readonly string[]): string {
  return `<pre lang="yaml">${escapeHtml(lines.join('\n'))}</pre>`
}

export function rowTable(rows: readonly Row[]): string {
  const each = rows.map(
    ({ name, value }) =>
      `<tr><td>${text(name.replaceAll(' ', '\u00a0'))}</td><td>${typeof value === 'string' ? withIds(value) : cellOf(value)}</td></tr>`,
  )
  return `<table>${each.join('')}</table>`
}

/** The first rows; those beyond are folded, and beyond many only counted. */
export function foldedTable({ columns, rows, more: beyond = 0, rest = 'more' }: Table, most: number): string {
  const header = `<tr>${columns.map(column => `<th>${text(column)}</th>`).join('')}</tr>`
  const row = (cells: readonly Cell[]) => `<tr>${cells.map(cell => `<td>${cellOf(cell)}</td>`).join('')}</tr>`
  const table = (some: readonly (readonly Cell[])[]) => `<table>${header}${some.map(row).join('')}</table>`
  const folded = rows.slice(most, mostFolded)
  const uncounted = rows.length - Math.min(rows.length, mostFolded) + beyond
  return [
    table(rows.slice(0, most)),
    ...(folded.length === 0
      ? []
      : [`<details><summary>${folded.length} ${rest}</summary>\n${table(folded)}\n</details>`]),
    ...(uncounted === 0 ? [] : [`<p>And ${uncounted} more: the receipt has all.</p>`]),
  ].join('\n')
}

export function cellOf(cell: Cell): string {
  if (typeof cell === 'string') return text(cell)
  if ('code' in cell) return `<code>${text(cell.code)}</code>`
  if ('text' in cell) return `<a href="${escapeHtml(cell.href)}">${text(cell.text)}</a>`
  return 'strong' in cell ? `<strong>${text(cell.strong)}</strong>` : cell.map(cellOf).join('')
}

/** What looks like an id of the service stands as code, as it is to be copied. */
export function withIds(value: string): string {
  return text(value).replace(/\b(?:in\d\d|job|proj)-[a-z0-9]+\b|\bbackup\d+_[a-z0-9]+\b/g, '<code>$&</code>')
}

/** What has no blank for very long may be broken, so that no table is wider than the page. */
export function text(value: string): string {
  const breakable = escapeHtml(value).replace(/(?:&[^;\s]+;|[^\s&]){30}/gu, '$&<wbr>')
  return breakable.replaceAll('\n', '<br>')
}
