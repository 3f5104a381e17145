/** Each GET of the service. */
import { type Connection, pathOf, read, readPages } from './connection.ts'
import {
  type Backup,
  type BackupRef,
  type Cluster,
  decodeBackup,
  decodeCluster,
  decodeJob,
  decodeList,
  type Job,
} from './decode.ts'

/** GET /v2/backups, every page (F20, F35). `clusterId` absent: all that the key can see. */
export async function listBackups(to: Connection, clusterId?: string): Promise<Backup[]> {
  const all = await readPages(to, {
    path: pathOf('backups'),
    query: clusterId === undefined ? {} : { clusterId },
    tried: clusterId === undefined ? 'list the backups' : `list the backups of cluster ${clusterId}`,
    decode: data => decodeList(data, 'backups', decodeBackup),
    id: backup => backup.backupId,
  })
  return all.filter(backup => clusterId === undefined || (backup.clusterId ?? clusterId) === clusterId)
}

/** GET /v2/clusters/{clusterId}/backups/{backupId} (F36). */
export function describeBackup(to: Connection, { clusterId, backupId }: BackupRef): Promise<Backup> {
  return read(to, {
    path: pathOf('clusters', clusterId, 'backups', backupId),
    tried: `read backup ${backupId} of cluster ${clusterId}`,
    decode: data => aboutRequested('backupId', backupId, decodeBackup(data)),
  })
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
  return projectId === undefined ? all : all.filter(cluster => (cluster.projectId ?? projectId) === projectId)
}

/** GET /v2/clusters/{clusterId} (F69). */
export function describeCluster(to: Connection, clusterId: string): Promise<Cluster> {
  return read(to, {
    path: pathOf('clusters', clusterId),
    tried: `read cluster ${clusterId}`,
    decode: data => aboutRequested('clusterId', clusterId, decodeCluster(data)),
  })
}

/** A response about something else proves nothing: a job that is done must be the job that was asked for. */
function aboutRequested<Name extends string, T extends Record<Name, string>>(
  name: Name,
  requested: string,
  found: T,
): T {
  if (found[name] !== requested) throw new Error(`the response is about another ${name}`)
  return found
}
