import { type Connection, read, readPages, remove, start } from './connection.ts'
import {
  type Backup,
  type Cluster,
  decodeBackup,
  decodeCluster,
  decodeJob,
  decodeList,
  fields,
  id,
  type Job,
  optionalText,
} from './decode.ts'
import { quote } from './errors.ts'

const at = (...parts: string[]) => `/v2/${parts.map(encodeURIComponent).join('/')}`

export const paths = {
  createBackup: (clusterId: string) => at('clusters', clusterId, 'backups', 'create'),
  backup: (clusterId: string, backupId: string) => at('clusters', clusterId, 'backups', backupId),
  exportBackup: (clusterId: string, backupId: string) =>
    at('clusters', clusterId, 'backups', backupId, 'export'),
  restoreCluster: (clusterId: string, backupId: string) =>
    at('clusters', clusterId, 'backups', backupId, 'restoreCluster'),
  restoreCollection: (clusterId: string, backupId: string) =>
    at('clusters', clusterId, 'backups', backupId, 'restoreCollection'),
  cluster: (clusterId: string) => at('clusters', clusterId),
  dropCluster: (clusterId: string) => at('clusters', clusterId, 'drop'),
  job: (jobId: string) => at('jobs', jobId),
}

export interface StartedBackup {
  backupId: string
  backupName?: string | undefined
  jobId: string
}

/** POST /v2/clusters/{clusterId}/backups/create (F24, F25). Not idempotent. */
export function createBackup(to: Connection, clusterId: string, body: unknown): Promise<StartedBackup> {
  return start(to, `start a backup of cluster ${clusterId}`, paths.createBackup(clusterId), body, data => {
    const from = fields(data, 'backup')
    return {
      backupId: id(from, 'backupId'),
      backupName: optionalText(from, 'backupName'),
      jobId: id(from, 'jobId'),
    }
  })
}

export interface RestoredCluster {
  clusterId: string
  username?: string | undefined
  /** Shown once by the service: mask it before anything else (F53). */
  password?: string | undefined
  jobId: string
}

/** POST …/backups/{backupId}/restoreCluster (F45 to F53). Makes and bills a cluster; not idempotent. */
export function restoreCluster(
  to: Connection,
  source: { clusterId: string; backupId: string },
  body: { clusterName: string },
): Promise<RestoredCluster> {
  const tried = `restore backup ${source.backupId} into a new cluster ${quote(body.clusterName)}`
  return start(to, tried, paths.restoreCluster(source.clusterId, source.backupId), body, data => {
    const from = fields(data, 'restored cluster')
    return {
      clusterId: id(from, 'clusterId'),
      username: optionalText(from, 'username'),
      password: optionalText(from, 'password'),
      jobId: id(from, 'jobId'),
    }
  })
}

/** POST …/backups/{backupId}/restoreCollection (F55 to F58). Not idempotent. Gives the id of its job. */
export function restoreCollection(
  to: Connection,
  source: { clusterId: string; backupId: string },
  what: string,
  body: unknown,
): Promise<string> {
  const path = paths.restoreCollection(source.clusterId, source.backupId)
  return start(to, `restore ${what} from backup ${source.backupId}`, path, body, data =>
    id(fields(data, 'job'), 'jobId'),
  )
}

/** GET /v2/backups, every page (F20, F35). `clusterId` absent: all that the key can see. */
export async function listBackups(to: Connection, clusterId?: string): Promise<Backup[]> {
  const tried = clusterId === undefined ? 'list the backups' : `list the backups of cluster ${clusterId}`
  const query = clusterId === undefined ? {} : { clusterId }
  const all = await readPages(to, tried, '/v2/backups', query, {
    decode: data => decodeList(data, 'backups', decodeBackup),
    id: backup => backup.backupId,
  })
  return all.filter(backup => clusterId === undefined || (backup.clusterId ?? clusterId) === clusterId)
}

/** GET /v2/clusters/{clusterId}/backups/{backupId} (F36). */
export function describeBackup(to: Connection, clusterId: string, backupId: string): Promise<Backup> {
  return read(to, paths.backup(clusterId, backupId), {
    tried: `read backup ${backupId} of cluster ${clusterId}`,
    decode: data => asAsked(backupId, decodeBackup(data), 'backupId'),
  })
}

/** DELETE /v2/clusters/{clusterId}/backups/{backupId} (F39). */
export function deleteBackup(to: Connection, clusterId: string, backupId: string): Promise<void> {
  return remove(to, `delete backup ${backupId} of cluster ${clusterId}`, paths.backup(clusterId, backupId))
}

/** POST …/backups/{backupId}/export (F40). Copies files to the user's storage; not idempotent. Gives the id of its job. */
export function exportBackup(
  to: Connection,
  source: { clusterId: string; backupId: string },
  body: { integrationId: string; directory?: string },
): Promise<string> {
  const path = paths.exportBackup(source.clusterId, source.backupId)
  return start(to, `export backup ${source.backupId}`, path, body, data => id(fields(data, 'job'), 'jobId'))
}

/** GET /v2/jobs/{jobId}, with or without envelope (F59). */
export function describeJob(to: Connection, jobId: string): Promise<Job> {
  return read(to, paths.job(jobId), {
    tried: `read job ${jobId}`,
    decode: data => asAsked(jobId, decodeJob(data), 'jobId'),
    bare: json => typeof json === 'object' && json !== null && !('code' in json) && 'jobId' in json,
  })
}

/** GET /v2/clusters, every page, as a page object or an array (F73). */
export async function listClusters(to: Connection, projectId?: string): Promise<Cluster[]> {
  const query = projectId === undefined ? {} : { projectId }
  const all = await readPages(to, 'list the clusters', '/v2/clusters', query, {
    decode: data => decodeList(data, 'clusters', decodeCluster),
    bare: Array.isArray,
    id: cluster => cluster.clusterId,
  })
  // An older service ignores the filter (F73).
  return projectId === undefined ? all : all.filter(cluster => (cluster.projectId ?? projectId) === projectId)
}

/** GET /v2/clusters/{clusterId} (F69). */
export function describeCluster(to: Connection, clusterId: string): Promise<Cluster> {
  return read(to, paths.cluster(clusterId), {
    tried: `read cluster ${clusterId}`,
    decode: data => asAsked(clusterId, decodeCluster(data), 'clusterId'),
  })
}

/** An answer about something else is none: a job that is done must be the job that was asked for. */
function asAsked<Name extends string, T extends Record<Name, string>>(
  asked: string,
  answered: T,
  name: Name,
): T {
  if (answered[name] !== asked) throw new Error(`the answer is about another ${name}`)
  return answered
}

/** DELETE /v2/clusters/{clusterId}/drop (F77): into the recycle bin for 30 days (F78). */
export function dropCluster(to: Connection, clusterId: string): Promise<void> {
  return remove(to, `drop cluster ${clusterId}`, paths.dropCluster(clusterId))
}
