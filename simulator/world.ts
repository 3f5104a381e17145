import { addBackup, type BackupDraft, startBackup } from './backups.ts'
import { addCluster, type ClusterDraft } from './clusters.ts'
import { copyDatabases } from './databases.ts'
import { jobStatus } from './jobs.ts'
import type { Backup, Cluster, Job, JobPlan, Project } from './records.ts'
import { present, type State } from './state.ts'

/** Arranges and shows what the simulated service knows, past all requests. */
export interface World {
  /** World milliseconds. */
  now(): number
  /** All records, in the order they were made; what is gone has the status DELETED. */
  readonly projects: readonly Project[]
  readonly clusters: readonly Cluster[]
  readonly backups: readonly Backup[]
  readonly jobs: readonly Job[]
  /** Throws when there is none. By name: the newest of that name. */
  cluster(idOrName: string): Cluster
  backup(id: string): Backup
  job(id: string): Job
  jobStatus(id: string): string
  /** What a cluster holds, each as `database.collection LOADED`. */
  collections(clusterIdOrName: string): string[]
  addProject(draft?: Partial<Project>): Project
  addCluster(draft?: ClusterDraft): Cluster
  /** A backup that is there already, as if made `ageSeconds` (default 3600) ago. */
  addBackup(draft: BackupDraft): Backup
  /** A backup that somebody else starts now, past all checks: by plan, or by hand. */
  startAutomaticBackup(clusterId: string, plan?: Omit<JobPlan, 'type'>): Backup
  startManualBackup(clusterId: string, plan?: Omit<JobPlan, 'type'>): Backup
  /** How the next job (of that type) shall go; several plans are used up in turn. */
  nextJob(plan: JobPlan): void
  /** The password of the next new cluster; undefined again once it is used. */
  nextPassword: string | undefined
}

export function createWorld(state: State): World {
  const found = <T>(record: T | undefined, id: string): T => {
    if (record === undefined) throw new Error(`the simulated world has no ${id}`)
    return record
  }
  const current = () => {
    present(state)
    return state
  }
  const cluster = (idOrName: string) =>
    found(
      current().clusters.findLast(
        ({ clusterId, clusterName }) => clusterId === idOrName || clusterName === idOrName,
      ),
      idOrName,
    )
  const start = (
    clusterId: string,
    creationMethod: Backup['creationMethod'],
    plan: Omit<JobPlan, 'type'>,
  ) => {
    const source = cluster(clusterId)
    state.jobPlans.unshift({ ...plan, type: 'BACKUP' })
    return startBackup(state, present(state), source, {
      backupType: 'CLUSTER',
      creationMethod,
      databases: copyDatabases(source.databases),
      ...(creationMethod === 'AUTO' ? { retentionDays: 7 } : {}),
    })
  }
  return {
    now: () => present(state),
    get projects() {
      return current().projects
    },
    get clusters() {
      return current().clusters
    },
    get backups() {
      return current().backups
    },
    get jobs() {
      return current().jobs
    },
    cluster,
    backup: id =>
      found(
        current().backups.find(({ backupId }) => backupId === id),
        id,
      ),
    job: id =>
      found(
        current().jobs.find(({ jobId }) => jobId === id),
        id,
      ),
    jobStatus(id) {
      return jobStatus(this.job(id), present(state))
    },
    collections: idOrName =>
      cluster(idOrName).databases.flatMap(database =>
        database.collections.map(entry => `${database.name}.${entry.name} ${entry.status}`),
      ),
    addProject(draft = {}) {
      const project: Project = {
        projectId: state.ids.project(),
        projectName: `Project ${state.projects.length + 1}`,
        description: '',
        regionIds: ['aws-us-west-2'],
        plan: 'Enterprise',
        createdAt: present(state),
        ...draft,
      }
      state.projects.push(project)
      return project
    },
    addCluster: (draft = {}) => addCluster(state, present(state), draft),
    addBackup({ clusterId, ...draft }) {
      return addBackup(state, present(state), cluster(clusterId), draft)
    },
    startAutomaticBackup: (clusterId, plan = {}) => start(clusterId, 'AUTO', plan),
    startManualBackup: (clusterId, plan = {}) => start(clusterId, 'MANUAL', plan),
    nextJob(plan) {
      state.jobPlans.push(plan)
    },
    get nextPassword() {
      return state.nextPassword
    },
    set nextPassword(password) {
      state.nextPassword = password
    },
  }
}
