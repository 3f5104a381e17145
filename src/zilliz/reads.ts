/** Each GET of the service. */
import { OperationFailed } from '../errors.ts'
import { quote } from '../untrusted-text.ts'
import { type Connection, read } from './connection.ts'
import {
  type Backup,
  type BackupRef,
  type Cluster,
  decodeBackup,
  decodeCluster,
  decodeJob,
  decodeList,
  decodeProjects,
  type Job,
  type Project,
} from './decode.ts'
import { isNotFound } from './errors.ts'
import { readPages } from './pages.ts'
import { pathOf } from './requests.ts'
import { withoutFutureTime } from './service-time.ts'

/** GET /v2/backups, every page (F20, F35). `clusterId` absent: all that the key can see. */
export async function listBackups(to: Connection, clusterId?: string): Promise<Backup[]> {
  const all = await readPages(to, {
    path: pathOf('backups'),
    query: clusterId === undefined ? {} : { clusterId },
    tried: clusterId === undefined ? 'list the backups' : `list the backups of cluster ${clusterId}`,
    decode: data => decodeList(data, 'backups', decodeBackup),
    id: backup => backup.backupId,
  })
  if (clusterId !== undefined) refuseOtherCase(clusterId, all)
  const wanted = all.filter(
    backup => clusterId === undefined || (backup.clusterId ?? clusterId) === clusterId,
  )
  return wanted.map(backup => withoutFutureTime(to, backup))
}

/** GET /v2/clusters/{clusterId}/backups/{backupId} (F36). */
export async function describeBackup(to: Connection, { clusterId, backupId }: BackupRef): Promise<Backup> {
  const backup = await read(to, {
    path: pathOf('clusters', clusterId, 'backups', backupId),
    tried: `read backup ${backupId} of cluster ${clusterId}`,
    decode: data => aboutRequested('backupId', backupId, decodeBackup(data)),
  })
  return withoutFutureTime(to, backup)
}

/** GET /v2/jobs/{jobId}, with or without envelope (F59). */
export function describeJob(to: Connection, jobId: string): Promise<Job> {
  return read(to, {
    path: pathOf('jobs', jobId),
    tried: `read job ${jobId}`,
    decode: data => aboutRequested('jobId', jobId, decodeJob(data)),
    bare: json => typeof json === 'object' && json !== null && !('code' in json) && 'jobId' in json,
  })
}

/** GET /v2/clusters, every page, as a page object or an array (F73). */
export async function listClusters(to: Connection, projectId?: string): Promise<Cluster[]> {
  const all = await readPages(to, {
    path: pathOf('clusters'),
    query: projectId === undefined ? {} : { projectId },
    tried: 'list the clusters',
    decode: data => decodeList(data, 'clusters', decodeCluster),
    bare: Array.isArray,
    id: cluster => cluster.clusterId,
  })
  // An older service ignores the filter (F73).
  const wanted =
    projectId === undefined ? all : all.filter(cluster => (cluster.projectId ?? projectId) === projectId)
  return wanted.map(cluster => withoutFutureTime(to, cluster))
}

/** GET /v2/projects, not paged (F22): those that the key can see. */
export function listProjects(to: Connection): Promise<Project[]> {
  return read(to, { path: pathOf('projects'), tried: 'list the projects', decode: decodeProjects })
}

/** GET /v2/clusters/{clusterId} (F69). */
export async function describeCluster(to: Connection, clusterId: string): Promise<Cluster> {
  const cluster = await read(to, {
    path: pathOf('clusters', clusterId),
    tried: `read cluster ${clusterId}`,
    decode: data => aboutRequested('clusterId', clusterId, decodeCluster(data)),
  })
  return withoutFutureTime(to, cluster)
}

/** Undefined when there is no such cluster. */
export async function describeClusterIfThere(
  to: Connection,
  clusterId: string,
): Promise<Cluster | undefined> {
  try {
    return await describeCluster(to, clusterId)
  } catch (error) {
    if (isNotFound(error, 'cluster')) return undefined
    throw error
  }
}

/** A service that compares without case would hide that nothing of what it lists has the id that was asked for. */
function refuseOtherCase(clusterId: string, listed: readonly Backup[]): void {
  const other = listed.find(
    backup => backup.clusterId !== clusterId && sameButCase(backup.clusterId, clusterId),
  )
  if (other?.clusterId !== undefined) throw otherCase('cluster-id', clusterId, other.clusterId)
}

/**
 * A response about something else proves nothing: a job that is done must be the job that was asked for. What
 * differs by case alone is the caller's to refuse, with the right spelling.
 */
function aboutRequested<Name extends string, T extends Record<Name, string>>(
  name: Name,
  requested: string,
  found: T,
): T {
  if (!sameButCase(found[name], requested)) throw new Error(`the response is about another ${name}`)
  return found
}

export function sameButCase(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase()
}

/** Where an id or a name selects something, its case matters. */
export function otherCase(input: string, given: string, right: string): OperationFailed {
  return new OperationFailed(
    `${input}: there is no ${quote(given)}, but ${quote(right)}, which differs by case alone. Write it so.`,
  )
}
