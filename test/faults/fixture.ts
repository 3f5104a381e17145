import type { Backup, Cluster, RequestRecord, Simulator } from '../../simulator/index.ts'

/** What the endpoint of a cluster is asked for. */
export type Inside = 'database' | 'collection' | 'alias'

export function isInside(of: Target['of']): of is Inside {
  return of === 'database' || of === 'collection' || of === 'alias'
}

/** One kind of request of an operation: where a fault is injected. */
export interface Target {
  name: string
  /** `switch`: of an alias, which is sent once more after a look. */
  request: 'read' | 'start' | 'delete' | 'switch'
  /** What the read asks for, for its "not found". */
  of: 'job' | 'backup' | 'cluster' | 'pull-request' | Inside
  /** What is read was made by this step, so "not found" is waited out (U8). */
  own?: true
  /** A list: never "not found", whatever it is that is listed. */
  list?: true
  /**
   * The description of a backup, for which no "not found" is documented (U5): what the list says of the backup,
   * which is asked when the description is refused.
   */
  listed?: 'there' | 'gone'
  big?: true
  /** A refusal of it, but for that of the key, ends nothing. */
  optional?: true
  /** How the step ends when it is told that what it reads is not there; default: the contract leaves it open. */
  notFound?: 'well' | 'badly'
  /** It reads the cluster that is to be dropped. */
  dropped?: true
  /** A switch after which no other is sent. */
  last?: true
  /** Of the stage after the job. */
  after?: true
}

/** A step to be run, with all that must be known to evaluate it. */
export interface Scenario {
  name: string
  targets: readonly Target[]
  /** How the step must end when no fault is injected; default `well`. */
  ends?: 'badly'
  /** Of the stage after the job; default `well`. */
  postEnds?: 'badly'
  /** The service refuses the start for a while, whatever else happens. */
  busy?: true
  /** How it must end when the response to a start is lost that the service carries out; default by the operation. */
  lostStart?: 'well' | 'badly'
  /** Only faults that stand for their kind, where something else is in question. */
  few?: true
  /** It looks into a cluster. */
  dataPlane?: true
  /** Over TLS, where the connection of a change is made ahead; in slower time, in which it is young enough. */
  tls?: true
  open(cloud: Simulator): Fixture
}

/** The requests of a target. */
export interface Matcher {
  method: 'GET' | 'POST' | 'DELETE'
  /** A pattern for path and query. */
  path: string
  /** Requests of that path that come before. */
  skip?: number
}

/** Path and query, as a matcher has them. */
function addressOf({ path, query }: RequestRecord): string {
  const text = new URLSearchParams(query).toString()
  return text === '' ? path : `${path}?${text}`
}

export function fits({ method, path }: Matcher, request: RequestRecord): boolean {
  return request.method === method && new RegExp(path).test(addressOf(request))
}

/** Something else happens when that request arrives. */
export function meanwhile(cloud: Simulator, matcher: Matcher, act: () => void): void {
  const { skip = 0 } = matcher
  const when = (request: RequestRecord) => fits(matcher, request)
  cloud.faults.inject({ operation: '*', when, skip, fault: { kind: 'meanwhile', act } })
}

export interface Fixture {
  inputs: Record<string, string>
  matchers: Record<string, Matcher>
  /** Names that the inputs use. */
  keep: readonly string[]
  passwords: readonly string[]
  /** What was missing at that world time for the step to succeed. */
  missing(end: Ending): string[]
  /** Runs the post stage as well. */
  post?: true
  /** What GitHub knows; with it the step has a GitHub to ask. */
  pulls?: readonly PullFixture[]
  /** Ids of what others have made or own, also while the step ran: neither deleted nor taken for the step's own. */
  others?: () => readonly string[]
}

/** A pull request that was opened two days ago and, unless it is open, closed an hour ago. */
interface PullFixture {
  number: number
  state: 'open' | 'closed' | 'merged'
}

/** What must be shown nowhere, besides the keys: passwords, with their user as a token too, and `data-token`. */
export function secretsIn({ inputs, passwords }: Fixture): string[] {
  const { 'data-token': token = '' } = inputs
  const ofUser = token.includes(':') ? token.slice(token.indexOf(':') + 1) : ''
  const all = [...passwords.flatMap(password => [password, `db_admin:${password}`]), token, ofUser]
  return all.filter(secret => secret !== '')
}

export interface Ending {
  status: string
  outputs: Readonly<Record<string, string>>
  receipt: Readonly<Record<string, unknown>>
  /** Whether the service was made to say what is not true. */
  unexpected: boolean
  /** World milliseconds at which the step ended. */
  at: number
}

/** Seconds since the epoch, of any format that the service may have. */
export function secondsOf(time: unknown): number {
  const number = Number(time)
  if (Number.isNaN(number)) return Date.parse(`${time}`) / 1_000
  return number > 1e11 ? number / 1_000 : number
}

/** World milliseconds by which two clocks that tick in real milliseconds may differ. */
export const tick = 1_000

/** The jobs of a cluster that had not succeeded when the step ended. */
export function unfinishedJobs(cloud: Simulator, clusterId: string, at: number): string[] {
  return cloud.world.jobs
    .filter(job => job.clusterId === clusterId)
    .filter(job => job.outcome !== 'SUCCESSFUL' || job.endsAt > at + tick)
    .map(job => `job ${job.jobId} is to be ${job.outcome} ${job.endsAt - at} ms later`)
}

export function missingBackup(backup: Backup | undefined, at: number): string[] {
  if (backup === undefined) return ['there is no such backup']
  if (backup.status !== 'AVAILABLE') return [`backup ${backup.backupId} is ${backup.status}`]
  const early = (backup.job?.endsAt ?? 0) - at
  return early > tick ? [`backup ${backup.backupId} was to be AVAILABLE ${early} ms later`] : []
}

export function missingCluster(cluster: Cluster | undefined, at: number): string[] {
  if (cluster === undefined) return ['there is no such cluster']
  if (cluster.status !== 'RUNNING') return [`cluster ${cluster.clusterId} is ${cluster.status}`]
  const early = cluster.readyAt - at
  return early > tick ? [`cluster ${cluster.clusterId} was to be RUNNING ${early} ms later`] : []
}

export const job: Matcher = { method: 'GET', path: '^/v2/jobs/' }
export const anyBackup: Matcher = { method: 'GET', path: '^/v2/clusters/[^/]+/backups/[^/]+$' }
export const clusterList: Matcher = { method: 'GET', path: '^/v2/clusters\\?' }
export const restoreCollection: Matcher = { method: 'POST', path: '/restoreCollection$' }
export const createBackup: Matcher = { method: 'POST', path: '/backups/create$' }
export const restoreCluster: Matcher = { method: 'POST', path: '/restoreCluster$' }
export const exportBackup: Matcher = { method: 'POST', path: '/export$' }

export function oneBackup(backupId: string): Matcher {
  return { method: 'GET', path: `^/v2/clusters/[^/]+/backups/${backupId}$` }
}

export function backupPage(page: number): Matcher {
  return { method: 'GET', path: `^/v2/backups\\?.*currentPage=${page}$` }
}

export function oneCluster(clusterId: string): Matcher {
  return { method: 'GET', path: `^/v2/clusters/${clusterId}$` }
}

export function otherCluster(...known: string[]): Matcher {
  return { method: 'GET', path: `^/v2/clusters/(?!(?:${known.join('|')})$)[^/?]+$` }
}

export function dropping(clusterId: string): Matcher {
  return { method: 'DELETE', path: `^/v2/clusters/${clusterId}/drop$` }
}

/** The requests of that kind to the endpoint of a cluster: `collections/describe`. */
export function inside(path: string, skip = 0): Matcher {
  return { method: 'POST', path: `^/v2/vectordb/${path}$`, skip }
}

export const sameIds = (one: readonly string[], other: readonly string[]) =>
  JSON.stringify([...one].sort()) === JSON.stringify([...other].sort())
