import { expect } from 'vitest'
import type { OperationId, RequestRecord, Simulator } from '../../simulator/index.ts'
import { deletionsAsked, worldOf } from '../harness/deletions.ts'
import { receiptProblems } from '../harness/receipt.ts'
import { runStep, type StepOptions, type StepResult } from '../harness/runner.ts'
import { findLeaks } from '../harness/secrets.ts'
import { transcript } from '../harness/transcript.ts'

/** One step of a workflow against the simulator: what came of it, and what was asked meanwhile. */
export interface StoryResult {
  step: StepResult
  requests: RequestRecord[]
  /** The text of a file in transcripts/, to be read like a release note. */
  text: string
}

export type StoryOptions = StepOptions & {
  passwords?: readonly string[]
  keepFaults?: true
  /** How the receipt differs from the outputs, where it must. */
  expectedReceiptProblems?: readonly string[]
}

/**
 * Runs the real `dist` as the runner would, in the simulator's time, and checks what holds in every story:
 * no secret anywhere but in its mask and its output, a receipt that equals the outputs, no request and no response that
 * breaks the contract, no deletion that the inputs do not name, and no injected fault left over.
 */
export async function runStory(
  cloud: Simulator,
  inputs: Readonly<Record<string, string>>,
  options: StoryOptions = {},
): Promise<StoryResult> {
  const { passwords = [], keepFaults, expectedReceiptProblems = [], ...rest } = options
  const before = cloud.requests.length
  const worldBefore = worldOf(cloud)
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
  expect(receiptProblems(step)).toEqual(expectedReceiptProblems)
  expect(cloud.problems).toEqual([])
  const asked = deletionsAsked(inputs, worldBefore, cloud)
  const deletions = requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path)
  expect(deletions.filter(path => !asked.includes(path))).toEqual([])
  if (!keepFaults) expect(cloud.faults.pending()).toEqual([])
  const text = transcript(stable(step), { requests: stableRequests(requests), secrets }).replace(
    /(zilliz-cloud-)\w{6}/g,
    '$1<random>',
  )
  return { step, requests, text }
}

/** How often a job is looked at, and what it shows on its way, depends on the machine. */
function stable(step: StepResult): StepResult {
  const inFlight =
    /: (?:PENDING|IN_PROGRESS|CREATING|RESTORE_BACKUP|not readable yet)(?:, \d+ %)? \(\d+[\dms ]*\)$/
  const log = step.log.map(line =>
    // A step that ends by its timeout lives as long as that, but now and then a second more.
    line.replace(inFlight, ': <on its way>').replace(/ after \d[\dhms ]*\.$/, ' after <duration>.'),
  )
  // Only what is on its way is folded: of the lines to copy from the log each stands for itself.
  const key = (line: string, index: number) => (line.endsWith('<on its way>') ? line : `${index} ${line}`)
  return { ...step, log: withoutRepeats(log, key) }
}

function stableRequests(requests: readonly RequestRecord[]): RequestRecord[] {
  return withoutRepeats(requests, ({ method, path, status, code, fault }) =>
    method === 'GET' ? `${path} ${status} ${code} ${fault}` : `${Math.random()}`,
  )
}

/** Of a run of items with one key, the first; also of two such runs that take turns. */
function withoutRepeats<T>(items: readonly T[], key: (item: T, index: number) => string): T[] {
  const recent: string[] = []
  return items.filter((item, index) => {
    const own = key(item, index)
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

/** Does something the moment the first request of an operation arrives, before the service looks at it. */
export function atFirst(cloud: Simulator, operation: OperationId, act: () => void): void {
  let done = false
  cloud.faults.inject({
    operation,
    times: Number.POSITIVE_INFINITY,
    // Never met: it only watches.
    when: () => {
      if (!done) {
        done = true
        act()
      }
      return false
    },
    fault: { kind: 'stall' },
  })
}

/** Puts a cluster into a state, which it leaves for RUNNING the moment that operation is answered. */
export function settlesAt(cloud: Simulator, name: string, status: string, operation: OperationId, skip = 0) {
  const cluster = Object.assign(cloud.world.cluster(name), { status })
  const edit = (answer: unknown) => {
    cluster.status = 'RUNNING'
    return answer
  }
  cloud.faults.inject({ operation, skip, fault: { kind: 'edit', edit } })
}

/**
 * Lets every job end at that look at it, and what it makes with it: however slow the machine, it is seen on
 * its way before. For jobs that would not end by themselves.
 */
export function endAtRead(cloud: Simulator, look: number, jobIds?: readonly (string | undefined)[]): void {
  const looks = new Map<string, number>()
  cloud.faults.inject({
    operation: 'describeJob',
    times: Number.POSITIVE_INFINITY,
    // Never met: it only watches.
    when: ({ path }) => {
      const job = cloud.world.jobs.find(({ jobId }) => path.endsWith(jobId))
      if (job === undefined || jobIds?.includes(job.jobId) === false) return false
      looks.set(job.jobId, (looks.get(job.jobId) ?? 0) + 1)
      if (looks.get(job.jobId) !== look) return false
      Object.assign(job, { endsAt: cloud.world.now() })
      const backup = cloud.world.backups.find(made => made.job === job)
      if (backup) backup.status = job.outcome === 'SUCCESSFUL' ? 'AVAILABLE' : 'DELETED'
      return false
    },
    fault: { kind: 'stall' },
  })
}

/** The text of the one error annotation. */
export function errorOf({ step }: StoryResult): string {
  const errors = step.annotations.filter(({ level }) => level === 'error')
  expect(errors).toHaveLength(1)
  return errors[0]?.message ?? ''
}

/** A look that the deadline of the step cuts short may be told or not: that depends on the machine. */
export function withoutLastRead(text: string): string {
  return text.replace(/^Could not .*: no whole answer within \S+\. Trying again\.\n/m, '')
}

/** The lines of the log without what sets further lines of one text apart. */
export function logLines({ step }: StoryResult): string[] {
  return step.log.map(line => line.replace(/^[ |]+/, ''))
}
