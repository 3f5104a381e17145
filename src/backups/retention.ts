/** Which backups a retention rule lets go: the newest of each type are kept, whatever their age. */

import { formatDuration } from '../duration.ts'
import type { PruneBackups } from '../operations/requests.ts'
import { Failed, type Step } from '../step.ts'
import { inTurn } from '../waiting/rate-limit.ts'
import type { Backup } from '../zilliz/decode.ts'
import { Refused } from '../zilliz/errors.ts'
import { listedOf, lookAt } from './delete.ts'
import { grouped, newestFirst } from './find.ts'

/** What a rule makes of a list of backups. */
export interface Verdict {
  /** Oldest first. */
  doomed: Doomed[]
  /** Manual and AVAILABLE, of the asked type. */
  considered: number
  /** Without a readable time, so left alone. */
  undated: Backup[]
  /** As old as the oldest one that is kept, and nothing tells which of them is newer: left alone. */
  alike: Backup[]
}

export interface Doomed {
  backup: Backup
  /** Milliseconds since the epoch: a backup that turns out to be younger is not deleted. */
  youngest: number
}

type Rule = Pick<PruneBackups, 'clusterId' | 'keepLast' | 'olderThan' | 'backupType'>

/** @param listed all backups of the cluster, the list whole */
export async function judge(rule: Rule, step: Step, listed: readonly Backup[]): Promise<Verdict> {
  const settled = await settleTies(
    rule,
    step,
    listed.filter(backup => isOurs(rule, backup)),
  )
  // What a description tells goes before the list, of more than the time.
  return applyRule(
    rule,
    settled.filter(backup => isOurs(rule, backup)),
    step.clock.now(),
  )
}

/** Manual, AVAILABLE, of the asked cluster and type. */
export function isOurs({ clusterId, backupType }: Rule, backup: Backup): boolean {
  return (
    backup.creationMethod === 'MANUAL' &&
    backup.status === 'AVAILABLE' &&
    (backup.clusterId === undefined || backup.clusterId === clusterId) &&
    (backupType === undefined || backup.backupType === backupType)
  )
}

/**
 * @param ours the backups that the rule is about
 * @param now milliseconds since the epoch
 */
export function applyRule({ keepLast, olderThan }: Rule, ours: readonly Backup[], now: number): Verdict {
  const oldEnough = olderThan === undefined ? Number.POSITIVE_INFINITY : now - olderThan
  const verdict: Verdict = { doomed: [], considered: ours.length, undated: [], alike: [] }
  verdict.undated = ours.filter(backup => !isDated(backup))
  for (const ofType of grouped(ours.filter(isDated), ({ backupType }) => backupType)) {
    const newest = newestFirst(ofType) as Dated[]
    const oldestKept = newest[keepLast - 1]?.createTime ?? Number.NEGATIVE_INFINITY
    const youngest = Math.min(oldEnough, oldestKept - 1)
    for (const backup of newest.slice(keepLast)) {
      if (backup.createTime <= youngest) verdict.doomed.push({ backup, youngest })
      else if (backup.createTime <= oldEnough) verdict.alike.push(backup)
    }
  }
  verdict.doomed.sort((one, other) => (one.backup.createTime ?? 0) - (other.backup.createTime ?? 0))
  return verdict
}

export function sentenceOf({ clusterId, keepLast, olderThan, backupType }: Rule, verdict: Verdict): string {
  const { considered, doomed } = verdict
  const kind = backupType === undefined ? '' : ` of type ${backupType}`
  const old = olderThan === undefined ? '' : ` and all that is not older than ${formatDuration(olderThan)}`
  return `Manual AVAILABLE backups${kind} of cluster ${clusterId}: ${considered}. Keeping the newest ${keepLast} of each type${old} lets ${doomed.length} go.`
}

type Dated = Backup & { createTime: number }

function isDated(backup: Backup): backup is Dated {
  return backup.createTime !== undefined
}

const looksPerSecond = 15

/**
 * Sources disagree whether a list tells the time of the backup or of its cluster (F35): where several of a type
 * have the same one, their descriptions decide. One that is gone by then is left out.
 *
 * @throws Failed when one cannot be described and yet is not gone
 */
async function settleTies({ clusterId }: Rule, step: Step, backups: readonly Backup[]): Promise<Backup[]> {
  const alike = grouped(
    backups.filter(isDated),
    ({ backupType, createTime }) => `${backupType} ${createTime}`,
  )
  const tied = alike.filter(group => group.length > 1).flat()
  const described = new Map<string, Backup>()
  const refusals = new Map<string, Refused>()
  await inTurn(step.clock, looksPerSecond, tied, async ({ backupId }) => {
    const found = await lookAt(step, clusterId, backupId)
    if (found instanceof Refused) refusals.set(backupId, found)
    else described.set(backupId, found)
  })
  const [left] = await listedOf(step, clusterId, new Set(refusals.keys()))
  if (left !== undefined) {
    const cause = refusals.get(left.backupId)
    throw new Failed(`${cause?.message} Yet the list still has it. Nothing was deleted.`, { cause })
  }
  return backups
    .filter(({ backupId }) => !refusals.has(backupId))
    .map(backup => described.get(backup.backupId) ?? backup)
}
