/** What must hold in every run, whatever goes wrong. */

import type { RequestRecord } from '../../simulator/index.ts'
import { parseDuration } from '../../src/duration.ts'
import type { StepResult } from '../harness/runner.ts'
import { findLeaks } from '../harness/secrets.ts'
import { effects } from './effects.ts'
import { faultKind } from './faults.ts'
import { classOf, type Run } from './trial.ts'

export interface Violation {
  invariant: string
  text: string
  /** Whether a machine that was busy for a moment may be the reason. */
  timed: boolean
}

type Invariant = (run: Run) => string[]

/** By name; those that a busy machine can turn red are marked. */
const invariants: Record<string, { find: Invariant; timed?: true }> = {
  'no second start': { find: secondStarts },
  'no green without the goal': { find: greenWithoutGoal },
  'no secret shown': { find: secretsShown },
  'no other host': { find: otherHosts },
  'ends in time': { find: lateEnds, timed: true },
  'one error that says what was tried': { find: poorErrors },
  'status, receipt and exit code agree': { find: disagreements },
  'ids are kept': { find: lostIds, timed: true },
  'hostile text has no effect': { find: effects },
  'no refusal repeated': { find: repeatedRefusals, timed: true },
  'stays away as long as asked': { find: tooSoon, timed: true },
  'survives what it must': { find: wrongEnds, timed: true },
  'a cancel ends it': { find: brokenCancels, timed: true },
}

export const invariantNames = Object.keys(invariants)

export function judge(run: Run): Violation[] {
  return Object.entries(invariants).flatMap(([invariant, { find, timed = false }]) =>
    find(run).map(text => ({ invariant, text, timed })),
  )
}

/** Of the stage after the job: what was made is gone, or one error says so. */
export function judgePost(run: Run, main: StepResult): Violation[] {
  const { step, cloud, scene } = run
  const left = cloud.world.clusters.filter(
    ({ clusterName, status }) =>
      scene.keep.includes(clusterName) && !['DELETING', 'DELETED'].includes(status),
  )
  const ids = left.map(({ clusterId }) => clusterId)
  const errors = step.annotations.filter(({ level }) => level === 'error')
  const texts: string[] = []
  if (step.exitCode === 0 && left.length > 0) texts.push(`green, but ${ids.join()} is still there`)
  if (step.exitCode !== 0 && errors.length !== 1) texts.push(`${errors.length} errors`)
  if (step.exitCode === 0 && errors.length !== 0) texts.push(`green with an error: ${errors[0]?.message}`)
  const known = main.state.clusterId
  if (errors[0] !== undefined && known && !errors[0].message.includes(known)) texts.push('the id is not told')
  const kept: Invariant[] = [secretsShown, otherHosts, effects]
  return [...texts, ...kept.flatMap(find => find(run))].map(text => ({
    invariant: 'the end of the job cleans up',
    text,
    timed: false,
  }))
}

const starts = ['createBackup', 'restoreCluster', 'restoreCollection']

/** What a start is about: two of one intent would make two of the same thing. */
function intentOf({ operationId, path, body }: RequestRecord): string {
  const { clusterName, destClusterId, dbCollections } = body as Record<string, unknown>
  return `${operationId} ${JSON.stringify(clusterName ?? [destClusterId, dbCollections, path])}`
}

function secondStarts({ requests, scene, cloud }: Run): string[] {
  const carriedOut = requests.filter(({ operationId, applied }) => applied && starts.includes(operationId))
  const intents = carriedOut.map(intentOf)
  const twice = intents.filter((intent, index) => intents.indexOf(intent) < index)
  const named = cloud.world.clusters.filter(
    ({ clusterName, status }) => scene.keep.includes(clusterName) && status !== 'DELETED',
  )
  const names = named.map(({ clusterName }) => clusterName)
  const doubled = names.filter((name, index) => names.indexOf(name) < index)
  return [
    ...twice.map(intent => `carried out twice: ${intent}`),
    ...sentAgain(requests).map(intent => `sent again: ${intent}`),
    ...doubled.map(name => `two clusters are called ${name}`),
  ]
}

/**
 * Whether the service would have taken a start again is luck: one that arrived and was not turned away by load
 * is not sent again. A cluster is, once, since names are unique.
 */
function sentAgain(requests: readonly RequestRecord[]): string[] {
  const heard = requests
    .filter(({ operationId, status }) => starts.includes(operationId) && status !== 425 && status !== 429)
    .map(intentOf)
  return [...new Set(heard)].filter(intent => {
    const allowed = intent.startsWith('restoreCluster') ? 2 : 1
    return heard.filter(one => one === intent).length > allowed
  })
}

const good = ['succeeded', 'started', 'skipped', 'planned']

function greenWithoutGoal({ step, scene }: Run): string[] {
  const { status = '' } = step.outputs
  if (step.exitCode !== 0 && !good.includes(status)) return []
  const { finishedAt } = receiptOf(step)
  return scene.lacks({ status, outputs: step.outputs, at: Date.parse(`${finishedAt}`) })
}

function secretsShown({ step, cloud, scene }: Run): string[] {
  const passwords = scene.passwords.map((password, index) => [`password ${index + 1}`, password])
  const secrets = Object.fromEntries([['api-key', cloud.apiKey], ...passwords])
  const masked = step.masks.map(({ value }) => value)
  // What is shorter than this would blank out unrelated text.
  const lines = (step.outputs.password ?? '').split('\n').filter(line => line.length >= 6)
  return [
    ...findLeaks(step, secrets, { allowOutputs: ['password'] }),
    ...lines.filter(line => !masked.includes(line)).map((_, index) => `line ${index + 1} is not masked`),
  ]
}

function otherHosts({ cloud, connections, requests }: Run): string[] {
  const own = new URL(cloud.baseUrl).host
  const redirected = requests.filter(({ path }) => path.includes('elsewhere'))
  return [
    ...cloud.elsewhere.map(({ method, path }) => `${method} ${path} at another origin`),
    ...redirected.map(({ method, path }) => `${method} ${path}`),
    // The two faults on the side of the step lead nowhere.
    ...connections
      .filter(to => to !== own && to !== '127.0.0.1:1' && !to.startsWith('control-plane.invalid:'))
      .map(to => `connected to ${to}`),
  ]
}

/** World milliseconds by which a busy machine may be late. */
const margin = 30_000

function lateEnds({ step, given, requests, cancelledAt }: Run): string[] {
  if (cancelledAt !== undefined) return []
  const { startedAt, finishedAt } = receiptOf(step)
  const took = Date.parse(`${finishedAt}`) - Date.parse(`${startedAt}`)
  const timeout = parseDuration(given.timeout ?? '3m') ?? 0
  // A start is heard out, and looked for once, even past the deadline.
  const started = requests.some(({ operationId }) => starts.includes(operationId))
  const allowed = timeout + (started ? 60_000 : 0) + margin
  return took <= allowed ? [] : [`it took ${took} ms of the world; ${allowed} are allowed`]
}

const tried =
  /Could not (?:list|read|start|restore|drop) \S|(?:Job|Backup|Cluster) \S+ |The time is over: |There is no cluster|The step was cancelled|finds no AVAILABLE backup/

/** The signal met a process that had said all it had to say and was on its way out. */
function metByTheSignalAtItsEnd({ step, cancelledAt }: Run): boolean {
  const said = Date.parse(`${receiptOf(step).finishedAt}`)
  return step.exitCode === null && cancelledAt !== undefined && said <= cancelledAt
}

function poorErrors(run: Run): string[] {
  const { step } = run
  if (metByTheSignalAtItsEnd(run)) return []
  const errors = errorsOf(step)
  if (step.exitCode === 0) return errors.map(message => `green with an error: ${message}`)
  const [message = '', ...more] = errors
  const texts = errors.length === 1 ? [] : [`${errors.length} errors: ${[message, ...more].join(' / ')}`]
  // A problem of an input is told in the words of all such: its name first.
  if (/^(?:cu-size|collections): /.test(message)) return texts
  if (!tried.test(message)) texts.push(`it does not say what was tried: ${message}`)
  if (message.startsWith('Unexpected failure')) texts.push(`a defect shows: ${message}`)
  if (!/[.…]$/.test(message.trimEnd())) texts.push(`no whole sentence: ${message}`)
  return texts
}

/** The runner adds one of its own to a step that it cancelled. */
function errorsOf(step: StepResult): string[] {
  return step.annotations
    .filter(({ level, message }) => level === 'error' && message !== 'The operation was canceled.')
    .map(({ message }) => message)
}

function disagreements(run: Run): string[] {
  const { step } = run
  if (metByTheSignalAtItsEnd(run)) return []
  const { status = '' } = step.outputs
  const receipt = receiptOf(step)
  const texts: string[] = []
  if (step.exitCode === null) texts.push(`ended by ${step.signal}`)
  const green = step.exitCode === 0
  const expected = green ? good : ['failed', 'timed-out', 'cancelled']
  if (!expected.includes(status)) texts.push(`exit code ${step.exitCode} with status "${status}"`)
  if (receipt.status !== status) texts.push(`the receipt says ${receipt.status}, the output ${status}`)
  if ((receipt.error === undefined) !== green) texts.push(`the receipt's error is ${receipt.error}`)
  const [error] = errorsOf(step)
  const sameLines = (text: unknown) => `${text}`.replace(/[^a-z0-9]+/gi, '').slice(0, 200)
  if (!green && sameLines(receipt.error) !== sameLines(error)) {
    texts.push(`the receipt's error is not the annotation's: ${receipt.error}`)
  }
  if (!step.summary.includes(`: ${status}</h2>`)) texts.push(`the summary does not say ${status}`)
  return [...texts, ...step.commandErrors.map(text => `the runner refused: ${text}`)]
}

/** What a start has made must be told when its answer came through, whatever happened later. */
function lostIds({ step, requests, cloud, scene, given }: Run): string[] {
  const slow = given.laid.some(({ fault }) => fault === 'a drip that does not')
  const arrives = [undefined, 'code-as-text', ...(slow ? [] : ['drip'])]
  const wanted: [output: string, value: string | undefined][] = []
  const arrived = requests.filter(
    ({ operationId, applied, status, fault }) =>
      starts.includes(operationId) && applied && status === 200 && arrives.includes(fault),
  )
  for (const { operationId, body } of arrived) {
    const { world } = cloud
    if (operationId === 'createBackup') {
      const made = world.backups.find(({ job }) => job !== undefined && job.type === 'BACKUP')
      const safety = scene.inputs['safety-backup'] === 'true'
      wanted.push([safety ? 'safetyBackupId' : 'backupId', made?.backupId])
      if (!safety) wanted.push(['jobId', made?.job?.jobId], ['created', 'true'])
    } else if (operationId === 'restoreCluster') {
      const { clusterName } = body as { clusterName: string }
      const { clusterId } = world.cluster(clusterName)
      const [password] = scene.passwords
      wanted.push(
        ['clusterId', clusterId],
        ['username', 'db_admin'],
        ['password', password],
        ['created', 'true'],
      )
      wanted.push(['jobId', world.jobs.find(job => job.clusterId === clusterId)?.jobId])
    }
  }
  const restores = arrived.filter(({ operationId }) => operationId === 'restoreCollection').length
  const told = JSON.parse(step.outputs.jobIds ?? '[]').length
  return [
    ...wanted
      .filter(([output, value]) => step.outputs[output] !== value)
      .map(([output, value]) => `${output} is ${step.outputs[output]}, not ${value}`),
    ...(told < restores ? [`${restores} restores were answered, ${told} jobs are told`] : []),
  ]
}

const notFoundCodes = [96026, 96018, 40020]

/** Faults whose answer does not arrive, or not whole. */
const unheard = ['reset', 'reset-in-body', 'close', 'stall', 'stall-in-body', 'cut', 'drip', 'huge']

/** Whether an answer that arrived is what the contract calls a refusal, for that request. */
function isRefusal({ status = 0, code, operationId, fault = '' }: RequestRecord): boolean {
  if (unheard.includes(fault) || [408, 425, 429].includes(status)) return false
  if (status >= 300 && status < 500) return true
  if (typeof code !== 'number' && typeof code !== 'string') return false
  if ([0, 200].includes(Number(code))) return false
  return status < 300 || (status >= 500 && starts.includes(operationId))
}

function repeatedRefusals({ requests }: Run): string[] {
  return requests.flatMap((refused, index) => {
    const start = starts.includes(refused.operationId)
    // Of a backup no code says "not found", so any unknown one may.
    const unknown = refused.operationId === 'describeBackup' && typeof refused.code === 'string'
    const notFound = unknown || notFoundCodes.includes(Number(refused.code))
    if (!isRefusal(refused) || (!start && notFound)) return []
    const same = requests
      .slice(index + 1)
      .filter(({ method, path, query, body }) =>
        start && method === 'POST'
          ? JSON.stringify([path, body]) === JSON.stringify([refused.path, refused.body])
          : JSON.stringify([method, path, query]) ===
            JSON.stringify([refused.method, refused.path, refused.query]),
      )
    return same.length === 0
      ? []
      : [`${refused.method} ${refused.path} was sent again after ${refused.status}`]
  })
}

function tooSoon({ requests, given }: Run): string[] {
  const [only] = given.laid
  const away = only === undefined || given.laid.length > 1 ? undefined : faultKind(only.fault).away
  if (away === undefined) return []
  return requests.flatMap((request, index) => {
    const next = requests
      .slice(index + 1)
      .find(({ method, path }) => method === request.method && path === request.path)
    if (request.status !== 429 || next === undefined) return []
    const pause = next.time - request.time
    return pause >= away * 1_000 - 500 ? [] : [`asked again after ${pause} ms, not ${away} s`]
  })
}

function wrongEnds({ given, step }: Run): string[] {
  const { mustEnd } = given
  if (mustEnd === undefined) return []
  const well = step.exitCode === 0
  if (well === (mustEnd === 'well')) return []
  const classes = given.laid.map(({ fault }) => classOf(fault)).join()
  return [`it must end ${mustEnd} (${classes}) and ended with ${step.outputs.status}`]
}

/** Contract: two seconds. The rest is for a machine that is busy. */
const cancelWithin = 2_000 + 2_000

function brokenCancels({ cancelledAt, late, step }: Run): string[] {
  if (cancelledAt === undefined) return []
  const { finishedAt, jobIds = [] } = receiptOf(step)
  const took = Date.parse(`${finishedAt}`) - cancelledAt
  // The step was at its end when the signal came.
  if (step.outputs.status !== 'cancelled')
    return took < 1_000 ? [] : [`${step.outputs.status} after ${took} ms`]
  const texts: string[] = []
  if (took > cancelWithin) texts.push(`it ended ${took} ms of the world after the signal`)
  if (late.length > 0) texts.push(`begun after the signal: ${late.join(', ')}`)
  const running = (jobIds as string[]).length > 0 && !step.log.some(line => line.includes('SUCCESSFUL'))
  if (running && !step.log.some(line => line.includes('operation: wait')))
    texts.push('no way to resume is told')
  return texts
}

function receiptOf({ receipt }: StepResult): Record<string, unknown> {
  return typeof receipt === 'object' && receipt !== null ? (receipt as Record<string, unknown>) : {}
}
