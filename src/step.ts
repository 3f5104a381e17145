import type { OutputName } from './contract.ts'
import { publish, publishFlag, publishList, publishObject } from './github/outputs.ts'
import { log, note, notice, saveState, showTable, type Table, warning } from './github/runner.ts'
import type { Clock } from './waiting/poll.ts'
import type { Connection } from './zilliz/connection.ts'

/** What an operation works with: the service, the clock, and the way to tell what became known. */
export interface Step {
  cloud: Connection
  clock: Clock
  /** On the scale of `clock.elapsed()`. */
  deadline: number
  log: (line: string) => void
  /** To the log, and to the page of the step. */
  note: (text: string) => void
  /** An annotation, and to the page of the step. */
  notice: (text: string) => void
  warning: (text: string) => void
  publish: (name: OutputName, value: string | undefined) => void
  publishFlag: (name: OutputName, value: boolean) => void
  publishList: (name: OutputName, items: readonly unknown[]) => void
  publishObject: (name: OutputName, value: Record<string, unknown>) => void
  /** On the page of the step. */
  showTable: (table: Table) => void
  /** Survives into the `post` process. */
  saveState: (name: StateName, value: string) => void
  /** What runs at the service because of this step, for the lines that resume or remove it. */
  inProgress: InProgress
}

export interface InProgress {
  jobIds: Set<string>
  backup?: { clusterId: string; backupId: string } | undefined
  clusterId?: string | undefined
  /** The cluster this step has made, which costs money until it is dropped. */
  createdClusterId?: string | undefined
}

/** Opens the service for one step, and the runner to tell what becomes known. */
export function openStep(
  access: { apiKey: string; baseUrl: string },
  time: { clock: Clock; deadline: number; stop: AbortSignal },
  inProgress: InProgress,
): Step {
  const { apiKey, baseUrl } = access
  const { clock, deadline } = time
  const tell = { log, note, notice, warning, showTable }
  const keep = { publish, publishFlag, publishList, publishObject, saveState }
  return { ...tell, ...keep, cloud: { ...time, apiKey, baseUrl, log }, clock, deadline, inProgress }
}

/** `intent`: what a restore is about to make, as JSON; `clusterId`: what it has made. */
export type StateName = 'intent' | 'clusterId'

/** How an operation ended well; every other end is an error. */
export type Outcome = 'succeeded' | 'started' | 'skipped' | 'planned'

/** A request as output `plan` tells it: exactly what would be sent. */
export interface PlannedRequest {
  method: 'POST' | 'DELETE'
  path: string
  body?: unknown
}

/** The log tells that many; the page of the step and the outputs have more. */
const mostLogged = 20

/** The end of a dry run. */
export function planned(step: Step, requests: readonly PlannedRequest[]): Outcome {
  step.publishList('plan', requests)
  for (const { method, path } of requests.slice(0, mostLogged)) step.log(`Would send ${method} ${path}.`)
  const more = requests.length - mostLogged
  if (more > 0) step.log(`And ${more} more.`)
  if (requests.length === 0) step.log('Would send nothing that changes anything.')
  return 'planned'
}

/** What was to come about did not, and will not: a failed job, a cluster that is being deleted. */
export class OperationFailed extends Error {
  override name = 'OperationFailed'
}

/** What a step leaves behind that goes on without it: lines of a workflow that take it up or remove it. */
export function resumeHints(inProgress: InProgress): { title: string; lines: string[] }[] {
  const wait = { title: 'Still running at the service. To wait for it:', lines: resumeLines(inProgress) }
  const drop = { title: 'To drop the cluster instead:', lines: removeLines(inProgress) }
  return wait.lines.length === 0 ? [] : [wait, drop].filter(({ lines }) => lines.length > 0)
}

/** The lines that take up what a step left running, as they stand in a workflow. */
export function resumeLines(inProgress: InProgress): string[] {
  const lines: string[] = []
  const { jobIds, backup, clusterId } = inProgress
  if (jobIds.size > 0) lines.push(`job-id: ${[...jobIds].join(', ')}`)
  if (backup) lines.push(`cluster-id: ${backup.clusterId}`, `backup-id: ${backup.backupId}`)
  if (clusterId !== undefined) lines.push(`target-cluster: ${clusterId}`)
  return lines.length === 0 ? [] : ['operation: wait', ...lines]
}

/** The lines that remove the cluster this step has made. */
export function removeLines({ createdClusterId }: InProgress): string[] {
  return createdClusterId === undefined
    ? []
    : ['operation: delete-cluster', `target-cluster: ${createdClusterId}`]
}
