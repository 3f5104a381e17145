/** A backup that is taken instead of a new one: one that is young enough, or one that is running. */
import { missingCollections } from '../collections/contents.ts'
import { formatDuration } from '../duration.ts'
import type { Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import { type NewBackup, requestedCollections, typeOfNewBackup } from '../zilliz/changes.ts'
import type { Backup } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { serviceTime } from '../zilliz/service-time.ts'
import { backupState } from '../zilliz/states.ts'
import { newest } from './newest.ts'
import { ofCluster } from './of-cluster.ts'
import { describeOrRefusal } from './read.ts'

export interface Wanted extends NewBackup {
  /** Milliseconds. */
  skipIfNewerThan?: number | undefined
}

/** Whether a backup is of the requested type and holds at least what was asked for, by its description. */
function serves(wanted: Wanted, { backupType, contents }: Backup): boolean {
  if (backupType !== typeOfNewBackup(wanted)) return false
  if (wanted.collections === undefined) return true
  if (contents.kind !== 'by-database') return false
  return missingCollections(contents, requestedCollections(wanted))?.length === 0
}

/** An AVAILABLE backup that makes a new one unnecessary. */
export async function freshBackup(
  wanted: Wanted & { skipIfNewerThan: number },
  step: Step,
  listed: readonly Backup[],
): Promise<Backup | undefined> {
  const { clusterId, skipIfNewerThan } = wanted
  const type = typeOfNewBackup(wanted)
  // Where the list does not show the type, the description decides.
  const ofType = listed.filter(
    ({ backupType = type, status }) => backupType === type && status === 'AVAILABLE',
  )
  const notBefore = serviceTime(step.cloud).now - skipIfNewerThan
  const candidates = { clusterId, listed: ofType, notBefore }
  const found = await newest(step, candidates, backup => serves(wanted, backup))
  if (found?.createTime === undefined) return undefined
  const age = Math.max(0, serviceTime(step.cloud).now - found.createTime)
  if (age >= skipIfNewerThan) return undefined
  const used = ofCluster({ clusterId, backupId: found.backupId }, found)
  step.notice(
    `No new backup: ${found.backupId} of cluster ${clusterId} is ${formatDuration(age)} old, younger than skip-if-newer-than.`,
  )
  return used
}

/**
 * With `if-busy: join`: a running MANUAL backup of the same type that is taken instead of a new one. It holds at least
 * the requested collections, where its description lists them, and is younger than `skip-if-newer-than`. What the list
 * shows as running may have ended since, and serves all the more.
 */
export async function backupToJoin(
  wanted: Wanted,
  step: Step,
  running: readonly Backup[],
): Promise<Backup | undefined> {
  const { clusterId, skipIfNewerThan = Number.POSITIVE_INFINITY } = wanted
  for (const { backupId, creationMethod } of running) {
    if (creationMethod === 'AUTO') continue
    const found = await describeOrRefusal(step, { clusterId, backupId })
    if (found instanceof ApiError || found.creationMethod !== 'MANUAL') continue
    if (!['creating', 'available'].includes(backupState(found.status))) continue
    const { createTime } = ofCluster({ clusterId, backupId }, found)
    const age = createTime === undefined ? undefined : Math.max(0, serviceTime(step.cloud).now - createTime)
    const isYoung = skipIfNewerThan === Number.POSITIVE_INFINITY || (age ?? Number.NaN) < skipIfNewerThan
    if (!isYoung || !serves(wanted, found)) continue
    const began = age === undefined ? 'at an unknown time' : `${formatDuration(age)} ago`
    step.notice(
      `No new backup: ${backupId} of cluster ${clusterId} is ${sanitize(found.status)} and is used instead. It began ${began}, so later writes may not be in it.`,
    )
    return found
  }
  return undefined
}
