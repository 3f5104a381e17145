import { backupDetails, backupSummary, requireBackup, runningBackup, startBackup } from '../backups.ts'
import { timestamp } from '../clock.ts'
import { requireDedicated } from '../clusters.ts'
import { copyDatabases, type Database, findCollection } from '../databases.ts'
import { isActive, startJob } from '../jobs.ts'
import { ordered, paged } from '../listing.ts'
import type { Cluster } from '../records.ts'
import { Refusal } from '../refusal.ts'
import { isRegion, providerOf } from '../regions.ts'
import { isReadable, type State } from '../state.ts'
import { type Handler, param } from './call.ts'

export const listBackups: Handler = (state, { query, now }) => {
  const start = bound(query.start, Number.NEGATIVE_INFINITY)
  const end = bound(query.end, Number.POSITIVE_INFINITY)
  if (start > end) throw new Refusal(96035, 'Invalid time range: start is after end', 400)
  const fits = (key: string, value: string) => query[key] === undefined || query[key] === value
  const found = state.backups.filter(
    backup =>
      (backup.status === 'AVAILABLE' || backup.status === 'CREATING') &&
      isReadable(state, backup) &&
      fits('projectId', backup.source.projectId) &&
      fits('clusterId', backup.source.clusterId) &&
      fits('creationMethod', backup.creationMethod) &&
      fits('backupType', backup.backupType) &&
      backup.createdAt >= start &&
      backup.createdAt <= end,
  )
  const { page, frame } = paged(
    state,
    ordered(state, found, backup => backup.backupId),
    query,
  )
  const ofCluster = state.variants.listCreateTime === 'cluster'
  const backups = page.map(backup => ({
    ...backupSummary(state, backup, now),
    ...(ofCluster ? { createTime: timestamp(backup.source.createdAt) } : {}),
  }))
  return { ...frame, backups }
}

/** The format of the bounds is undocumented; ISO 8601 is taken (U17). */
function bound(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time))
    throw new Refusal(96007, `Invalid timestamp, should be ISO 8601 in UTC: ${text}`, 400)
  return time
}

interface CreateBackupBody {
  backupType: 'CLUSTER' | 'COLLECTION'
  dbCollections?: { dbName?: string; collectionNames?: string[] }[]
  crossRegionCopies?: { regionId?: string }[]
}

export const createBackup: Handler = (state, call) => {
  const body = call.body as CreateBackupBody
  const statuses = state.variants.suspendedClusterBackup === 'accept' ? ['RUNNING', 'SUSPENDED'] : ['RUNNING']
  const cluster = requireDedicated(state, param(call, 'clusterId'), statuses)
  const databases = body.backupType === 'CLUSTER' ? copyDatabases(cluster.databases) : chosen(cluster, body)
  const copyRegions = (body.crossRegionCopies ?? []).map(copy => copy.regionId ?? '')
  for (const regionId of copyRegions) checkCopyRegion(state, cluster, regionId)
  for (const method of ['AUTO', 'MANUAL'] as const) {
    const running = runningBackup(state, call.now, cluster.clusterId, method)
    if (running !== undefined) {
      const kind = method === 'AUTO' ? 'An automatic' : 'A manual'
      throw new Refusal(
        state.variants.busyCode,
        `Failed to create backup. ${kind} backup is in progress: ${running.backupId}`,
      )
    }
  }
  const backup = startBackup(state, call.now, cluster, {
    backupType: body.backupType,
    creationMethod: 'MANUAL',
    databases,
    copyRegions,
  })
  return { backupId: backup.backupId, backupName: backup.backupName, jobId: backup.job?.jobId }
}

function chosen(cluster: Cluster, body: CreateBackupBody): Database[] {
  const entries = body.dbCollections ?? []
  const names = new Set(entries.map(entry => entry.dbName || 'default'))
  if (names.size !== 1) throw failedBackup('All collections must be in one database')
  const name = [...names][0] ?? 'default'
  const collections = entries
    .flatMap(entry => entry.collectionNames ?? [])
    .map(wanted => {
      const found = findCollection(cluster.databases, name, wanted)
      if (found === undefined) throw failedBackup(`Collection not found: ${name}.${wanted}`)
      return { ...found }
    })
  if (collections.length === 0) throw failedBackup('collectionNames is empty')
  return [{ name, collections }]
}

/** Business Critical only, not on Azure, the same provider only (F34). */
function checkCopyRegion(state: State, cluster: Cluster, regionId: string): void {
  const project = state.projects.find(candidate => candidate.projectId === cluster.projectId)
  if (project?.plan !== 'BusinessCritical')
    throw failedBackup('Copies in other regions need the Business Critical plan')
  if (!isRegion(regionId)) throw new Refusal(96001, `Invalid region id: ${regionId}`)
  if (providerOf(regionId) !== providerOf(cluster.regionId) || providerOf(regionId) === 'az') {
    throw failedBackup(`No copy is possible from ${cluster.regionId} to ${regionId}`)
  }
}

function failedBackup(detail: string): Refusal {
  return new Refusal(96038, `Failed to create backup. ${detail}`)
}

export const describeBackup: Handler = (state, call) => {
  const deleted = state.variants.deletedBackup === 'DELETED'
  const backup = requireBackup(state, param(call, 'clusterId'), param(call, 'backupId'), deleted)
  return backupDetails(state, backup, call.now)
}

/** Refused while the backup is being made; whether the real service does is undocumented. */
export const deleteBackup: Handler = (state, call) => {
  const backup = requireBackup(state, param(call, 'clusterId'), param(call, 'backupId'))
  if (backup.job !== undefined && isActive(backup.job, call.now)) {
    throw new Refusal(40003, `The backup is being created: ${backup.backupId}`)
  }
  backup.status = 'DELETED'
  return { backupId: backup.backupId, backupName: backup.backupName }
}

export const exportBackup: Handler = (state, call) => {
  const body = call.body as { integrationId: string; directory?: string }
  const backup = requireBackup(state, param(call, 'clusterId'), param(call, 'backupId'))
  if (backup.source.plan !== 'Enterprise')
    throw new Refusal(96028, 'Only for clusters of the Enterprise plan')
  if (!body.integrationId.startsWith('integ-')) {
    throw new Refusal(96036, `Integration not found. integrationId: ${body.integrationId}`)
  }
  if (backup.status !== 'AVAILABLE') throw new Refusal(40003, `The backup is not AVAILABLE: ${backup.status}`)
  return {
    jobId: startJob(state, { type: 'EXPORT', clusterId: backup.source.clusterId, now: call.now }).jobId,
  }
}
