/** Which clusters that match a pattern are dropped: what is in doubt is kept. */
import { formatDuration } from '../duration.ts'
import type { Cluster } from '../zilliz/decode.ts'
import type { ServiceTime } from '../zilliz/service-time.ts'
import { isProtected } from './protected.ts'
import type { Owner } from './pull-requests.ts'

export interface PruneRule {
  /** Milliseconds. Absent: whatever its age. */
  olderThan?: number | undefined
  protectedClusters: readonly string[]
}

/** Why a cluster is kept. */
export type ReasonToKeep =
  | 'protected'
  | 'open'
  | 'not-found'
  /** Its own time cannot be read. */
  | 'without-time'
  | 'owner-without-time'
  /** Created before its pull request. */
  | 'older'
  /** Created long after its pull request was closed. */
  | 'later'
  /** Not older than the rule wants. */
  | 'young'

/**
 * A workflow run that a pull request has started may make its cluster after the pull request was closed. Later than this
 * it is most likely the cluster of another repository that shares the project. Milliseconds.
 */
const longestAfterClosing = 6 * 3_600_000

/**
 * @param owner its pull request; undefined where the pattern has none
 * @param now by the clock that the cluster has its time from
 * @returns undefined where it is to be dropped
 */
export function whyKept(
  rule: PruneRule,
  { cluster, owner }: { cluster: Cluster; owner: Owner | undefined },
  now: ServiceTime,
): ReasonToKeep | undefined {
  if (isProtected(rule.protectedClusters, cluster)) return 'protected'
  if (owner?.state === 'open' || owner?.state === 'not-found') return owner.state
  const { createTime } = cluster
  if (createTime === undefined) return 'without-time'
  const byOwner = owner === undefined ? undefined : whyKeptByTimes(owner, createTime, now.tolerance)
  if (byOwner !== undefined) return byOwner
  const { olderThan } = rule
  return olderThan !== undefined && createTime > now.now - olderThan - now.tolerance ? 'young' : undefined
}

function whyKeptByTimes(owner: Owner, createTime: number, ofCluster: number): ReasonToKeep | undefined {
  const { createdAt, closedAt } = owner
  if (createdAt === undefined || closedAt === undefined) return 'owner-without-time'
  const tolerance = ofCluster + owner.tolerance
  if (createTime < createdAt + tolerance) return 'older'
  return createTime > closedAt + longestAfterClosing - tolerance ? 'later' : undefined
}

/** Those that a person should look at: most likely nobody waits for a pull request to be closed. */
export const reasonsToNotice: readonly ReasonToKeep[] = [
  'not-found',
  'without-time',
  'owner-without-time',
  'older',
  'later',
]

/** Follows "stays: " and the like. */
export function describeReason(reason: ReasonToKeep, { olderThan = 0 }: PruneRule): string {
  switch (reason) {
    case 'protected':
      return 'it is one of protected-clusters'
    case 'open':
      return 'its pull request is open'
    case 'not-found':
      return 'its pull request was not found'
    case 'without-time':
      return 'the service shows no time of its creation'
    case 'owner-without-time':
      return 'GitHub shows no times of its pull request'
    case 'older':
      return 'it seems to be older than its pull request'
    case 'later':
      return 'it was created more than 6h after its pull request was closed'
    case 'young':
      return `it is not older than ${formatDuration(olderThan)}`
  }
}
