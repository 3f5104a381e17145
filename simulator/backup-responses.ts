import { timestamp } from './clock.ts'
import type { Backup } from './records.ts'
import type { State } from './state.ts'

const DAY = 86_400_000

/** Values of `restoreVersionPolicy` that this backup allows (F51). */
export function versionPolicies(backup: Backup, now: number): ('LATEST' | 'ORIGINAL')[] {
  return backup.olderVersion && now - backup.createdAt <= 30 * DAY ? ['LATEST', 'ORIGINAL'] : ['LATEST']
}

/** The fields that list and describe have in common; what `createTime` means in a list is a variant. */
export function backupSummary(state: State, backup: Backup, now: number) {
  return {
    projectId: backup.source.projectId,
    clusterId: backup.source.clusterId,
    clusterName: backup.source.clusterName,
    backupId: backup.backupId,
    backupName: backup.backupName,
    backupType: backup.backupType,
    creationMethod: backup.creationMethod,
    status: backup.status,
    size: backup.size,
    createTime: timestamp(backup.createdAt),
    ...expireTime(state, backup),
    ...(backup.backupType === 'CLUSTER' ? { restoreNewInstancePolicies: versionPolicies(backup, now) } : {}),
  }
}

export function backupDetails(state: State, backup: Backup, now: number) {
  const { backupCollections, defaultDbName } = state.variants
  const content = backup.databases.map(database => ({
    dbName: database.name === 'default' ? defaultDbName : database.name,
    collections: database.collections.map(entry => ({
      collectionName: entry.name,
      description: entry.description,
      status: entry.status,
    })),
  }))
  return {
    ...backupSummary(state, backup, now),
    regionId: backup.source.regionId,
    ...(backupCollections === 'nested' || backupCollections === 'both' ? { dbCollections: content } : {}),
    ...(backupCollections === 'flat' || backupCollections === 'both'
      ? { collections: content.flatMap(database => database.collections) }
      : {}),
  }
}

function expireTime(state: State, backup: Backup) {
  if (backup.expiresAt !== undefined) return { expireTime: timestamp(backup.expiresAt) }
  if (state.variants.manualExpireTime === 'missing') return {}
  return {
    expireTime: state.variants.manualExpireTime === 'null' ? null : timestamp(backup.createdAt + 31 * DAY),
  }
}
