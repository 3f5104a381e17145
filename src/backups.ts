/** Which backup serves: the newest, and what it holds. */
import { type CollectionName, formatName } from './collections.ts'
import type { Step } from './step.ts'
import { describeBackup } from './zilliz/client.ts'
import { isNotFound, Refused } from './zilliz/errors.ts'
import type { Backup, Contents } from './zilliz/shapes.ts'

/**
 * The newest of the listed backups that serves, as a description tells it.
 *
 * What the list says of `createTime` decides the order, but sources disagree whether that is the time of
 * the backup or of the cluster (F35): backups with one time are described, and so is the chosen one.
 */
export async function newest(
  step: Step,
  clusterId: string,
  listed: readonly Backup[],
  serves: (described: Backup) => boolean,
): Promise<Backup | undefined> {
  const groups = new Map<number, Backup[]>()
  for (const backup of listed) {
    const time = backup.createTime ?? 0
    groups.set(time, [...(groups.get(time) ?? []), backup])
  }
  for (const time of [...groups.keys()].sort((one, other) => other - one)) {
    let best: Backup | undefined
    for (const { backupId } of groups.get(time) ?? []) {
      const described = await describeIfThere(step, clusterId, backupId)
      if (described?.status !== 'AVAILABLE' || !serves(described)) continue
      if (best === undefined || (described.createTime ?? 0) > (best.createTime ?? 0)) best = described
    }
    if (best !== undefined) return best
  }
  return undefined
}

/** A listed backup may be deleted before it is described. */
async function describeIfThere(step: Step, clusterId: string, backupId: string): Promise<Backup | undefined> {
  try {
    return await describeBackup(step.cloud, clusterId, backupId)
  } catch (error) {
    if (error instanceof Refused && isNotFound(error, 'backup')) return undefined
    throw error
  }
}

/**
 * Which of the asked collections a backup lacks; undefined when it lists none, which does not mean that
 * it is empty (F36). In a flat list only the names can be compared.
 */
export function lacking(contents: Contents, asked: readonly CollectionName[]): string[] | undefined {
  if (contents.kind === 'unlisted') return undefined
  const held: Set<string> =
    contents.kind === 'flat' ? new Set(contents.collections) : new Set(contents.collections.map(formatName))
  return asked
    .filter(name => !held.has(contents.kind === 'flat' ? name.collection : formatName(name)))
    .map(formatName)
}
