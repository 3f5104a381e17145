/** The input `protected-clusters`: what a step must never replace, reuse, restore into or drop. */
import type { Reader } from '../inputs/reader.ts'
import type { Step } from '../step.ts'
import { listInSentence, quote, quoteInput } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { listClusters, sameButCase } from '../zilliz/reads.ts'
import { isIdShaped, isPlain } from './id.ts'

/** Ids or names. An entry that can be neither is a problem: it would protect nothing. */
export async function readProtectedClusters(reader: Reader): Promise<string[]> {
  const entries = reader.list('protected-clusters')
  if (entries.every(isPlain)) return entries
  const { problemOfIdOrName } = await import('./name.ts')
  return entries.filter(entry => {
    const problem = problemOfIdOrName(entry)
    if (problem !== undefined) reader.report('protected-clusters', `${quoteInput(entry)} ${problem}`)
    return problem === undefined
  })
}

/** Whatever its case. With names among the entries, a cluster whose name cannot be read is protected too. */
export function isProtected(
  entries: readonly string[],
  { clusterId, clusterName }: Pick<Cluster, 'clusterId' | 'clusterName'>,
): boolean {
  if (entries.some(entry => sameButCase(clusterId, entry) || sameButCase(clusterName, entry))) return true
  return clusterName === undefined && entries.some(entry => !isIdShaped(entry))
}

/**
 * Says which entries are not among the clusters that the key can see. Nothing else is chosen from that list: it is not
 * narrowed to a project.
 *
 * @param whole every cluster that the key can see, where it has been read already
 */
export async function noticeUnknownEntries(
  step: Step,
  entries: readonly string[],
  whole?: readonly Cluster[],
): Promise<void> {
  if (entries.length === 0) return
  const listed = whole ?? (await listClusters(step.cloud))
  const known = listed.flatMap(({ clusterId, clusterName }) => [clusterId, clusterName])
  const unknown = unknownOf(entries, known).map(quote)
  noticeUnknown(step, 'protected-clusters: not among the clusters that this key can see', unknown)
}

/** Entries that are not known, whatever their case. */
export function unknownOf(entries: readonly string[], known: readonly (string | undefined)[]): string[] {
  return entries.filter(entry => !known.some(one => sameButCase(one, entry)))
}

/** An entry that protects nothing may be a slip. */
export function noticeUnknown(step: Step, what: string, unknown: readonly string[]): void {
  if (unknown.length > 0) step.notice(`${what}: ${listInSentence(unknown)}.`)
}
