import { type Fields, fields, id, number, optionalText, text, time, upper } from './fields.ts'

/**
 * The service's answers as types, decoded without trust: the reference marks no field as nullable and
 * examples leave fields out (U18), so only ids and states are insisted on.
 */

/** Which backup: an id alone does not find one (F36). */
export interface BackupRef {
  /** The source cluster. */
  clusterId: string
  backupId: string
}

export type BackupType = 'CLUSTER' | 'COLLECTION'

/** The database of a name without one; an empty `dbName` means it too (F36). */
export const defaultDatabase = 'default'

export interface CollectionName {
  database: string
  collection: string
}

/** As a backup lists it. */
interface HeldCollection extends CollectionName {
  /** LOADED or UNLOADED, where the service shows it (F36). */
  status?: string | undefined
}

export interface Backup {
  backupId: string
  backupName?: string | undefined
  /** CLUSTER or COLLECTION. */
  backupType?: string | undefined
  /** MANUAL or AUTO. */
  creationMethod?: string | undefined
  /** CREATING, AVAILABLE, DELETED (F66). */
  status: string
  clusterId?: string | undefined
  clusterName?: string | undefined
  projectId?: string | undefined
  regionId?: string | undefined
  /** Milliseconds since the epoch; undefined when there is none or it cannot be read. */
  createTime?: number | undefined
  /** Milliseconds since the epoch: when the service deletes it by itself. */
  expireTime?: number | undefined
  /** Bytes; 0 in an example of an AVAILABLE one (F37). */
  size?: number | undefined
  /** What it holds, when the service lists it (F36). */
  contents: Contents
  /** As the service sent it. */
  raw: Record<string, unknown>
}

/**
 * What a backup lists: collections by database, a flat list without databases, or nothing. Examples show
 * all three (F36), and "nothing" does not mean that it is empty.
 */
export type Contents =
  | { kind: 'by-database'; collections: HeldCollection[] }
  | { kind: 'flat'; collections: string[] }
  | { kind: 'unlisted' }

export interface Cluster {
  clusterId: string
  clusterName?: string | undefined
  projectId?: string | undefined
  status: string
  cuSize?: number | undefined
  /** Standard, Enterprise, BusinessCritical; Serverless and Free ones cannot be backed up (96021, 96022). */
  plan?: string | undefined
  /** Empty until the cluster has an endpoint. */
  connectAddress?: string | undefined
  /** Milliseconds since the epoch. */
  createTime?: number | undefined
}

export interface Project {
  projectId: string
  projectName?: string | undefined
}

export interface Job {
  jobId: string
  /** In capitals; PENDING, IN_PROGRESS, SUCCESSFUL, FAILED, CANCELING, and what others add (F61). */
  status: string
  /** Percent; it may come as text, with a sign, fractional, or not at all (U9). */
  progress?: number | undefined
  reason?: string | undefined
}

export function decodeJob(data: unknown): Job {
  const from = fields(data, 'job')
  const progress = from.progress
  const percent = number(typeof progress === 'string' ? progress.replace(/\s*%\s*$/, '') : progress)
  return {
    jobId: id(from, 'jobId'),
    status: text(from, 'status').toUpperCase(),
    progress: percent !== undefined && percent >= 0 && percent <= 100 ? percent : undefined,
    reason: optionalText(from, 'reason'),
  }
}

/** `data` of listProjects is an array (F22). */
export function decodeProjects(data: unknown): Project[] {
  if (!Array.isArray(data)) throw new Error('the response has no list of projects')
  return data.map(item => {
    const from = fields(item, 'project')
    return { projectId: id(from, 'projectId'), projectName: optionalText(from, 'projectName') }
  })
}

export function decodeCluster(data: unknown): Cluster {
  const from = fields(data, 'cluster')
  return {
    clusterId: id(from, 'clusterId'),
    clusterName: optionalText(from, 'clusterName'),
    projectId: optionalText(from, 'projectId'),
    status: text(from, 'status').toUpperCase(),
    cuSize: number(from.cuSize),
    plan: optionalText(from, 'plan'),
    connectAddress: optionalText(from, 'connectAddress'),
    createTime: time(from.createTime),
  }
}

export function decodeBackup(data: unknown): Backup {
  const from = fields(data, 'backup')
  return {
    backupId: id(from, 'backupId'),
    backupName: optionalText(from, 'backupName'),
    backupType: upper(optionalText(from, 'backupType')),
    creationMethod: upper(optionalText(from, 'creationMethod')),
    status: text(from, 'status').toUpperCase(),
    clusterId: optionalText(from, 'clusterId'),
    clusterName: optionalText(from, 'clusterName'),
    projectId: optionalText(from, 'projectId'),
    regionId: optionalText(from, 'regionId'),
    createTime: time(from.createTime),
    expireTime: time(from.expireTime),
    size: number(from.size),
    contents: decodeContents(from),
    raw: from,
  }
}

function decodeContents(from: Fields): Contents {
  const databases = Array.isArray(from.dbCollections) ? from.dbCollections : []
  const nested = databases.flatMap(entry => {
    const database = fields(entry, 'database')
    // F36: the name of the default database may be empty.
    return entries(database.collections).map(entry => ({
      database: optionalText(database, 'dbName') ?? defaultDatabase,
      collection: text(entry, 'collectionName'),
      status: upper(optionalText(entry, 'status')),
    }))
  })
  if (nested.length > 0) return { kind: 'by-database', collections: nested }
  const flat = entries(from.collections).map(entry => text(entry, 'collectionName'))
  return flat.length > 0 ? { kind: 'flat', collections: flat } : { kind: 'unlisted' }
}

function entries(list: unknown): Fields[] {
  return Array.isArray(list) ? list.map(entry => fields(entry, 'collection')) : []
}

/** Keeps the order of the service; a list is an array, or inside a page object under `key` (F73). */
export function decodeList<T>(data: unknown, key: string, decode: (item: unknown) => T): Page<T> {
  const list = Array.isArray(data) ? data : fields(data, `list of ${key}`)[key]
  if (!Array.isArray(list)) throw new Error(`the response has no list of ${key}`)
  const page: Fields = Array.isArray(data) ? {} : (data as Fields)
  return { items: list.map(decode), pageSize: number(page.pageSize), count: number(page.count) }
}

export interface Page<T> {
  items: T[]
  /** The size of a full page, as the service reports it. */
  pageSize?: number | undefined
  /** Of all entries or of those returned: not stated (F21). */
  count?: number | undefined
}
