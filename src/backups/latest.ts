/** `backup-id: latest`: the newest AVAILABLE backup that serves. */
import { formatDuration } from '../duration.ts'
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import type { Backup } from '../zilliz/decode.ts'
import { serviceTime } from '../zilliz/service-time.ts'
import type { LatestBackup } from './choice.ts'
import { describeTypesOf } from './format.ts'
import { newest } from './newest.ts'
import { ofCluster } from './of-cluster.ts'
import { listBackupsOf } from './source.ts'

export async function latestBackup(
  step: Step,
  clusterId: string,
  { maxAge, backupType: type }: LatestBackup,
): Promise<Backup> {
  const listed = await listBackupsOf(step, clusterId)
  const serves = ({ backupType }: Backup) => type === undefined || backupType === type
  // Where the list does not show the type, the description decides.
  const mayServe = (backup: Backup) => backup.backupType === undefined || serves(backup)
  const wanted = listed.filter(backup => backup.status === 'AVAILABLE' && mayServe(backup))
  const chosen = await newest(step, { clusterId, listed: wanted }, serves)
  const found = chosen && ofCluster({ clusterId, backupId: chosen.backupId }, chosen)
  const kind = type === undefined ? '' : ` of type ${type}`
  if (found === undefined) {
    throw new OperationFailed({
      what: `backup-id: latest finds no AVAILABLE backup${kind} of cluster ${clusterId}. Found instead: ${describeTypesOf(listed)}.`,
      help: 'no-backup-to-restore',
    })
  }
  const { createTime } = found
  const age = createTime === undefined ? undefined : Math.max(0, serviceTime(step.cloud).now - createTime)
  if (maxAge !== undefined && (age === undefined || age > maxAge)) {
    const old = age === undefined ? 'of unknown age' : `${formatDuration(age)} old`
    throw new OperationFailed({
      what: `The newest AVAILABLE backup${kind} of cluster ${clusterId} is ${found.backupId}, ${old}; max-age allows ${formatDuration(maxAge)}.`,
      help: 'no-backup-to-restore',
    })
  }
  const old = age === undefined ? '' : `, ${formatDuration(age)} old`
  step.log(`backup-id: latest is ${found.backupId}${old}.`)
  return found
}
