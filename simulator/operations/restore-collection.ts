import { requireBackup } from '../backups.ts'
import { requireDedicated } from '../clusters.ts'
import { type Collection, findCollection, putCollection } from '../databases.ts'
import { startJob } from '../jobs.ts'
import type { Backup, Cluster } from '../records.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { type Handler, param } from './call.ts'

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

/** One collection on its way from a backup into a cluster. */
interface Transfer {
  database: string
  collection: Collection
}

/** Whether the target must be in the region or project of the backup is undocumented (U13); anywhere is taken. */
export const restoreCollection: Handler = (state, call) => {
  const body = call.body as RestoreCollectionBody
  const backup = requireBackup(state, param(call, 'clusterId'), param(call, 'backupId'))
  if (backup.status !== 'AVAILABLE') throw failed(`The backup is not AVAILABLE but ${backup.status}`)
  const target = requireDedicated(state, body.destClusterId, ['RUNNING'])
  const transfers = body.dbCollections === undefined ? everything(backup) : listed(state, backup, body)
  for (const transfer of transfers) checkTransfer(state, target, transfer)
  const blocks = state.variants.restoreCollectionBlocks
  if (blocks) target.status = 'RESTORE_BACKUP'
  const job = startJob(state, {
    type: 'RESTORE',
    clusterId: target.clusterId,
    now: call.now,
    onEnd: succeeded => {
      if (target.status === 'RESTORE_BACKUP') target.status = 'RUNNING'
      if (!succeeded) return
      for (const { database, collection } of transfers) putCollection(target.databases, database, collection)
    },
  })
  return { jobId: job.jobId }
}

/** Without a list all of the backup is restored, unloaded (F57). */
function everything(backup: Backup): Transfer[] {
  return backup.databases.flatMap(({ name, collections }) =>
    collections.map(entry => ({ database: name, collection: { ...entry, status: 'UNLOADED' as const } })),
  )
}

function listed(state: State, backup: Backup, body: RestoreCollectionBody): Transfer[] {
  const databases = body.dbCollections ?? []
  const entries = databases.reduce((sum, database) => sum + (database.collections?.length ?? 1), 0)
  if (entries > 1 && state.variants.restoreCollectionEntries === 'one') {
    throw failed('Only one collection can be restored at a time')
  }
  return databases.flatMap(({ dbName, destDbName, collections }) => {
    const from = dbName || 'default'
    const to = destDbName || from
    if (collections === undefined) {
      const whole = everything(backup).filter(transfer => transfer.database === from)
      return whole.map(transfer => ({ ...transfer, database: to }))
    }
    return collections.map(entry => {
      const found = findCollection(backup.databases, from, entry.collectionName ?? '')
      if (found === undefined) throw failed(`Collection not in the backup: ${from}.${entry.collectionName}`)
      return { database: to, collection: { ...found, ...destination(state, entry, found) } }
    })
  })
}

/** The load state that is taken where none is asked is undocumented; the backup's is kept. */
function destination(
  state: State,
  entry: CollectionEntry,
  found: Collection,
): Pick<Collection, 'name' | 'status'> {
  const dest = { name: entry.destCollectionName, status: entry.destCollectionStatus }
  const older = { name: entry.targetCollectionName, status: entry.targetCollectionStatus }
  const fields = state.variants.collectionFields
  const asked = fields === 'dest' ? [dest] : fields === 'target' ? [older] : [dest, older]
  const status = asked.map(names => names.status).find(value => value !== undefined) ?? found.status
  if (status !== 'LOADED' && status !== 'UNLOADED') {
    throw new Refusal(96037, `Invalid targetCollectionStatus. Should be LOADED or UNLOADED: ${status}`, 400)
  }
  return { name: asked.map(names => names.name).find(value => value !== undefined) ?? found.name, status }
}

function checkTransfer(state: State, target: Cluster, { database, collection }: Transfer): void {
  const known = target.databases.some(candidate => candidate.name === database)
  if (!known && state.variants.missingDatabase === 'refuse') throw failed(`Database not found: ${database}`)
  const taken = findCollection(target.databases, database, collection.name) !== undefined
  if (taken && state.variants.existingCollection === 'refuse') {
    throw failed(`Collection already exists: ${database}.${collection.name}`)
  }
}

function failed(detail: string): Refusal {
  return new Refusal(96039, `Failed to restore collection backup. ${detail}`)
}
