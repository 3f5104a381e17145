/** The job summary of a step, as a string. Whatever comes from outside is escaped here. */
import type { OutputName } from '../contract.ts'
import type { Help, Parts, Reason } from '../errors.ts'
import { type Hint, helpAddress, type StepCommon, stepOf } from '../in-progress.ts'
import type { Fold, Piece, Report, Row, Table } from '../report.ts'
import type { AfterJob, Outcome } from '../step.ts'
import { counted, escapeHtml, firstLines, sanitize } from '../untrusted-text.ts'
import { cellOf, foldedTable, foldOf, mostShown, rowTable, text, withIds, yaml } from './html.ts'

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

export function summaryPage(parts: PageParts): string {
  if (parts.problems.length > 0) return problemsPage(parts.problems)
  return [heading(parts), ...leadOf(parts), ...detailsOf(parts), ''].join('\n')
}

function problemsPage(problems: readonly string[]): string {
  const items = problems.map(problem => `<li>${inputFirst(problem)}</li>`)
  return [
    `<h2>❌ ${counted(problems.length, 'problem')} with the inputs</h2>`,
    `<ul>${items.join('')}</ul>`,
    '',
  ].join('\n')
}

/** The name of the input as code: `cluster-id: expected …`. */
function inputFirst(problem: string): string {
  const [, name = '', rest = problem] = /^([a-z_-]+):(.*)$/s.exec(problem) ?? []
  return name === '' ? text(problem) : `<code>${escapeHtml(name)}</code>:${text(rest)}`
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
function leadOf({ report, said, hints, notes, common }: PageParts): string[] {
  const rows = said === undefined ? report.rows : [...report.rows, ...rowsOf(said, common)]
  return [
    ...(said === undefined ? [] : failureOf(said)),
    ...(report.sentence === undefined ? [] : [`<p>${cellOf(report.sentence)}</p>`]),
    ...(rows.length === 0 ? [] : [rowTable(rows)]),
    // Ahead of what may be long: a summary that is cut loses its end.
    ...hints.map(({ title, lines }) => `<p>${title}</p>\n${yaml(lines)}`),
    ...report.tables.map(table => foldedTable(table, mostShown)),
    ...notes.map(note => `<p>${text(note)}</p>`),
  ]
}

function failureOf({ what, reasons = [] }: Parts): string[] {
  return [
    ...what.split('\n').map(line => `<p>${withIds(line)}</p>`),
    ...firstLines(reasons.map(sentenceOf), mostReasons).map(
      reason => `<blockquote>${text(reason)}</blockquote>`,
    ),
  ]
}

/** Where there are more, a table has them. */
const mostReasons = 20

function sentenceOf({ of, text: said }: Reason): string {
  return of === '' ? said.replace(/^"(.*)"$/s, '$1') : `${of}: ${said}`
}

function rowsOf({ stake, next, answer, help }: Parts, common: StepCommon): Row[] {
  return [
    ...(stake ? [{ name: 'At stake', value: stake }] : []),
    ...(next ? [{ name: 'Next', value: next }] : []),
    ...(answer ? [{ name: 'Answer', value: answer }] : []),
    ...(help === undefined ? [] : [{ name: 'More', value: helpCell(help, common) }]),
  ]
}

function helpCell(help: Help, common: StepCommon): Piece {
  const name = `Troubleshooting: ${help.replaceAll('-', ' ')}`
  const href = helpAddress(help, common)
  return href === undefined ? name : { text: name, href }
}

/** What was cut in a quotation. */
function wholeReasons({ reasons = [] }: Partial<Parts>): Fold[] {
  return reasons.flatMap(({ of, whole }): Fold[] => {
    const title = of === '' ? 'The whole reason' : `The whole reason: ${of}`
    return whole === undefined ? [] : [{ title, content: { kind: 'quotation', text: whole } }]
  })
}

function detailsOf({ report, facts, said, common }: PageParts): string[] {
  const outputs: Table = {
    columns: ['Output', 'Value'],
    rows: [...facts]
      .filter(([name]) => !inFull.includes(name))
      .map(([name, value]) => [name, { code: typeof value === 'string' ? value : JSON.stringify(value) }]),
  }
  const all: Fold = { title: 'All outputs', content: { kind: 'table', table: outputs } }
  const folds = [...wholeReasons(said ?? {}), ...report.folds, ...(facts.size > 0 ? [all] : [])]
  return folds.map(fold => foldOf(fold, common))
}

/** Too long for a table. */
const inFull: readonly OutputName[] = ['backup', 'backups', 'plan', 'verifiedCollections']

/** What became of the cluster of `delete-after-job`, for the same summary. */
export function afterJobPage({ cluster, ...end }: AfterJob, common: StepCommon): string {
  const { clusterId, clusterName } = cluster
  const name = escapeHtml(sanitize(clusterName))
  if (end.dropped) return `<h2>🗑️ ${name} is dropped after the job</h2>\n<p>${text(end.text)}</p>\n`
  const drop = stepOf('delete-cluster', [`target-cluster: ${clusterId}`], common)
  return [
    `<h2>❌ ${name} could not be dropped after the job and costs money</h2>`,
    ...failureOf(end.said),
    rowTable(rowsOf(end.said, common)),
    ...(clusterId === '' ? [] : [`<p>A step that drops it:</p>\n${yaml(drop)}`]),
    '',
  ].join('\n')
}

/** What is said of the comment, below the page. */
export function notePage(said: string): string {
  return `<p>${escapeHtml(said)}</p>\n`
}
