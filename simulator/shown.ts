import { timestamp } from './clock.ts'
import type { Changes, Shown } from './records.ts'
import type { State } from './state.ts'
import type { Variants } from './variants.ts'

type Json = Record<string, unknown>

/** What a list shows differently of a record. */
export function listedChanges({ shown = {}, listed = {} }: Shown): Changes {
  return listed === 'missing' ? shown : { ...shown, ...listed }
}

/** Whether the changes of a record give it that field with a value. */
export function claims(record: Shown, field: string): boolean {
  return (listedChanges(record)[field] ?? undefined) !== undefined
}

/** The data of a list or of a description as it is shown: times, fields that are left out, what records claim. */
export function asShown(state: State, operationId: string, data: unknown): unknown {
  const { variants } = state
  switch (operationId) {
    case 'describeBackup':
    case 'describeCluster':
      return { ...(withTimes(data, variants) as Json), ...recordOf(state, data as Json)?.shown }
    case 'listBackups':
      return asList(state, data as Json, 'backups')
    case 'listClusters':
      return asList(state, data as Json, 'clusters')
    default:
      return withTimes(data, variants)
  }
}

function asList(state: State, data: Json, name: 'backups' | 'clusters'): Json {
  const { variants } = state
  // By id, since a list may have thousands of records and a hundred entries.
  const records = new Map<unknown, Shown>(
    name === 'backups'
      ? state.backups.map(backup => [backup.backupId, backup])
      : state.clusters.map(cluster => [cluster.clusterId, cluster]),
  )
  const entries = (data[name] as Json[]).map(entry => {
    const record = records.get(name === 'backups' ? entry.backupId : entry.clusterId)
    const changes = record === undefined ? {} : listedChanges(record)
    return without({ ...(withTimes(entry, variants) as Json), ...changes }, variants.listOmits)
  })
  const page = variants.pageSizeShown === 'missing' ? without(data, ['pageSize']) : data
  return { ...page, [name]: entries }
}

/** The backup or cluster that an entry or a description is about. */
function recordOf(state: State, { backupId, clusterId }: Json): Shown | undefined {
  return backupId === undefined
    ? state.clusters.find(cluster => cluster.clusterId === clusterId)
    : state.backups.find(backup => backup.backupId === backupId)
}

function without(entry: Json, fields: readonly string[]): Json {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !fields.includes(name)))
}

const timeFields = ['createTime', 'expireTime', 'startTime', 'endTime']

/** All times by the service's own clock (variant `clockSkewSeconds`) and in the variant `timeFormat`. */
function withTimes(data: unknown, variants: Variants): unknown {
  if (variants.clockSkewSeconds === 0 && variants.timeFormat === 'text') return data
  const changed = JSON.stringify(data, (name, value) =>
    timeFields.includes(name) && isTimestamp(value) ? formatTime(Date.parse(value), variants) : value,
  )
  return JSON.parse(changed)
}

/** False for the `startTime` of a policy, which is a time of day. */
function isTimestamp(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)
}

/** Undefined omits the field from the JSON. */
function formatTime(milliseconds: number, variants: Variants): string | number | undefined {
  const time = milliseconds + variants.clockSkewSeconds * 1000
  switch (variants.timeFormat) {
    case 'text':
      return timestamp(time)
    case 'seconds':
      return Math.floor(time / 1000)
    case 'milliseconds':
      return time
    case 'seconds-text':
      return String(Math.floor(time / 1000))
    case 'milliseconds-text':
      return String(time)
    case 'missing':
      return undefined
  }
}
