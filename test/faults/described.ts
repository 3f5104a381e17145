/** Invariant: nothing is dropped or deleted that its description, read right before, did not allow. */
import type { RequestRecord } from '../../simulator/index.ts'
import { parseDuration } from '../../src/duration.ts'
import { namePattern } from '../harness/deletions.ts'
import type { Run } from './case.ts'
import { secondsOf } from './fixture.ts'
import { arrives } from './responses.ts'

type Inputs = Readonly<Record<string, string>>
type Fields = Readonly<Record<string, unknown>>

export function undescribed(run: Run): string[] {
  const { requests, earlier } = run
  const stage = requests.slice(earlier)
  return stage.flatMap((deletion, index) => {
    if (deletion.method !== 'DELETE') return []
    const path = deletion.path.replace(/\/drop$/, '')
    const read = stage.slice(0, index).findLast(one => one.path === path || one.path === deletion.path)
    const why = whyNot(run, deletion, read)
    if (why === undefined || isBlindDrop(run, deletion, stage.slice(0, index))) return []
    return [`DELETE ${deletion.path} although the request for it right before ${why}`]
  })
}

function whyNot(run: Run, deletion: RequestRecord, read: RequestRecord | undefined): string | undefined {
  if (read === undefined) return 'is missing'
  if (read.method !== 'GET') return `was ${read.method}`
  if (!arrives(read)) return 'had no response'
  if (read.status !== 200 || ![0, 200].includes(Number(read.code))) return `was refused with ${read.code}`
  if (typeof read.data !== 'object' || read.data === null) return 'describes nothing'
  const { inputs: given } = run.fixture
  // A new cluster is in the project of the backup unless another one is asked for.
  const project = given.operation === 'restore-cluster' ? { 'target-project-id': run.cloud.projectId } : {}
  const inputs: Inputs = { 'protected-clusters': 'none', ...project, ...given }
  const found = read.data as Fields
  const times = { deletion, read, skew: run.cloud.variants.clockSkewSeconds }
  if (deletion.operationId !== 'dropCluster') return whyNotDelete(inputs, found, times)
  const why = whyNotDrop(inputs, found, deletion)
  return why ?? (inputs.operation === 'prune-clusters' ? whyNotSweep(inputs, found, times) : undefined)
}

const isGoing = (status: unknown) => ['DELETING', 'DELETED'].includes(`${status}`)

function whyNotDrop(inputs: Inputs, found: Fields, { path }: RequestRecord): string | undefined {
  const { clusterId, clusterName, projectId, status } = found
  const { 'target-cluster': target = '', 'target-project-id': project, 'cluster-id': source } = inputs
  const isByName = target !== clusterId && inputs.operation !== 'prune-clusters'
  if (path !== `/v2/clusters/${clusterId}/drop`) return `is about ${clusterId}`
  if (isGoing(status)) return `says ${status}`
  if (clusterId === source) return 'is about the source cluster'
  if (isByName && clusterName !== undefined && clusterName !== target) return `says the name ${clusterName}`
  if (project !== undefined && projectId !== undefined && projectId !== project)
    return `says the project ${projectId}`
  return isProtectedBy(inputs['protected-clusters'] ?? '', found) ? 'is about a protected cluster' : undefined
}

/** Nobody named the cluster, so what its description does not show is no reason to drop it. */
function whyNotSweep(inputs: Inputs, found: Fields, { read, skew }: Times): string | undefined {
  const { clusterName, projectId } = found
  if (typeof clusterName !== 'string' || !namePattern(inputs).test(clusterName))
    return `says the name ${clusterName}`
  if (projectId !== inputs['target-project-id']) return `says the project ${projectId}`
  return whyTooYoung(inputs, found, { read, skew })
}

function isProtectedBy(list: string, { clusterId, clusterName }: Fields): boolean {
  const entries = list.toLowerCase().split(/[\n,]/)
  const ids = [clusterId, clusterName].map(one => `${one}`.trim().toLowerCase())
  const hasNames = entries.some(entry => entry !== 'none' && !/^in\d\d-/.test(entry.trim()))
  return (
    entries.some(entry => ids.includes(entry.trim())) || (hasNames && `${clusterName ?? ''}`.trim() === '')
  )
}

/** Seconds by which the service's clock and this one may differ, as both show whole seconds. */
const tolerance = 3

interface Times {
  read: RequestRecord
  /** Seconds of the service's clock. */
  skew: number
}

function whyTooYoung(inputs: Inputs, { createTime }: Fields, { read, skew }: Times): string | undefined {
  const age = read.time / 1_000 + skew - secondsOf(createTime)
  const olderThan = (parseDuration(inputs['older-than'] ?? '') ?? 0) / 1_000
  return age >= olderThan - tolerance ? undefined : `says the age ${age} s`
}

function whyNotDelete(
  inputs: Inputs,
  found: Fields,
  { deletion, ...times }: Times & { deletion: RequestRecord },
): string | undefined {
  const { backupId, clusterId, creationMethod, status, backupType } = found
  if (!deletion.path.endsWith(`/backups/${backupId}`)) return `is about ${backupId}`
  if (clusterId !== undefined && clusterId !== inputs['cluster-id']) return `says cluster ${clusterId}`
  if (status === 'DELETED') return 'says DELETED'
  if (inputs.operation !== 'prune-backups') return undefined
  const type = (inputs['backup-type'] ?? 'any').toUpperCase()
  const isCandidate = creationMethod === 'MANUAL' && status === 'AVAILABLE'
  if (!isCandidate || (type !== 'ANY' && backupType !== type))
    return `says ${creationMethod} ${status} ${backupType}`
  return whyTooYoung(inputs, found, times)
}

/** World milliseconds for which "not found" means "not readable yet". */
const grace = 60_000

/** The one drop without a description: the stage after the job, a cluster of its own that stays "not found". */
function isBlindDrop(
  { earlier, before, cloud }: Run,
  { path, time }: RequestRecord,
  sinceBegin: RequestRecord[],
): boolean {
  const clusterId = path.split('/').at(-2) ?? ''
  const made = cloud.world.clusters.find(one => one.clusterId === clusterId)
  const wasThere = before.clusters.some(one => one.clusterId === clusterId)
  const wasSent = sinceBegin.some(one => one.path === path)
  const last = sinceBegin.findLast(one => one.path === `/v2/clusters/${clusterId}`)
  if (earlier === 0 || made === undefined || wasThere || wasSent) return false
  return Number(last?.code) === 96018 && time - made.createdAt >= grace - 1_000
}
