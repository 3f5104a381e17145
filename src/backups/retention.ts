/** Which backups a retention rule deletes: the newest of each type are kept, whatever their age. */
import { formatDuration } from '../duration.ts'
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { forEachLimited } from '../waiting/rate-limit.ts'
import type { Backup, BackupType } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { grouped, newestFirst } from './newest.ts'
import { describeOrRefusal, stillListed } from './read.ts'

export interface Rule {
  clusterId: string
  /** Of each backup type, at least 1. */
  keepLast: number
  /** Milliseconds. Absent: whatever is not kept is deleted. */
  olderThan?: number | undefined
  /** Absent: both. */
  backupType?: BackupType | undefined
}

/** What a rule makes of a list of backups. */
export interface Result {
  /** Oldest first. */
  toDelete: Deletable[]
  /** Manual and AVAILABLE, of the requested type. */
  considered: number
  /** Without a readable time, so kept. */
  withoutTime: Backup[]
  /** As old as the oldest one that is kept, and nothing shows which of them is newer: kept too. */
  tied: Backup[]
}

export interface Deletable {
  backup: Backup
  /** Milliseconds since the epoch: a backup that turns out to be younger is not deleted. */
  cutoff: number
}

/** @param listed all backups of the cluster, the list whole */
export async function evaluate(rule: Rule, step: Step, listed: readonly Backup[]): Promise<Result> {
  const candidates = listed.filter(backup => isCandidate(rule, backup))
  const settled = await settleTies(rule, step, candidates)
  // What a description shows goes before the list, of more than the time.
  const left = settled.filter(backup => isCandidate(rule, backup))
  return applyRule(rule, left, step.clock.now())
}

/** Manual, AVAILABLE, of the cluster and type of the rule. */
export function isCandidate({ clusterId, backupType }: Rule, backup: Backup): boolean {
  return (
    backup.creationMethod === 'MANUAL' &&
    backup.status === 'AVAILABLE' &&
    (backup.clusterId === undefined || backup.clusterId === clusterId) &&
    (backupType === undefined || backup.backupType === backupType)
  )
}

/**
 * @param candidates the backups that the rule is about
 * @param now milliseconds since the epoch
 */
export function applyRule({ keepLast, olderThan }: Rule, candidates: readonly Backup[], now: number): Result {
  const oldEnough = olderThan === undefined ? Number.POSITIVE_INFINITY : now - olderThan
  const result: Result = { toDelete: [], considered: candidates.length, withoutTime: [], tied: [] }
  result.withoutTime = candidates.filter(backup => !isDated(backup))
  for (const ofType of grouped(candidates.filter(isDated), ({ backupType }) => backupType)) {
    const sorted = newestFirst(ofType) as Dated[]
    const oldestKept = sorted[keepLast - 1]?.createTime ?? Number.NEGATIVE_INFINITY
    const cutoff = Math.min(oldEnough, oldestKept - 1)
    for (const backup of sorted.slice(keepLast)) {
      if (backup.createTime <= cutoff) result.toDelete.push({ backup, cutoff })
      else if (backup.createTime <= oldEnough) result.tied.push(backup)
    }
  }
  result.toDelete.sort((one, other) => (one.backup.createTime ?? 0) - (other.backup.createTime ?? 0))
  return result
}

export function describeResult(rule: Rule, { considered, toDelete }: Result): string {
  const { clusterId, keepLast, olderThan, backupType } = rule
  const kind = backupType === undefined ? '' : ` of type ${backupType}`
  const young = olderThan === undefined ? '' : ` and all that are not older than ${formatDuration(olderThan)}`
  return `Manual AVAILABLE backups${kind} of cluster ${clusterId}: ${considered}. Rule: keep the newest ${keepLast} of each type${young}. To delete: ${toDelete.length}.`
}

type Dated = Backup & { createTime: number }

function isDated(backup: Backup): backup is Dated {
  return backup.createTime !== undefined
}

const readsPerSecond = 15

/**
 * Sources disagree whether a list has the time of the backup or of its cluster (F35): where several of a type have
 * the same one, their descriptions decide. One that is gone by then is left out.
 *
 * @throws OperationFailed when one cannot be described and yet is not gone
 */
async function settleTies({ clusterId }: Rule, step: Step, backups: readonly Backup[]): Promise<Backup[]> {
  const sameTime = grouped(
    backups.filter(isDated),
    ({ backupType, createTime }) => `${backupType} ${createTime}`,
  )
  const tied = sameTime.filter(group => group.length > 1).flat()
  const described = new Map<string, Backup>()
  const refusals = new Map<string, ApiError>()
  await forEachLimited(tied, { clock: step.clock, perSecond: readsPerSecond }, async ({ backupId }) => {
    const found = await describeOrRefusal(step, { clusterId, backupId })
    if (found instanceof ApiError) refusals.set(backupId, found)
    else described.set(backupId, found)
  })
  const [left] = await stillListed(step, clusterId, new Set(refusals.keys()))
  if (left !== undefined) {
    const cause = refusals.get(left.backupId)
    throw new OperationFailed(
      `${cause?.message} But the list of backups still has it. Nothing was deleted.`,
      { cause },
    )
  }
  return backups
    .filter(({ backupId }) => !refusals.has(backupId))
    .map(backup => described.get(backup.backupId) ?? backup)
}
