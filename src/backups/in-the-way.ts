/** Waiting for another backup, or refusing to. */
import { OperationFailed } from '../errors.ts'
import { type Step, whileWaiting } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import { pauseBeforeRead } from '../waiting/after-refusal.ts'
import { waitUntil } from '../waiting/poll.ts'
import type { Backup } from '../zilliz/decode.ts'
import { listBackups } from '../zilliz/reads.ts'
import { type BusyOptions, backupsRunning, type InTheWay } from './busy.ts'

/**
 * Says which backups are running already.
 *
 * @throws OperationFailed with `if-busy: fail`
 */
export function busySentence({ clusterId, ifBusy }: BusyOptions, busy: readonly Backup[]): string {
  const names = busy.map(({ backupId, creationMethod, clusterId: of = clusterId }) => {
    const elsewhere = of === clusterId ? '' : ` of cluster ${sanitize(of)}`
    return creationMethod
      ? `${backupId}${elsewhere} (${sanitize(creationMethod)})`
      : `${backupId}${elsewhere}`
  })
  const isElsewhere = busy.every(({ clusterId: of = clusterId }) => of !== clusterId)
  const what = isElsewhere
    ? 'Another cluster is being backed up'
    : `Cluster ${clusterId} is being backed up already`
  const sentence = `${what}: ${names.join(', ')} is CREATING.`
  if (ifBusy !== 'fail') return sentence
  const next = 'Wait for it, or let this step wait with if-busy: wait.'
  throw new OperationFailed({ what: sentence, next, help: 'another-backup-is-running' })
}

/**
 * For a dry run.
 *
 * @throws OperationFailed with `if-busy: fail`
 */
export function logThatItWouldWait(options: BusyOptions, step: Step, busy: readonly Backup[]): void {
  step.log(`${busySentence(options, busy)} The step would wait for it to end.`)
}

/**
 * Waits until no backup of the cluster is running, nor those that are in the way elsewhere, and gives the list of
 * the cluster that showed it.
 */
export async function waitWhileBusy(
  options: BusyOptions,
  step: Step,
  { listed, elsewhere }: InTheWay,
): Promise<readonly Backup[]> {
  const { clusterId, pollInterval } = options
  const busy = [...backupsRunning(listed), ...elsewhere]
  step.log(`${busySentence(options, busy)} Waiting for it to end, since only one can run at a time.`)
  await pauseBeforeRead(step, pollInterval)
  const { cloud } = whileWaiting(step)
  const others = new Set(elsewhere.map(({ backupId }) => backupId))
  const isOver = async () => {
    if (others.size === 0) return true
    return !backupsRunning(await listBackups(cloud)).some(({ backupId }) => others.has(backupId))
  }
  const stillOpen = () =>
    others.size > 0
      ? 'a backup of another cluster is still running'
      : `another backup of cluster ${clusterId} is still running`
  const poll = async () => {
    const now = await listBackups(cloud, clusterId)
    const done = backupsRunning(now).length === 0 && (await isOver())
    return done ? { done: now } : { progress: undefined }
  }
  return waitUntil<readonly Backup[]>(step, poll, { maxPause: pollInterval, stillOpen })
}
