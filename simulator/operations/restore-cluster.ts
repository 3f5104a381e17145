import { requireBackup, versionPolicies } from '../backups.ts'
import { addCluster, checkClusterName, checkCuSize } from '../clusters.ts'
import { copyDatabases } from '../databases.ts'
import { startJob } from '../jobs.ts'
import { requireProject } from '../projects.ts'
import type { Cluster, Job } from '../records.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { type Handler, param } from './call.ts'

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
  const backup = requireBackup(state, param(call, 'clusterId'), param(call, 'backupId'))
  if (backup.backupType !== 'CLUSTER') throw failed('The backup is not of type CLUSTER')
  if (backup.status !== 'AVAILABLE') throw failed(`The backup is not AVAILABLE but ${backup.status}`)
  const project = requireProject(state, projectIdOf(state, body))
  const source = backup.source
  if (!project.regionIds.includes(source.regionId)) {
    throw failed(`Region ${source.regionId} is not bound to project ${project.projectId}`)
  }
  checkClusterName(state, project.projectId, body.clusterName)
  checkCuSize(source.plan, source.cuType, body.cuSize)
  if (body.restoreVersionPolicy === 'ORIGINAL' && !versionPolicies(backup, call.now).includes('ORIGINAL')) {
    throw failed('restoreVersionPolicy ORIGINAL is not possible for this backup')
  }
  const cluster = addCluster(state, call.now, {
    clusterName: body.clusterName,
    projectId: project.projectId,
    regionId: source.regionId,
    cuType: source.cuType,
    plan: source.plan,
    cuSize: body.cuSize,
    status: 'CREATING',
    databases: [],
  })
  const job = startJob(state, {
    type: 'RESTORE',
    clusterId: cluster.clusterId,
    now: call.now,
    onEnd: succeeded => {
      if (!succeeded) return leaveFailed(state, cluster)
      cluster.databases = copyDatabases(
        backup.databases,
        body.collectionStatus === 'RELEASE' ? 'UNLOADED' : undefined,
      )
    },
  })
  bringUp(state, cluster, job)
  return {
    clusterId: cluster.clusterId,
    username: 'db_admin',
    password: takePassword(state),
    jobId: job.jobId,
  }
}

/** @throws {Refusal} 96005 when the field that this service reads is missing, whatever else is sent. */
function projectIdOf(state: State, body: RestoreClusterBody): string {
  const field = state.variants.projectField
  const projectId = field === 'either' ? (body.projectId ?? body.targetProjectId) : body[field]
  if (typeof projectId === 'string' && projectId !== '') return projectId
  throw new Refusal(96005, `Invalid project ID: ${field === 'either' ? 'projectId' : field} is missing`, 400)
}

/** CREATING, then RESTORE_BACKUP, then RUNNING before or after the job's end as the variant says. */
function bringUp(state: State, cluster: Cluster, job: Job): void {
  const lag = state.settings.restoreLagSeconds * 1000
  const endless = !Number.isFinite(job.endsAt)
  const length = endless ? state.settings.jobSeconds * 1000 : job.endsAt - job.createdAt
  const clusterFirst = state.variants.restoreOrder === 'cluster-first'
  cluster.readyAt = job.createdAt + (clusterFirst ? Math.max(length - lag, length / 2) : length + lag)
  const step = (time: number, from: string, to: string) =>
    state.scheduler.at(time, () => {
      if (cluster.status === from) cluster.status = to
    })
  step(job.createdAt + length * 0.3, 'CREATING', 'RESTORE_BACKUP')
  const succeeds = job.outcome === 'SUCCESSFUL'
  if (succeeds && (clusterFirst || !endless)) step(cluster.readyAt, 'RESTORE_BACKUP', 'RUNNING')
}

function leaveFailed(state: State, cluster: Cluster): void {
  const left = state.variants.clusterLeftByFailedJob
  cluster.status = left === 'gone' ? 'DELETED' : left
}

/** The password that a test has laid out, or a generated one. */
export function takePassword(state: State): string {
  const password = state.nextPassword ?? state.ids.password()
  state.nextPassword = undefined
  return password
}

function failed(detail: string): Refusal {
  return new Refusal(96040, `Failed to restore cluster backup. ${detail}`)
}
