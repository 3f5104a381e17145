/** The job summary of a step that did not end well. */
import type { Help, Parts, Reason } from '../errors.ts'
import type { Fold, Piece, Row } from '../report.ts'
import type { AfterJob } from '../step.ts'
import { counted, escapeHtml, firstLines, sanitize } from '../untrusted-text.ts'
import { helpAddress, type StepCommon, stepOf } from '../workflow-step.ts'
import { rowTable, text, withIds, yaml } from './html.ts'
import { type PageParts, summaryPage } from './page.ts'

export function failedPage(parts: PageParts & { said: Parts }): string {
  const { said, common, problems } = parts
  if (problems.length > 0) return problemsPage(problems)
  return summaryPage(parts, { lead: failureOf(said), rows: rowsOf(said, common), folds: wholeReasons(said) })
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
