/** The clusters of a project whose names match a pattern. */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { listInSentence, quote } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { describeClusterIfThere, listClusters } from '../zilliz/reads.ts'
import { clusterState } from '../zilliz/states.ts'
import { isOtherCase, matchOf, type NamePattern, textOfPattern } from './name-pattern.ts'
import { noticeUnknownEntries } from './protected.ts'

export interface Candidate {
  cluster: Cluster & { clusterName: string }
  /** Of its pull request; undefined where the pattern has none. */
  number: number | undefined
}

/**
 * Those that are there, oldest first. The list is read whole.
 *
 * @throws OperationFailed when the key sees no such project, or when a name that differs by case alone is all there is
 */
export async function findCandidates(
  step: Step,
  { pattern, projectId }: { pattern: NamePattern; projectId: string },
  protectedClusters: readonly string[],
): Promise<Candidate[]> {
  const all = await listClusters(step.cloud, projectId)
  await noticeUnknownEntries(step, protectedClusters)
  if (!all.some(cluster => cluster.projectId === projectId)) {
    await (await import('./project.ts')).refuseProjectSlip(step, projectId)
  }
  const there = all.filter(({ status }) => clusterState(status) !== 'deleted')
  const candidates: Candidate[] = []
  for (const cluster of there.filter(isNamed)) {
    const match = matchOf(pattern, cluster.clusterName)
    if (match === undefined) continue
    const known = await withTime(step, cluster)
    const number = pattern.kind === 'any' ? undefined : Number(match)
    if (known !== undefined) candidates.push({ cluster: known, number })
  }
  const otherCase = there.filter(isNamed).filter(({ clusterName }) => isOtherCase(pattern, clusterName))
  sayOtherCase(step, pattern, { matching: candidates.length, names: otherCase.map(one => one.clusterName) })
  return candidates.sort((one, other) => (one.cluster.createTime ?? 0) - (other.cluster.createTime ?? 0))
}

function isNamed(cluster: Cluster): cluster is Candidate['cluster'] {
  return cluster.clusterName !== undefined
}

/** A list may leave out the time that a description has; undefined when the cluster is gone. */
async function withTime(
  step: Step,
  cluster: Candidate['cluster'],
): Promise<Candidate['cluster'] | undefined> {
  if (cluster.createTime !== undefined) return cluster
  const found = await describeClusterIfThere(step.cloud, cluster.clusterId)
  return found && { ...cluster, createTime: found.createTime }
}

function sayOtherCase(
  step: Step,
  pattern: NamePattern,
  { matching, names }: { matching: number; names: readonly string[] },
): void {
  if (names.length === 0) return
  const named = listInSentence(names.map(quote))
  const text = quote(textOfPattern(pattern))
  if (matching === 0) {
    throw new OperationFailed(
      `name-pattern: no name of a cluster matches ${text}, but some differ by case alone: ${named}.`,
    )
  }
  step.notice(`name-pattern: kept, since these names differ from ${text} by case: ${named}.`)
}
