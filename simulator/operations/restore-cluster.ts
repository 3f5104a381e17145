import { ApiError } from '../api-error.ts'
import { versionPolicies } from '../backup-responses.ts'
import { requireBackup } from '../backups.ts'
import { addCluster, checkClusterName, checkCuSize } from '../clusters.ts'
import { copyDatabases } from '../databases.ts'
import { startJob, succeeds } from '../jobs.ts'
import { requireProject } from '../projects.ts'
import type { Backup, Cluster, Job, Project } from '../records.ts'
import { restoredDatabases } from '../restored.ts'
import type { State } from '../state.ts'
import { backupIds, type Handler } from './call.ts'

interface RestoreClusterBody {
  projectId?: string
  targetProjectId?: string
  clusterName: string
  cuSize: number
  collectionStatus: 'KEEP' | 'RELEASE'
  restoreVersionPolicy?: 'LATEST' | 'ORIGINAL'
}

export const restoreCluster: Handler = (state, call) => {
  const body = call.body as RestoreClusterBody
  const backup = requireBackup(state, backupIds(call))
  const { source } = backup
  if (backup.backupType !== 'CLUSTER') throw restoreFailed('The backup is not of type CLUSTER')
  if (backup.status !== 'AVAILABLE') throw restoreFailed(`The backup is not AVAILABLE but ${backup.status}`)
  const project = requireProject(state, projectIdOf(state, body))
  requireBoundRegion(project, source.regionId)
  checkClusterName(state, project.projectId, body.clusterName)
  checkCuSize(source.plan, source.cuType, body.cuSize)
  checkVersionPolicy(backup, body, call.now)
  const password = takePassword(state)
  const cluster = addCluster(state, call.now, {
    clusterName: body.clusterName,
    projectId: project.projectId,
    regionId: source.regionId,
    cuType: source.cuType,
    plan: source.plan,
    cuSize: body.cuSize,
    status: 'CREATING',
    databases: [],
    tokens: [`db_admin:${password}`],
  })
  const status = body.collectionStatus === 'RELEASE' ? 'UNLOADED' : undefined
  const job = startJob(state, {
    type: 'RESTORE',
    clusterId: cluster.clusterId,
    now: call.now,
    onEnd: (succeeded, time) => {
      if (succeeded)
        cluster.databases = restoredDatabases(state, copyDatabases(backup.databases, status), time)
      else markFailed(state, cluster)
    },
  })
  scheduleStatuses(state, cluster, job)
  return {
    clusterId: cluster.clusterId,
    username: 'db_admin',
    password,
    jobId: job.jobId,
  }
}

function requireBoundRegion({ projectId, regionIds }: Project, regionId: string): void {
  if (!regionIds.includes(regionId))
    throw restoreFailed(`Region ${regionId} is not bound to project ${projectId}`)
}

function checkVersionPolicy(backup: Backup, body: RestoreClusterBody, now: number): void {
  if (body.restoreVersionPolicy === 'ORIGINAL' && !versionPolicies(backup, now).includes('ORIGINAL')) {
    throw restoreFailed('restoreVersionPolicy ORIGINAL is not possible for this backup')
  }
}

/** @throws {ApiError} 96005 without the field that the variant `projectField` reads, even if the other one is sent. */
function projectIdOf(state: State, body: RestoreClusterBody): string {
  const field = state.variants.projectField
  const projectId = field === 'either' ? (body.projectId ?? body.targetProjectId) : body[field]
  if (typeof projectId === 'string' && projectId !== '') return projectId
  throw new ApiError(96005, `Invalid project ID: ${field === 'either' ? 'projectId' : field} is missing`, 400)
}

/** CREATING, then RESTORE_BACKUP, then RUNNING before or after the end of the job (variant `restoreOrder`). */
function scheduleStatuses(state: State, cluster: Cluster, job: Job): void {
  const lag = state.settings.restoreLagSeconds * 1000
  const neverEnds = !Number.isFinite(job.endsAt)
  const duration = neverEnds ? state.settings.jobSeconds * 1000 : job.endsAt - job.createdAt
  const clusterFirst = state.variants.restoreOrder === 'cluster-first'
  cluster.readyAt = job.createdAt + (clusterFirst ? Math.max(duration - lag, duration / 2) : duration + lag)
  const schedule = (time: number, from: string, to: string) =>
    state.scheduler.at(time, () => {
      if (cluster.script === undefined && cluster.status === from) cluster.status = to
    })
  schedule(job.createdAt + duration * 0.3, 'CREATING', 'RESTORE_BACKUP')
  if (succeeds(job.outcome) && (clusterFirst || !neverEnds))
    schedule(cluster.readyAt, 'RESTORE_BACKUP', 'RUNNING')
}

function markFailed(state: State, cluster: Cluster): void {
  if (cluster.script !== undefined) return
  const remains = state.variants.clusterLeftByFailedJob
  cluster.status = remains === 'gone' ? 'DELETED' : remains
}

/** The password set by a test, or a generated one. */
function takePassword(state: State): string {
  const password = state.nextPassword ?? state.ids.password()
  state.nextPassword = undefined
  return password
}

function restoreFailed(detail: string): ApiError {
  return new ApiError(96040, `Failed to restore cluster backup. ${detail}`)
}
