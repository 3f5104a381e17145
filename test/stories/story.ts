import { expect } from 'vitest'
import type { RequestRecord, Simulator } from '../../simulator/index.ts'
import { deletionsAsked, worldOf } from '../harness/deletions.ts'
import type { GitHub } from '../harness/github.ts'
import { receiptProblems } from '../harness/receipt.ts'
import { runStep, type StepOptions, type StepResult } from '../harness/runner.ts'
import { findLeaks } from '../harness/secrets.ts'
import { transcript } from '../harness/transcript.ts'

/** One step of a workflow against the simulator: its result, and the requests it sent. */
export interface StoryResult {
  step: StepResult
  requests: RequestRecord[]
  /** The text of a file in transcripts/, to be read like a release note. */
  text: string
}

export type StoryOptions = StepOptions & {
  passwords?: readonly string[]
  keepFaults?: true
  /** Which the step asks, with its token. */
  github?: GitHub
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
  const { passwords = [], keepFaults, github, expectedReceiptProblems = [], ...rest } = options
  const before = cloud.requests.length
  const worldBefore = worldOf(cloud, github)
  const step = await runStep({
    with: { 'api-key': cloud.apiKey, 'base-url': cloud.baseUrl, ...inputs },
    secrets: [cloud.apiKey],
    clock: cloud.clock,
    timeoutMs: 25_000,
    ...(github && { githubToken: github.token }),
    ...rest,
    env: { ...(github && { GITHUB_API_URL: github.url }), ...rest.env },
  })
  const requests = cloud.requests.slice(before)
  const secrets = Object.fromEntries([
    ['api-key', cloud.apiKey],
    ...(github === undefined ? [] : [['github-token', github.token]]),
    ...passwords.map((password, index) => [`password${index === 0 ? '' : index + 1}`, password]),
  ])
  expect(findLeaks(step, secrets, { allowOutputs: ['password'] })).toEqual([])
  expect(receiptProblems(step)).toEqual(expectedReceiptProblems)
  expect(cloud.problems).toEqual([])
  const asked = deletionsAsked(inputs, worldBefore, cloud)
  const deletions = requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path)
  expect(deletions.filter(path => !asked.includes(path))).toEqual([])
  if (!keepFaults) expect(cloud.faults.pending()).toEqual([])
  const text = transcript(stable(step), { requests: stableRequests(requests), secrets })
    .replace(/(<temp>\/zilliz-cloud-)\w{6}/g, '$1<random>')
    // How long a step takes depends on the machine.
    .replace(/(\bduration(?:: |<\/td><td><code>))\d+(?:\.\d+)?/g, '$1<seconds>')
  return { step, requests, text }
}

/** How often a job is read, and its progress each time, depends on the machine. */
function stable(step: StepResult): StepResult {
  const inFlight =
    /^(<duration> {2})(?:\d+ % {2})?(.*?) ?(?:PENDING|IN_PROGRESS|CREATING|RESTORE_BACKUP|not readable yet)$/
  const log = step.log.map(line =>
    line
      .replace(/^\d[\dhms ]*(?= {2}\S)/, '<duration>')
      .replace(inFlight, (_, start, label) => `${start}${label && `${label} `}<in progress>`)
      // A step that ends by its timeout takes as long as that, or a second more.
      .replace(/ after \d[\dhms ]*\.$/, ' after <duration>.'),
  )
  // Only progress is folded: each line that a user copies from the log is kept.
  const key = (line: string, index: number) => (line.endsWith('<in progress>') ? line : `${index} ${line}`)
  return { ...step, log: withoutRepeats(log, key) }
}

function stableRequests(requests: readonly RequestRecord[]): RequestRecord[] {
  // A read after a change is another one than that before it.
  let changes = 0
  return withoutRepeats(requests, ({ method, path, status, code, fault }, index) => {
    if (method !== 'GET') changes++
    return method === 'GET' ? `${changes} ${path} ${status} ${code} ${fault}` : `${index}`
  })
}

/** Of items with one key that follow each other, the first; also where several such runs alternate. */
function withoutRepeats<T>(items: readonly T[], key: (item: T, index: number) => string): T[] {
  const recent: string[] = []
  return items.filter((item, index) => {
    const current = key(item, index)
    const repeated = recent.includes(current)
    if (!repeated) recent.push(current)
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

/** The operations of the requests that were to change something, in their order. */
export function changesSent(story: StoryResult): string[] {
  return story.requests.filter(({ method }) => method !== 'GET').map(({ operationId }) => operationId)
}

/** The text of the one error annotation. */
export function errorOf({ step }: StoryResult): string {
  const errors = step.annotations.filter(({ level }) => level === 'error')
  expect(errors).toHaveLength(1)
  return errors[0]?.message ?? ''
}

/** Whether a read that the deadline of the step cuts short is logged depends on the machine. */
export function withoutLastRead(text: string): string {
  return text.replace(/^Could not .*: no complete response within \S+\. Trying again\.\n/m, '')
}

/** The lines of the log without the marks of lines that continue a text. */
export function logLines({ step }: StoryResult): string[] {
  return step.log.map(line => line.replace(/^[ |]+/, ''))
}

/** Of a step that the log and the job summary offer, the lines from its operation on. */
export function offeredStep({ baseUrl }: Simulator, operation: string, inputs: readonly string[]): string {
  const key = "api-key: ${{ secrets.ZILLIZ_API_KEY }} # your secret's name"
  return [`operation: ${operation}`, key, `base-url: ${baseUrl}`, ...inputs].join('\n    ')
}
