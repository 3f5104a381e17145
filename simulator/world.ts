import { addBackup, type BackupDraft, startBackup } from './backups.ts'
import { addCluster, type ClusterDraft, followScript } from './clusters.ts'
import { type EndpointPlan, replan } from './data-plane/endpoint.ts'
import { type Collection, copyDatabases, findCollection } from './databases.ts'
import { jobStatus } from './jobs.ts'
import type { Backup, Cluster, Job, JobPlan, Project, StateScript } from './records.ts'
import type { RestoredPlan } from './restored.ts'
import { advance, type State } from './state.ts'
import { statusAt } from './timeline.ts'

/** Reads and changes the state of the simulated service directly, without requests. */
export class World {
  readonly #state: State

  constructor(state: State) {
    this.#state = state
  }

  /** World milliseconds. */
  now(): number {
    return advance(this.#state)
  }

  /** All records in order of creation; deleted ones have the status DELETED. */
  get projects(): readonly Project[] {
    return this.#current().projects
  }

  get clusters(): readonly Cluster[] {
    return this.#current().clusters
  }

  get backups(): readonly Backup[] {
    return this.#current().backups
  }

  get jobs(): readonly Job[] {
    return this.#current().jobs
  }

  /** By name: the newest with that name. Like `backup` and `job`, it throws when there is none. */
  cluster(idOrName: string): Cluster {
    const found = this.clusters.findLast(
      ({ clusterId, clusterName }) => clusterId === idOrName || clusterName === idOrName,
    )
    return existing(found, idOrName)
  }

  backup(id: string): Backup {
    const found = this.backups.find(({ backupId }) => backupId === id)
    return existing(found, id)
  }

  job(id: string): Job {
    const found = this.jobs.find(({ jobId }) => jobId === id)
    return existing(found, id)
  }

  jobStatus(id: string): string {
    return jobStatus(this.job(id), this.now())
  }

  /**
   * The status of a cluster or backup at that world time, with the option `keepStatuses`; undefined when there was none.
   */
  statusAt(id: string, time: number): string | undefined {
    return statusAt(this.#current(), id, time)
  }

  /** The collections of a cluster, each as `database.collection LOADED`. */
  collections(clusterIdOrName: string): string[] {
    return this.cluster(clusterIdOrName).databases.flatMap(database =>
      database.collections.map(entry => `${database.name}.${entry.name} ${entry.status}`),
    )
  }

  /** One collection, `sales.orders`; its content may be changed. Throws when there is none. */
  collection(clusterIdOrName: string, name: string): Collection {
    const [database = '', ...rest] = name.split('.')
    const { databases } = this.cluster(clusterIdOrName)
    return existing(findCollection(databases, database, rest.join('.')), name)
  }

  /**
   * How the data plane of a cluster behaves, of one that exists or of the next one with that name:
   * `endpoint('pr-42', { refusesForSeconds: 20, refusal: 'port-closed' })`. It replaces an earlier plan.
   */
  endpoint(idOrName: string, plan: EndpointPlan): void {
    if (!this.#state.settings.dataPlane) throw new Error('a data plane needs the option dataPlane')
    if (this.#exists(idOrName)) replan(this.#state, this.cluster(idOrName), { plan, now: this.now() })
    else this.#state.endpointPlans.set(idOrName, plan)
  }

  /** That collection is being loaded from now on; Infinity for a load that never ends. */
  startLoading(clusterIdOrName: string, name: string, seconds: number): void {
    const from = this.now()
    const loading = { from, to: from + seconds * 1000 }
    Object.assign(this.collection(clusterIdOrName, name), { status: 'LOADED', loading })
  }

  /** How the collection with that name in the target, `sales.orders`, comes out of its next restore. */
  nextRestored(name: string, plan: RestoredPlan): void {
    this.#state.restoredPlans.set(name, plan)
  }

  addProject(draft: Partial<Project> = {}): Project {
    const project: Project = {
      projectId: this.#state.ids.project(),
      projectName: `Project ${this.#state.projects.length + 1}`,
      description: '',
      regionIds: ['aws-us-west-2'],
      plan: 'Enterprise',
      createdAt: this.now(),
      ...draft,
    }
    this.#state.projects.push(project)
    return project
  }

  addCluster(draft: ClusterDraft = {}): Cluster {
    return addCluster(this.#state, this.now(), draft)
  }

  /** Adds a finished backup, `ageSeconds` (default 3600) old. */
  addBackup({ clusterId, ...draft }: BackupDraft): Backup {
    const now = this.now()
    return addBackup(this.#state, this.cluster(clusterId), { now, ...draft })
  }

  /** Starts a backup as the backup policy or another user would, without any checks. */
  startAutomaticBackup(clusterId: string, plan: Omit<JobPlan, 'type'> = {}): Backup {
    return this.#startBackup(clusterId, 'AUTO', plan)
  }

  startManualBackup(clusterId: string, plan: Omit<JobPlan, 'type'> = {}): Backup {
    return this.#startBackup(clusterId, 'MANUAL', plan)
  }

  /** How the next job (of that type) will run; several plans are used in order. */
  nextJob(plan: JobPlan): void {
    this.#state.jobPlans.push(plan)
  }

  /**
   * Takes a cluster through these states, from now on or, for a name that no cluster has yet, from its creation:
   * `scriptStates('pr-42', [[0, 'CREATING'], [2, 'RUNNING'], [4, 'RESTORE_BACKUP'], [9, 'RUNNING']])`.
   * Its restore and its job change its status no more, a request does and ends the script.
   */
  scriptStates(idOrName: string, script: StateScript): void {
    if (this.#exists(idOrName)) followScript(this.#state, this.cluster(idOrName), { now: this.now(), script })
    else this.#state.scripts.set(idOrName, script)
  }

  /** The password of the next new cluster; undefined again after use. */
  get nextPassword(): string | undefined {
    return this.#state.nextPassword
  }

  set nextPassword(password: string | undefined) {
    this.#state.nextPassword = password
  }

  #exists(idOrName: string): boolean {
    return this.clusters.some(
      ({ clusterId, clusterName, status }) =>
        status !== 'DELETED' && (clusterId === idOrName || clusterName === idOrName),
    )
  }

  #startBackup(
    clusterId: string,
    creationMethod: Backup['creationMethod'],
    plan: Omit<JobPlan, 'type'>,
  ): Backup {
    const source = this.cluster(clusterId)
    this.#state.jobPlans.unshift({ ...plan, type: 'BACKUP' })
    return startBackup(this.#state, source, {
      now: this.now(),
      backupType: 'CLUSTER',
      creationMethod,
      databases: copyDatabases(source.databases),
      ...(creationMethod === 'AUTO' ? { retentionDays: 7 } : {}),
    })
  }

  #current(): State {
    advance(this.#state)
    return this.#state
  }
}

function existing<T>(record: T | undefined, id: string): T {
  if (record === undefined) throw new Error(`the simulated world has no ${id}`)
  return record
}
