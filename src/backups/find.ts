/** Which backup serves: the newest, and what it holds. */
import { type CollectionName, formatName } from '../collections/names.ts'
import { formatDuration } from '../duration.ts'
import type { BackupChoice, BackupType } from '../operations/requests.ts'
import { OperationFailed, type Step } from '../step.ts'
import type { Backup, Contents } from '../zilliz/decode.ts'
import { ApiError, isNotFound, sanitize } from '../zilliz/errors.ts'
import { describeBackup, listBackups } from '../zilliz/reads.ts'
import { describeOrRefusal, stillListed } from './delete.ts'

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
  for (const ofOneTime of grouped(newestFirst(listed), ({ createTime }) => createTime)) {
    let best: Backup | undefined
    for (const { backupId } of ofOneTime) {
      const described = await describeIfThere(step, clusterId, backupId)
      if (described?.status !== 'AVAILABLE' || !serves(described)) continue
      if (best === undefined || (described.createTime ?? 0) > (best.createTime ?? 0)) best = described
    }
    if (best !== undefined) return best
  }
  return undefined
}

/** By the `createTime` a list tells; without a readable one last, in the order of the list. */
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
async function describeIfThere(step: Step, clusterId: string, backupId: string): Promise<Backup | undefined> {
  const found = await describeOrRefusal(step, clusterId, backupId)
  if (!(found instanceof ApiError)) return found
  const [left] = await stillListed(step, clusterId, new Set([backupId]))
  if (left === undefined) return undefined
  throw new OperationFailed(`${found.message} Yet the list of backups has it.`, { cause: found })
}

/**
 * Which of the asked collections a backup lacks; undefined when it lists none, which does not mean that
 * it is empty (F36). In a flat list only the names can be compared.
 */
export function missingCollections(
  contents: Contents,
  asked: readonly CollectionName[],
): string[] | undefined {
  if (contents.kind === 'unlisted') return undefined
  const held: Set<string> =
    contents.kind === 'flat' ? new Set(contents.collections) : new Set(contents.collections.map(formatName))
  return asked
    .filter(name => !held.has(contents.kind === 'flat' ? name.collection : formatName(name)))
    .map(formatName)
}

/**
 * The backup that the inputs name: the one of that id, in whatever state, or the newest AVAILABLE one. Its id
 * and name are published.
 *
 * @param type of `latest`; undefined: either
 */
export async function findBackup(
  step: Step,
  clusterId: string,
  choice: BackupChoice,
  type: BackupType | undefined,
): Promise<Backup> {
  const backup =
    'latest' in choice
      ? await latestBackup(step, clusterId, choice.maxAge, type)
      : await namedBackup(step, clusterId, choice.backupId)
  step.publish('backupId', backup.backupId)
  step.publish('backupName', backup.backupName)
  return backup
}

/** The same, to be read from by a restore or an export: AVAILABLE, and of a type that serves. */
export async function chooseBackup(
  step: Step,
  clusterId: string,
  choice: BackupChoice,
  type: 'CLUSTER' | undefined,
  use: 'restored' | 'exported' = 'restored',
): Promise<Backup> {
  const backup = await findBackup(step, clusterId, choice, type)
  const name = `Backup ${backup.backupId} of cluster ${clusterId}`
  if (backup.status !== 'AVAILABLE') {
    const wait = backup.status === 'CREATING' ? ' Wait for it with operation: wait.' : ''
    throw new OperationFailed(
      `${name} is ${sanitize(backup.status)}; only an AVAILABLE backup can be ${use}.${wait}`,
    )
  }
  if (type !== undefined && backup.backupType !== type) {
    throw new OperationFailed(
      `${name} is of type ${sanitize(backup.backupType ?? 'unknown')}, and a new cluster needs one of type ${type}. Its collections can be restored into an existing cluster with operation: restore-collections.`,
    )
  }
  return backup
}

async function namedBackup(step: Step, clusterId: string, backupId: string): Promise<Backup> {
  try {
    return await describeBackup(step.cloud, clusterId, backupId)
  } catch (error) {
    if (!(error instanceof ApiError && isNotFound(error, 'backup'))) throw error
    throw new OperationFailed(`${error.message} Check backup-id and cluster-id.`, { cause: error })
  }
}

async function latestBackup(
  step: Step,
  clusterId: string,
  maxAge: number | undefined,
  type: BackupType | undefined,
): Promise<Backup> {
  const listed = await listBackups(step.cloud, clusterId)
  const wanted = listed.filter(
    ({ status, backupType }) => status === 'AVAILABLE' && (type === undefined || backupType === type),
  )
  const serves = ({ backupType }: Backup) => type === undefined || backupType === type
  const found = await newest(step, clusterId, wanted, serves)
  const kind = type === undefined ? '' : ` of type ${type}`
  if (found === undefined) {
    throw new OperationFailed(
      `backup-id: latest finds no AVAILABLE backup${kind} of cluster ${clusterId}. Found instead: ${told(listed)}.`,
    )
  }
  const age = found.createTime === undefined ? undefined : step.clock.now() - found.createTime
  if (maxAge !== undefined && (age === undefined || age > maxAge)) {
    const old = age === undefined ? 'of an age the service does not tell' : `${formatDuration(age)} old`
    throw new OperationFailed(
      `The newest AVAILABLE backup${kind} of cluster ${clusterId} is ${found.backupId}, ${old}; max-age allows ${formatDuration(maxAge)}.`,
    )
  }
  const old = age === undefined ? '' : `, ${formatDuration(age)} old`
  step.log(`backup-id: latest is ${found.backupId}${old}.`)
  return found
}

const mostTold = 10

function told(backups: readonly Backup[]): string {
  if (backups.length === 0) return 'no backup at all'
  const each = backups
    .slice(0, mostTold)
    .map(
      ({ backupId, backupType, status }) =>
        `${backupId} (${sanitize(backupType ?? 'no type')}, ${sanitize(status)})`,
    )
  const more = backups.length > mostTold ? ` and ${backups.length - mostTold} more` : ''
  return `${each.join(', ')}${more}`
}
