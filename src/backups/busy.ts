/** Another backup of the cluster is running: only one can at a time (F26, F27). */
import { OperationFailed } from '../errors.ts'
import { type Step, whileWaiting } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import { pauseBeforeRead } from '../waiting/after-refusal.ts'
import { waitUntil } from '../waiting/poll.ts'
import type { Backup } from '../zilliz/decode.ts'
import { listBackups } from '../zilliz/reads.ts'
import { backupState } from '../zilliz/states.ts'

export interface BusyOptions {
  clusterId: string
  ifBusy: 'wait' | 'fail'
  /** Milliseconds. */
  pollInterval: number
}

export function backupsRunning(backups: readonly Backup[]): Backup[] {
  return backups.filter(({ status }) => backupState(status) === 'creating')
}

/**
 * Says which backups are running already.
 *
 * @throws OperationFailed with `if-busy: fail`
 */
export function busySentence({ clusterId, ifBusy }: BusyOptions, busy: readonly Backup[]): string {
  const names = busy.map(({ backupId, creationMethod }) =>
    creationMethod ? `${backupId} (${sanitize(creationMethod)})` : backupId,
  )
  const sentence = `Cluster ${clusterId} is being backed up already: ${names.join(', ')} is CREATING.`
  if (ifBusy === 'wait') return sentence
  throw new OperationFailed(`${sentence} Wait for it, or let this step wait with if-busy: wait.`)
}

/** Waits until no backup of the cluster is running, and gives the list that showed it. */
export async function waitWhileBusy(
  options: BusyOptions,
  step: Step,
  listed: readonly Backup[],
): Promise<readonly Backup[]> {
  const { clusterId, pollInterval } = options
  const busy = backupsRunning(listed)
  if (busy.length === 0) return listed
  step.log(`${busySentence(options, busy)} Waiting for it to end, since only one can run at a time.`)
  await pauseBeforeRead(step, pollInterval)
  const stillOpen = () => `another backup of cluster ${clusterId} is still running`
  const poll = async () => {
    const now = await listBackups(whileWaiting(step).cloud, clusterId)
    return backupsRunning(now).length === 0 ? { done: now } : { progress: undefined }
  }
  return waitUntil<readonly Backup[]>(step, poll, { maxPause: pollInterval, stillOpen })
}
