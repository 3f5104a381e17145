import { expect } from 'vitest'
import type { DataRequestRecord, RequestRecord, Simulator } from '../../simulator/index.ts'
import { changesOnUsedConnections, inOrder, isChange, strayTokens } from '../harness/data-requests.ts'
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
  /** Those to the endpoints of clusters. */
  dataRequests: DataRequestRecord[]
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
 * breaks the contract, no deletion that the inputs do not name, each token where it belongs, each change over a connection
 * of its own, and no injected fault left over.
 */
export async function runStory(
  cloud: Simulator,
  inputs: Readonly<Record<string, string>>,
  options: StoryOptions = {},
): Promise<StoryResult> {
  const { passwords = [], keepFaults, github, expectedReceiptProblems = [], ...rest } = options
  const before = { requests: cloud.requests.length, dataRequests: cloud.dataRequests.length }
  const worldBefore = worldOf(cloud, github)
  const step = await runStep({
    with: { 'api-key': cloud.apiKey, 'base-url': cloud.baseUrl, ...inputs },
    secrets: [cloud.apiKey, ...(inputs['data-token'] === undefined ? [] : [inputs['data-token']])],
    clock: cloud.clock,
    timeoutMs: 25_000,
    ...(github && { githubToken: github.token }),
    ...rest,
    env: { ...(github && { GITHUB_API_URL: github.url }), ...rest.env },
  })
  const requests = cloud.requests.slice(before.requests)
  const dataRequests = cloud.dataRequests.slice(before.dataRequests)
  const secrets = {
    ...secretsOf(cloud, inputs, passwords),
    ...(github && { 'github-token': github.token }),
  }
  expect(findLeaks(step, secrets, { allowOutputs: ['password'] })).toEqual([])
  expect(receiptProblems(step)).toEqual(expectedReceiptProblems)
  expect(cloud.problems).toEqual([])
  const asked = deletionsAsked(inputs, worldBefore, cloud)
  const deletions = requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path)
  expect(deletions.filter(path => !asked.includes(path))).toEqual([])
  const given = { inputs, before: worldBefore, cloud }
  expect(strayTokens({ step, ...given, requests, dataRequests })).toEqual([])
  expect(changesOnUsedConnections(inOrder(requests, dataRequests))).toEqual([])
  if (!keepFaults) expect(cloud.faults.pending()).toEqual([])
  const order = { clusterId: cloud.clusterId, named: [JSON.stringify(inputs), ...step.log].join('\n') }
  const all = stableRequests(inOrder(requests, dataRequests), order)
  const text = transcript(stable(step), { requests: all, secrets })
    .replace(/(<temp>\/zilliz-cloud-)\w{6}/g, '$1<random>')
    // How long a step takes depends on the machine.
    .replace(/(\bduration(?:: |<\/td><td><code>))\d+(?:\.\d+)?/g, '$1<seconds>')
  return { step, requests, dataRequests, text }
}

/** The longest first: a token has a password in it. */
function secretsOf(
  { apiKey }: Simulator,
  { 'data-token': token }: Readonly<Record<string, string>>,
  passwords: readonly string[],
): Record<string, string> {
  const ofUser = token?.includes(':') ? token.slice(token.indexOf(':') + 1) : undefined
  const numbered = passwords.flatMap((password, index): [string, string][] => {
    const number = index === 0 ? '' : index + 1
    return [
      [`token${number} of the new cluster`, `db_admin:${password}`],
      [`password${number}`, password],
    ]
  })
  return Object.fromEntries([
    ['api-key', apiKey],
    ...(token === undefined ? [] : [['data-token', token]]),
    ...(ofUser === undefined ? [] : [['password of data-token', ofUser]]),
    ...numbered,
  ])
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

/** What decides where nothing else does: the source cluster, and the ids in the order in which a reader meets them. */
interface Order {
  clusterId: string
  named: string
}

function stableRequests(requests: readonly RequestRecord[], order: Order): RequestRecord[] {
  // A read after a change is another one than that before it.
  let changes = 0
  return withoutRepeats(byCollection(byResource(requests, order)), (request, index) => {
    const { path, body, status, code, fault } = request
    if (isChange(request)) changes++
    return isChange(request)
      ? `${index}`
      : `${changes} ${path} ${JSON.stringify(body)} ${status} ${code} ${fault}`
  })
}

/** What is read of the source cluster, of others, of backups and of jobs is read at the same time, of each in its order. */
function byResource(requests: readonly RequestRecord[], { clusterId, named }: Order): RequestRecord[] {
  const own = `/v2/clusters/${clusterId}`
  const resources = [
    /^\/v2\/clusters$/,
    new RegExp(`^${own}$`),
    /^\/v2\/clusters\/[^/]+$/,
    /\/backups/,
    /^\/v2\/jobs/,
    /./,
  ]
  const runs: RequestRecord[][] = []
  for (const request of requests) {
    const last = runs.at(-1)
    if (last?.[0] !== undefined && !isChange(last[0]) && !isChange(request)) last.push(request)
    else runs.push([request])
  }
  const rank = ({ path }: RequestRecord) => resources.findIndex(resource => resource.test(path))
  const place = ({ path }: RequestRecord) => named.indexOf(path.slice(path.lastIndexOf('/') + 1))
  const isJob = ({ path }: RequestRecord) => path.startsWith('/v2/jobs/')
  const compare = (one: RequestRecord, other: RequestRecord) =>
    rank(one) - rank(other) || (isJob(one) ? place(one) - place(other) : 0)
  // Reads of one connection came one after the other.
  const isTogether = (run: readonly RequestRecord[]) =>
    new Set(run.map(({ connection }) => connection)).size > 1
  return runs.flatMap(run => (isTogether(run) ? run.sort(compare) : run))
}

/** Several collections, or databases, are read at the same time, each in its order. */
function byCollection(requests: readonly RequestRecord[]): RequestRecord[] {
  const runs: RequestRecord[][] = []
  for (const request of requests) {
    const last = runs.at(-1)
    const isOfRun = last?.[0] !== undefined && isSplit(last[0]) && isSplit(request)
    if (isOfRun && isWhole(last[0]) === isWhole(request)) last?.push(request)
    else runs.push([request])
  }
  return runs.flatMap(run =>
    run.sort((one, other) => collectionOf(one).localeCompare(collectionOf(other), 'en')),
  )
}

function collectionOf(request: RequestRecord): string {
  const { dbName, collectionName } = (request.body ?? {}) as Record<string, string>
  if (request.path.endsWith('/collections/list')) return `${dbName}.`
  return isChange(request) || collectionName === undefined ? '' : `${dbName}.${collectionName}`
}

/** One of several that are read at the same time. */
function isSplit(request: RequestRecord): boolean {
  return collectionOf(request) !== ''
}

/** Of a database, and not of one collection. */
function isWhole(request: RequestRecord | undefined): boolean {
  return request === undefined || collectionOf(request).endsWith('.')
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
export function applied(story: Sent, operationId: string): RequestRecord[] {
  return allOf(story).filter(request => request.operationId === operationId && request.applied)
}

/** All requests of an operation that were sent. */
export function sent(story: Sent, operationId: string): RequestRecord[] {
  return allOf(story).filter(request => request.operationId === operationId)
}

interface Sent {
  requests: readonly RequestRecord[]
  dataRequests?: readonly DataRequestRecord[]
}

function allOf({ requests, dataRequests = [] }: Sent): RequestRecord[] {
  return inOrder(requests, dataRequests)
}

/** The operations of the requests that were to change something, in their order. */
export function changesSent(story: StoryResult): string[] {
  return allOf(story)
    .filter(isChange)
    .map(({ operationId }) => operationId)
}

/** The texts of all annotations of that level. */
export function annotationsOf({ step }: StoryResult, level: string): string {
  return step.annotations
    .filter(annotation => annotation.level === level)
    .map(({ message }) => message)
    .join('\n')
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
