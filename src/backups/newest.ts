/** The order of backups, and which is the newest. */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import type { Backup, BackupRef } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { describeOrRefusal, stillListed } from './read.ts'

/**
 * The newest of the listed backups of a cluster that serves, as its description shows it.
 *
 * The `createTime` of the list decides the order, but sources disagree whether that is the time of the backup or of
 * the cluster (F35): backups with one time are described, and so is the chosen one.
 */
export async function newest(
  step: Step,
  { clusterId, listed }: { clusterId: string; listed: readonly Backup[] },
  serves: (described: Backup) => boolean,
): Promise<Backup | undefined> {
  for (const sameTime of grouped(newestFirst(listed), ({ createTime }) => createTime)) {
    let best: Backup | undefined
    for (const { backupId } of sameTime) {
      const described = await describeIfThere(step, { clusterId, backupId })
      if (described?.status !== 'AVAILABLE' || !serves(described)) continue
      if (best === undefined || (described.createTime ?? 0) > (best.createTime ?? 0)) best = described
    }
    if (best !== undefined) return best
  }
  return undefined
}

/** By the `createTime` of the list; without a readable one last, in the order of the list. */
export function newestFirst(backups: readonly Backup[]): Backup[] {
  const time = ({ createTime }: Backup) => createTime ?? Number.NEGATIVE_INFINITY
  return [...backups].sort((one, other) => (time(one) === time(other) ? 0 : time(other) - time(one)))
}

/** In the order in which their keys first come. */
export function grouped<T>(items: readonly T[], key: (item: T) => unknown): T[][] {
  const groups = new Map<unknown, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group === undefined) groups.set(key(item), [item])
    else group.push(item)
  }
  return [...groups.values()]
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
  throw new OperationFailed(`${found.message} But the list of backups still has it.`, { cause: found })
}
