/** The comment on a pull request: the job summary of a step, shorter. Whatever comes from outside is escaped here. */
import type { OutputName } from '../contract.ts'
import { textOf } from '../errors.ts'
import { plainText } from '../report.ts'
import { escapeHtml, sanitize } from '../untrusted-text.ts'
import { headingOf, marks, type PageParts } from './page.ts'

interface Surroundings {
  /** As the workflow has it, in case its name is not known. */
  cluster: string
  runUrl: string | undefined
  /** Milliseconds since the epoch. */
  now: number
}

/** In this order; of a list its length. */
const rows: readonly (readonly [OutputName, string])[] = [
  ['connectAddress', 'Endpoint'],
  ['clusterId', 'Cluster id'],
  ['backupId', 'Backup id'],
  ['backupName', 'Backup name'],
  ['safetyBackupId', 'Safety backup id'],
  ['jobId', 'Job id'],
  ['collections', 'Collections'],
  ['backups', 'Backups'],
  ['deletedBackupIds', 'Deleted backups'],
  ['deletedClusterIds', 'Dropped clusters'],
  ['plan', 'Requests that would be sent'],
]

/** GitHub takes 65,536 characters, and an escaped one may need ten of them. */
const longestSentence = 1_000
const mostNotes = 3

export function commentBody(parts: PageParts, { cluster, ...end }: Surroundings): string {
  const { status, facts, report, said, notes } = parts
  const sentence = report.sentence === undefined ? [] : [plainText(report.sentence)]
  const sentences = said === undefined ? [...sentence, ...notes.slice(0, mostNotes)] : [textOf(said)]
  const cells = rows.flatMap(([output, label]) => {
    const value = facts.get(output)
    if (value === undefined) return []
    return [[label, Array.isArray(value) ? String(value.length) : String(value)] as const]
  })
  return [
    `<h3>${marks[status]} ${plain(titleOf(parts, cluster))}</h3>`,
    ...sentences.map(sentence => `<p>${plain(sentence)}</p>`),
    ...table(cells),
    footer(end),
  ].join('\n')
}

function titleOf(parts: PageParts, cluster: string): string {
  if (parts.problems.length > 0) return `${parts.operation}: problems with the inputs`
  const heading = headingOf(parts)
  return parts.report.heading === undefined && parts.report.subject === undefined && cluster !== ''
    ? `${heading} (${cluster})`
    : heading
}

/** What becomes of the comment of a restore when its cluster is gone. */
export function goneBody(
  { cluster, clusterId }: { cluster: string; clusterId: string },
  { dropped, ...end }: { dropped: boolean } & Omit<Surroundings, 'cluster'>,
): string {
  const why = dropped
    ? 'delete-cluster has dropped it. It stays in the recycle bin for 30 days; a free cluster does not.'
    : 'delete-cluster has found nothing to drop.'
  return [
    `<h3>🗑️ Cluster ${plain(cluster)} is gone</h3>`,
    `<p>${why}</p>`,
    ...table(clusterId === '' ? [] : [['Cluster id', clusterId]]),
    footer(end),
  ].join('\n')
}

function table(cells: readonly (readonly [string, string])[]): string[] {
  if (cells.length === 0) return []
  const lines = cells.map(
    ([label, value]) => `<tr><td>${label}</td><td><code>${escapeHtml(sanitize(value))}</code></td></tr>`,
  )
  return [`<table>${lines.join('')}</table>`]
}

function footer({ runUrl, now }: { runUrl: string | undefined; now: number }): string {
  const time = `${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return `<p>${runUrl === undefined ? '' : `<a href="${escapeHtml(runUrl)}">Workflow run</a>, `}${time}</p>`
}

/** Outside of `<code>` GitHub would notify whom a text mentions, and link the issue that it names. */
function plain(text: string): string {
  const cut = text.length > longestSentence ? `${text.slice(0, longestSentence)}…` : text
  return escapeHtml(cut)
    .replace(/&#64;|(?<!&)#/g, '$&&#8203;')
    .replaceAll('\n', '<br>')
}
