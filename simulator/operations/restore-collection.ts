import { ApiError } from '../api-error.ts'
import { requireBackup } from '../backups.ts'
import { requireDedicated } from '../clusters.ts'
import { type Collection, findCollection, putCollection } from '../databases.ts'
import { startJob } from '../jobs.ts'
import type { Backup, Cluster } from '../records.ts'
import { restoredCollection } from '../restored.ts'
import type { State } from '../state.ts'
import { backupIds, type Handler } from './call.ts'

interface CollectionEntry {
  collectionName?: string
  destCollectionName?: string
  destCollectionStatus?: Collection['status']
  targetCollectionName?: string
  targetCollectionStatus?: Collection['status']
}

interface RestoreCollectionBody {
  destClusterId: string
  dbCollections?: { dbName?: string; destDbName?: string; collections?: CollectionEntry[] }[]
}

/** One collection to be restored, and the database it goes into. */
interface Transfer {
  database: string
  collection: Collection
}

/** Whether the target must be in the region or project of the backup is undocumented (U13); any target is accepted. */
export const restoreCollection: Handler = (state, call) => {
  const body = call.body as RestoreCollectionBody
  const backup = requireBackup(state, backupIds(call))
  if (backup.status !== 'AVAILABLE') throw restoreFailed(`The backup is not AVAILABLE but ${backup.status}`)
  const target = requireDedicated(state, body.destClusterId, ['RUNNING'])
  const transfers =
    body.dbCollections === undefined ? allCollections(backup) : requestedCollections(state, backup, body)
  for (const transfer of transfers) checkTransfer(state, target, transfer)
  const blocks = state.variants.restoreCollectionBlocks
  if (blocks) Object.assign(target, { status: 'RESTORE_BACKUP', script: undefined })
  const job = startJob(state, {
    type: 'RESTORE',
    clusterId: target.clusterId,
    now: call.now,
    onEnd: (succeeded, time) => {
      if (target.status === 'RESTORE_BACKUP') target.status = 'RUNNING'
      if (!succeeded) return
      for (const { database, collection } of transfers) {
        const restored = restoredCollection(state, { database, collection, now: time })
        if (restored !== undefined) putCollection(target.databases, database, restored)
      }
    },
  })
  return { jobId: job.jobId }
}

/** Without a list, every collection of the backup is restored, unloaded (F57). */
function allCollections(backup: Backup): Transfer[] {
  return backup.databases.flatMap(({ name, collections }) =>
    collections.map(entry => ({ database: name, collection: { ...entry, status: 'UNLOADED' as const } })),
  )
}

function requestedCollections(state: State, backup: Backup, body: RestoreCollectionBody): Transfer[] {
  const databases = body.dbCollections ?? []
  const entries = databases.reduce((sum, database) => sum + (database.collections?.length ?? 1), 0)
  if (entries > 1 && state.variants.restoreCollectionEntries === 'one') {
    throw restoreFailed('Only one collection can be restored at a time')
  }
  return databases.flatMap(({ dbName, destDbName, collections }) => {
    const from = dbName || 'default'
    const to = destDbName || from
    if (collections === undefined) {
      const whole = allCollections(backup).filter(transfer => transfer.database === from)
      return whole.map(transfer => ({ ...transfer, database: to }))
    }
    return collections.map(entry => {
      const found = findCollection(backup.databases, from, entry.collectionName ?? '')
      if (found === undefined)
        throw restoreFailed(`Collection not in the backup: ${from}.${entry.collectionName}`)
      return { database: to, collection: { ...found, ...destination(state, entry, found) } }
    })
  })
}

/** The default load state is undocumented; the one in the backup is kept. */
function destination(
  state: State,
  entry: CollectionEntry,
  found: Collection,
): Pick<Collection, 'name' | 'status'> {
  const dest = { name: entry.destCollectionName, status: entry.destCollectionStatus }
  const target = { name: entry.targetCollectionName, status: entry.targetCollectionStatus }
  const fields = state.variants.collectionFields
  const accepted = { dest: [dest], target: [target], either: [dest, target] }[fields]
  const status = accepted.map(names => names.status).find(value => value !== undefined) ?? found.status
  if (status !== 'LOADED' && status !== 'UNLOADED') {
    throw new ApiError(96037, `Invalid targetCollectionStatus. Should be LOADED or UNLOADED: ${status}`, 400)
  }
  return { name: accepted.map(names => names.name).find(value => value !== undefined) ?? found.name, status }
}

function checkTransfer(state: State, target: Cluster, { database, collection }: Transfer): void {
  const databaseExists = target.databases.some(candidate => candidate.name === database)
  if (!databaseExists && state.variants.missingDatabase === 'refuse')
    throw restoreFailed(`Database not found: ${database}`)
  const collectionExists = findCollection(target.databases, database, collection.name) !== undefined
  if (collectionExists && state.variants.existingCollection === 'refuse') {
    throw restoreFailed(`Collection already exists: ${database}.${collection.name}`)
  }
}

function restoreFailed(detail: string): ApiError {
  return new ApiError(96039, `Failed to restore collection backup. ${detail}`)
}
