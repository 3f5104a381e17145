import { ApiError } from '../api-error.ts'
import { backupDetails } from '../backup-responses.ts'
import { requireBackup, runningBackup, startBackup } from '../backups.ts'
import { requireDedicated } from '../clusters.ts'
import { copyDatabases, type Database, findCollection } from '../databases.ts'
import { isActive, startJob } from '../jobs.ts'
import type { Cluster } from '../records.ts'
import { isRegion, providerOf } from '../regions.ts'
import type { State } from '../state.ts'
import { backupIds, type Handler, param } from './call.ts'

interface CreateBackupBody {
  backupType: 'CLUSTER' | 'COLLECTION'
  dbCollections?: { dbName?: string; collectionNames?: string[] }[]
  crossRegionCopies?: { regionId?: string }[]
}

export const createBackup: Handler = (state, call) => {
  const body = call.body as CreateBackupBody
  const statuses = state.variants.suspendedClusterBackup === 'accept' ? ['RUNNING', 'SUSPENDED'] : ['RUNNING']
  const cluster = requireDedicated(state, param(call, 'clusterId'), statuses)
  const databases =
    body.backupType === 'CLUSTER' ? copyDatabases(cluster.databases) : selectCollections(cluster, body)
  const copyRegions = (body.crossRegionCopies ?? []).map(copy => copy.regionId ?? '')
  for (const regionId of copyRegions) checkCopyRegion(state, cluster, regionId)
  requireNoRunningBackup(state, call.now, cluster.clusterId)
  const backup = startBackup(state, cluster, {
    now: call.now,
    backupType: body.backupType,
    creationMethod: 'MANUAL',
    databases,
    copyRegions,
  })
  return { backupId: backup.backupId, backupName: backup.backupName, jobId: backup.job?.jobId }
}

/** @throws {ApiError} The variant `busyCode` when another backup is in progress (F26, F27). */
function requireNoRunningBackup(state: State, now: number, clusterId: string): void {
  const everywhere = state.variants.manualBackupsAtOnce === 'organization'
  for (const creationMethod of ['AUTO', 'MANUAL'] as const) {
    const scope = everywhere && creationMethod === 'MANUAL' ? {} : { clusterId }
    const running = runningBackup(state, now, { ...scope, creationMethod })
    if (running === undefined) continue
    const kind = creationMethod === 'AUTO' ? 'An automatic' : 'A manual'
    throw new ApiError(
      state.variants.busyCode,
      `Failed to create backup. ${kind} backup is in progress: ${running.backupId}`,
    )
  }
}

function selectCollections(cluster: Cluster, body: CreateBackupBody): Database[] {
  const entries = body.dbCollections ?? []
  const names = new Set(entries.map(entry => entry.dbName || 'default'))
  if (names.size !== 1) throw createFailed('All collections must be in one database')
  const name = [...names][0] ?? 'default'
  const collections = entries
    .flatMap(entry => entry.collectionNames ?? [])
    .map(collectionName => {
      const found = findCollection(cluster.databases, name, collectionName)
      if (found === undefined) throw createFailed(`Collection not found: ${name}.${collectionName}`)
      return { ...found }
    })
  if (collections.length === 0) throw createFailed('collectionNames is empty')
  return [{ name, collections }]
}

/** Only with the Business Critical plan, within one provider, and not on Azure (F34). */
function checkCopyRegion(state: State, cluster: Cluster, regionId: string): void {
  const project = state.projects.find(candidate => candidate.projectId === cluster.projectId)
  if (project?.plan !== 'BusinessCritical')
    throw createFailed('Copies in other regions need the Business Critical plan')
  if (!isRegion(regionId)) throw new ApiError(96001, `Invalid region id: ${regionId}`)
  if (providerOf(regionId) !== providerOf(cluster.regionId) || providerOf(regionId) === 'az') {
    throw createFailed(`No copy is possible from ${cluster.regionId} to ${regionId}`)
  }
}

function createFailed(detail: string): ApiError {
  return new ApiError(96038, `Failed to create backup. ${detail}`)
}

export const describeBackup: Handler = (state, call) => {
  const deleted = state.variants.deletedBackup === 'DELETED'
  const backup = requireBackup(state, backupIds(call), { deleted })
  return backupDetails(state, backup, call.now)
}

/** Rejected while the backup is being created; the behaviour of the real service is undocumented. */
export const deleteBackup: Handler = (state, call) => {
  const backup = requireBackup(state, backupIds(call))
  if (backup.job !== undefined && isActive(backup.job, call.now)) {
    throw new ApiError(40003, `The backup is being created: ${backup.backupId}`)
  }
  backup.status = 'DELETED'
  return { backupId: backup.backupId, backupName: backup.backupName }
}

export const exportBackup: Handler = (state, call) => {
  const body = call.body as { integrationId: string; directory?: string }
  const backup = requireBackup(state, backupIds(call))
  if (backup.source.plan !== 'Enterprise')
    throw new ApiError(96028, 'Only for clusters of the Enterprise plan')
  if (!body.integrationId.startsWith('integ-')) {
    throw new ApiError(96036, `Integration not found. integrationId: ${body.integrationId}`)
  }
  if (backup.status !== 'AVAILABLE')
    throw new ApiError(40003, `The backup is not AVAILABLE: ${backup.status}`)
  return {
    jobId: startJob(state, { type: 'EXPORT', clusterId: backup.source.clusterId, now: call.now }).jobId,
  }
}
