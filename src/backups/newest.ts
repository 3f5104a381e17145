/** Which of several backups is the newest. */
import { withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import type { Backup, BackupRef } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { grouped, newestFirst } from './order.ts'
import { describeOrRefusal, stillListed } from './read.ts'

interface Candidates {
  clusterId: string
  listed: readonly Backup[]
  /** Milliseconds since the epoch: older ones are of no use, so they are not described one by one. */
  notBefore?: number | undefined
}

/**
 * The newest of the listed backups of a cluster that serves, as its description shows it.
 *
 * The `createTime` of the list decides the order, but sources disagree whether that is the time of the backup or of
 * the cluster (F35): backups with one time are described, and so is the chosen one. One without a readable time in
 * the list is described first, to learn it.
 */
export async function newest(
  step: Step,
  { clusterId, listed, notBefore = 0 }: Candidates,
  serves: (described: Backup) => boolean,
): Promise<Backup | undefined> {
  const dated = await withTimes(step, clusterId, listed)
  for (const sameTime of grouped(newestFirst(dated), ({ createTime }) => createTime)) {
    const described: Backup[] = []
    for (const { backupId } of sameTime) {
      const found = await describeIfThere(step, { clusterId, backupId })
      if (found !== undefined) described.push(found)
    }
    const [best] = newestFirst(described.filter(found => found.status === 'AVAILABLE' && serves(found)))
    if (best !== undefined) return best
    const isTooOld = ({ createTime }: Backup) => createTime !== undefined && createTime < notBefore
    if (described.length > 0 && described.every(isTooOld)) return undefined
  }
  return undefined
}

/** A list entry without a readable time may be of the newest backup: its description shows it. */
async function withTimes(step: Step, clusterId: string, listed: readonly Backup[]): Promise<Backup[]> {
  const dated: Backup[] = []
  for (const backup of listed) {
    const { backupId, createTime } = backup
    const described = createTime === undefined ? await describeIfThere(step, { clusterId, backupId }) : backup
    if (described !== undefined) dated.push({ ...backup, createTime: described.createTime })
  }
  return dated
}

/**
 * A listed backup may be deleted before it is described. That its description is refused does not say so, since no
 * code means "not found" of a backup (U5): the list does.
 *
 * @throws OperationFailed when the list still has it: an older one in its place would be a surprise
 */
async function describeIfThere(step: Step, backup: BackupRef): Promise<Backup | undefined> {
  const found = await describeOrRefusal(step, backup)
  if (!(found instanceof ApiError)) return found
  const [left] = await stillListed(step, backup.clusterId, new Set([backup.backupId]))
  if (left === undefined) return undefined
  throw withMore(found, { stake: 'The list of backups still has it.' })
}
