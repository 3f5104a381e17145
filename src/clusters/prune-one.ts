/** Dropping one of many clusters: judged again right before, and what is known of it afterwards. */
import {
  ActionError,
  Cancelled,
  OperationFailed,
  type Parts,
  partsOf,
  RunnerFileError,
  TimedOut,
} from '../errors.ts'
import type { Step } from '../step.ts'
import { quote } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { serviceTime } from '../zilliz/service-time.ts'
import type { Candidate } from './candidates.ts'
import { type DropRule, drop } from './drop.ts'
import { describeReason, type PruneRule, type ReasonToKeep, whyKept } from './prune-rule.ts'
import type { Ask, Owner } from './pull-requests.ts'

/** What becomes of a cluster. */
export type Fate =
  | { kind: 'kept'; reason: ReasonToKeep }
  /** It is to be dropped, and nothing was sent. */
  | { kind: 'waiting' }
  /** Its drop was sent, and nothing shows yet what became of it. */
  | { kind: 'sent' }
  | { kind: 'dropped' }
  /** It was on its way out without this step. */
  | { kind: 'gone' }
  | { kind: 'failed'; said: Parts; mayBeDropped: boolean }

export interface Sweep {
  step: Step
  rule: PruneRule
  projectId: string
  /** Milliseconds. */
  pollInterval: number
  /** Undefined where the pattern has no pull requests. */
  ask: Ask | undefined
  owners: Map<number, Owner>
  fates: Map<string, Fate>
}

/** Its pull request as it was last seen; undefined where the pattern has none. */
export function ownerIn({ owners }: Sweep, { number }: Candidate): Owner | undefined {
  return number === undefined ? undefined : (owners.get(number) ?? unknown)
}

/** Nothing is known of it, so nothing is dropped for it. */
const unknown: Owner = { state: 'not-found', tolerance: 0, askedAt: Number.NEGATIVE_INFINITY }

/** Milliseconds: one that takes longer must not use up the time of the others. */
const longestDrop = 600_000
/** Milliseconds after which an answer of GitHub is too old to drop something by. */
const freshFor = 60_000

/** By its description, or by its pull request, the cluster is to be kept after all. */
class KeptAfterAll extends OperationFailed {
  readonly reason: ReasonToKeep

  constructor({ clusterId }: Cluster, reason: ReasonToKeep, rule: PruneRule) {
    super(`Cluster ${clusterId} is kept after all: ${describeReason(reason, rule)}.`)
    this.reason = reason
  }
}

/**
 * Describes the cluster once more, drops it, and waits until a read shows it gone.
 *
 * @throws what is not about this cluster alone
 */
export async function dropOne(sweep: Sweep, candidate: Candidate): Promise<void> {
  const { step, fates } = sweep
  const { clusterId, clusterName } = candidate.cluster
  const set = (fate: Fate) => void fates.set(clusterId, fate)
  const limited = limitedTo(step, longestDrop)
  const unanswered: unknown[] = []
  const lookAgain = () =>
    askAgain(sweep, candidate).catch((error: unknown) => {
      unanswered.push(error)
      throw error
    })
  const onSend = (sent: string | undefined) => set({ kind: sent === undefined ? 'waiting' : 'sent' })
  step.log(`Dropping cluster ${clusterId}, ${quote(clusterName)}${becauseOf(sweep, candidate)}.`)
  try {
    const outcome = await drop(limited, { ...ruleOf(sweep, candidate), lookAgain, onSend }, sweep)
    set({ kind: outcome === 'dropped' ? 'dropped' : 'gone' })
    step.log(`Cluster ${clusterId} is ${outcome === 'gone' ? 'gone already' : outcome}.`)
  } catch (error) {
    if (error instanceof KeptAfterAll) {
      set({ kind: 'kept', reason: error.reason })
      step.log(error.message)
      return
    }
    const isOver = unanswered.length > 0 || !isOfOne(error, limited !== step)
    if (isOver || !(error instanceof ActionError)) throw error
    const mayBeDropped = fates.get(clusterId)?.kind === 'sent'
    set({ kind: 'failed', said: partsOf(error), mayBeDropped })
    step.log(error.message)
  }
}

function becauseOf(sweep: Sweep, candidate: Candidate): string {
  const owner = ownerIn(sweep, candidate)
  return owner === undefined ? '' : `: pull request ${candidate.number} is ${owner.state}`
}

function limitedTo(step: Step, timeout: number): Step {
  const deadline = step.clock.elapsed() + timeout
  return deadline < step.deadline ? { ...step, deadline, timeout, cloud: { ...step.cloud, deadline } } : step
}

function ruleOf(sweep: Sweep, candidate: Candidate): DropRule {
  const { step, rule, projectId } = sweep
  const { clusterId, clusterName } = candidate.cluster
  return {
    ...{ clusterId, clusterName, projectId, isByPattern: true },
    protectedClusters: rule.protectedClusters,
    isFresh: () => isFresh(sweep, candidate),
    check(found) {
      const judged = { cluster: found, owner: ownerIn(sweep, candidate) }
      const reason = whyKept(rule, judged, serviceTime(step.cloud))
      if (reason !== undefined) throw new KeptAfterAll(found, reason, rule)
    },
  }
}

/** A pull request may be opened again while others are dropped, or while a busy cluster is waited for. */
async function askAgain(sweep: Sweep, candidate: Candidate): Promise<void> {
  const { ask, owners } = sweep
  const { number } = candidate
  if (number === undefined || ask === undefined || isFresh(sweep, candidate)) return
  owners.set(number, await ask(number))
}

function isFresh(sweep: Sweep, candidate: Candidate): boolean {
  const owner = ownerIn(sweep, candidate)
  return owner === undefined || sweep.step.clock.elapsed() - owner.askedAt <= freshFor
}

/** Whether an error is about that cluster alone, so that the others may fare better. */
function isOfOne(error: unknown, hasOwnDeadline: boolean): boolean {
  if (error instanceof Cancelled || error instanceof RunnerFileError) return false
  return error instanceof TimedOut ? hasOwnDeadline : !isKeyRefused(error)
}

function isKeyRefused(error: unknown): boolean {
  if (error instanceof ApiError) return error.group === 'key'
  return error instanceof Error && error.cause !== undefined && isKeyRefused(error.cause)
}
