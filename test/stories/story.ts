import { expect } from 'vitest'
import type { RequestRecord, Simulator } from '../../simulator/index.ts'
import { runStep, type StepOptions, type StepResult } from '../harness/runner.ts'
import { findLeaks } from '../harness/secrets.ts'
import { transcript } from '../harness/transcript.ts'

/** One step of a workflow against the simulator: what came of it, and what was asked meanwhile. */
export interface Story {
  step: StepResult
  requests: RequestRecord[]
  /** The text of a file in transcripts/, to be read like a release note. */
  text: string
}

/**
 * Runs the real `dist` as the runner would, in the simulator's time, and checks what holds in every story:
 * no secret anywhere but in its mask and its output, no request and no answer that breaks the contract, and
 * no laid fault left over.
 */
export async function tell(
  cloud: Simulator,
  inputs: Readonly<Record<string, string>>,
  options: StepOptions & { passwords?: readonly string[]; keepFaults?: true } = {},
): Promise<Story> {
  const { passwords = [], keepFaults, ...rest } = options
  const before = cloud.requests.length
  const step = await runStep({
    with: { 'api-key': cloud.apiKey, 'base-url': cloud.baseUrl, ...inputs },
    secrets: [cloud.apiKey],
    clock: cloud.clock,
    timeoutMs: 25_000,
    ...rest,
  })
  const requests = cloud.requests.slice(before)
  const secrets = Object.fromEntries([
    ['api-key', cloud.apiKey],
    ...passwords.map((password, index) => [`password${index === 0 ? '' : index + 1}`, password]),
  ])
  expect(findLeaks(step, secrets, { allowOutputs: ['password'] })).toEqual([])
  expect(cloud.problems).toEqual([])
  if (!keepFaults) expect(cloud.faults.pending()).toEqual([])
  const text = transcript(calm(step), { requests: calmRequests(requests), secrets }).replace(
    /(zilliz-cloud-)\w{6}/g,
    '$1<random>',
  )
  return { step, requests, text }
}

/** How often a job is looked at, and what it shows on its way, depends on the machine. */
function calm(step: StepResult): StepResult {
  const onItsWay =
    /: (?:PENDING|IN_PROGRESS|CREATING|RESTORE_BACKUP|not readable yet)(?:, \d+ %)? \(\d+[\dms ]*\)$/
  const log = step.log.map(line => line.replace(onItsWay, ': <on its way>'))
  return { ...step, log: withoutRepeats(log, line => line) }
}

function calmRequests(requests: readonly RequestRecord[]): RequestRecord[] {
  return withoutRepeats(requests, ({ method, path, status, code, fault }) =>
    method === 'GET' ? `${path} ${status} ${code} ${fault}` : `${Math.random()}`,
  )
}

/** Of a run of items with one key, the first; also of two such runs that take turns. */
function withoutRepeats<T>(items: readonly T[], key: (item: T) => string): T[] {
  const recent: string[] = []
  return items.filter(item => {
    const own = key(item)
    const repeated = recent.includes(own)
    if (!repeated) recent.push(own)
    if (recent.length > 6) recent.shift()
    return !repeated
  })
}

/** The requests of an operation that the service carried out. */
export function applied(story: { requests: readonly RequestRecord[] }, operationId: string): RequestRecord[] {
  return story.requests.filter(request => request.operationId === operationId && request.applied)
}

/** All requests of an operation that were sent. */
export function sent(story: { requests: readonly RequestRecord[] }, operationId: string): RequestRecord[] {
  return story.requests.filter(request => request.operationId === operationId)
}
