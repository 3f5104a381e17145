/** Waiting for several conditions at once, and logging what is read. */
import { formatDuration } from '../duration.ts'
import { OperationFailed, type Parts, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import type { Condition, Status } from './conditions.ts'
import type { Failure } from './failures.ts'
import { inTurn } from './in-turn.ts'
import { progressLog, waitUntil } from './poll.ts'
import { ignoreTrouble, readingOnce, readOnce } from './read-once.ts'
import { openSlots } from './slots.ts'
import type { Seen } from './unreadable.ts'

interface Options {
  /** Milliseconds. */
  pollInterval: number
  /** The first condition that fails ends the wait for all. */
  failFast?: boolean
}

/** How far the waiting is. */
interface Waiting {
  step: Step
  failFast: boolean
  /** On the scale of `clock.elapsed()`. */
  start: number
  open: Set<Condition>
  /** Met, but for jobs: how one has ended does not change. With the moment, on the scale of `clock.elapsed()`. */
  met: Map<Condition, number>
  lastMet: Condition | undefined
  /** What was read last, for the sentence of a timeout. */
  lastRead: Map<Condition, string>
  failures: Failure[]
  /** One of them ends the wait for all. */
  isHopeless: boolean
  /** Before each read: those of jobs, which may be many, go to one endpoint. */
  slot: () => Promise<void>
  log: ReturnType<typeof progressLog>
  /** Names a condition in a line of the log, in one word where that does. */
  label: (condition: Condition) => string
}

/**
 * Reads all conditions, round after round, until each is met or has failed.
 *
 * @throws OperationFailed with a sentence for each condition that failed; TimedOut
 */
export async function waitForAll(
  step: Step,
  conditions: readonly Condition[],
  { pollInterval, failFast = false }: Options,
): Promise<void> {
  const { clock } = step
  const waiting: Waiting = {
    step,
    failFast,
    start: clock.elapsed(),
    open: new Set(conditions),
    met: new Map(),
    lastMet: undefined,
    lastRead: new Map(),
    failures: [],
    isHopeless: false,
    slot: openSlots(clock),
    log: progressLog(clock),
    label: labelsOf(conditions),
  }
  try {
    const options = { maxPause: pollInterval, stillOpen: () => stillOpen(waiting) }
    await waitUntil(step, () => readRound(waiting), options)
  } catch (error) {
    if (waiting.failures.length === 0) throw error
    throw withMore(error, await whatIsSaid(waiting))
  }
  if (waiting.failures.length > 0) throw new OperationFailed(await whatIsSaid(waiting))
}

async function whatIsSaid({ failures }: Waiting): Promise<Parts> {
  const { partsOf } = await import('./failures.ts')
  return partsOf(failures)
}

async function readRound(waiting: Waiting): Promise<{ done: undefined } | { progress: number | undefined }> {
  const { open } = waiting
  let progress = await readOpen(waiting)
  for (let again = metBeforeTheLast(waiting); open.size === 0 && again.length > 0; again = tooOld(waiting)) {
    // Each must be true at the end, not once: a cluster that was RUNNING may have left that state again.
    for (const condition of again) {
      open.add(condition)
      waiting.met.delete(condition)
      waiting.lastRead.set(condition, `${waiting.lastRead.get(condition)} at the last read, which is too old`)
    }
    progress = await readOpen(waiting)
  }
  const over = isOver(waiting)
  // Why a cluster is gone may show in its job a moment later.
  if (over) await readOpen({ ...waiting, step: readingOnce(waiting.step) }).catch(ignoreTrouble)
  if (open.size === 0 || over) return { done: undefined }
  return { progress: progress.includes(undefined) ? undefined : Math.min(...(progress as number[])) }
}

/** Whatever else is waited for. */
function isOver({ failFast, failures, isHopeless }: Waiting): boolean {
  return (failFast && failures.length > 0) || isHopeless
}

/** All but the one that was met last, where that has just been read. */
function metBeforeTheLast(waiting: Waiting): Condition[] {
  const old = tooOld(waiting)
  return [...waiting.met.keys()].filter(condition => condition !== waiting.lastMet || old.includes(condition))
}

/** Milliseconds. Reading the others again may take long, when the service has trouble. */
const oldestLook = 30_000

function tooOld({ met, step }: Waiting): Condition[] {
  const now = step.clock.elapsed()
  return [...met].filter(([, readAt]) => now - readAt > oldestLook).map(([condition]) => condition)
}

const mostAtOnce = 4

/** Reads each open condition once, and gives the progress of those that are pending. */
async function readOpen(waiting: Waiting): Promise<(number | undefined)[]> {
  const { clock } = waiting.step
  const progress: (number | undefined)[] = []
  const isAlone = waiting.open.size === 1
  const left = [...waiting.open]
  while (left.length > 0) {
    const few = left.splice(0, mostAtOnce)
    for (const _ of few) await waiting.slot()
    const reads = few.map(condition => async (step: Step) => {
      const seen = await readOnce(condition, { ...waiting, step, isAlone })
      return { ...seen, condition, readAt: clock.elapsed() }
    })
    for await (const seen of inTurn(waiting.step, reads, { troubledLast: true })) {
      progress.push(...take(waiting, seen))
      if (isOver(waiting)) return progress
    }
  }
  return progress
}

interface Taken extends Seen {
  condition: Condition
  /** On the scale of `clock.elapsed()`. */
  readAt: number
}

/** @returns the progress of one that is pending */
function take(waiting: Waiting, { condition, status, isUnreadable, readAt }: Taken): (number | undefined)[] {
  const { inProgress } = waiting.step
  record(waiting, condition, status)
  if (status.state === 'pending') {
    // What this step made is recorded already; of what nobody could read nothing shows that it runs.
    if (status.hasEnded) inProgress.ended(condition.item)
    else if (!isUnreadable) inProgress.started(condition.item)
    return [status.progress]
  }
  waiting.open.delete(condition)
  if (status.state === 'met') waiting.lastMet = condition
  if (status.state === 'met' && condition.item.kind !== 'job') waiting.met.set(condition, readAt)
  // What was started goes on, readable or not; what is not there does not.
  if (!isUnreadable) inProgress.ended(condition.item)
  return []
}

function record(waiting: Waiting, condition: Condition, status: Status): void {
  const { step, lastRead, failures, log, label } = waiting
  const progress = status.state === 'pending' ? status.progress : undefined
  const percent = progress === undefined ? '' : `${Math.floor(progress)} %`
  lastRead.set(condition, [status.line, percent].filter(Boolean).join(', '))
  if (status.state === 'failed') failures.push({ condition, status })
  if (status.state === 'failed' && status.isHopeless) waiting.isHopeless = true
  if (status.state !== 'pending') condition.onEnd?.(status.state === 'failed' ? status : undefined)
  const tenth = progress === undefined ? '' : Math.floor(progress / 10)
  const isNew = log.isNew(condition.what, `${status.line} ${tenth}`)
  if (!isNew && !log.isDue()) return
  const reason = status.state === 'failed' && status.reason ? ` Reason: ${status.reason.text}.` : ''
  const line = `${label(condition)} ${status.line}${reason}`.trim()
  step.log([waitedFor(waiting), percent, line].filter(Boolean).join('  '))
}

/** A lone condition needs no name, one of its kind is named by that; ids would only be noise. */
function labelsOf(conditions: readonly Condition[]): (condition: Condition) => string {
  if (conditions.length === 1) return () => ''
  return ({ what, item: { kind } }) =>
    conditions.filter(({ item }) => item.kind === kind).length === 1 ? kind : what
}

function waitedFor({ step, start }: Waiting): string {
  return formatDuration(step.clock.elapsed() - start)
}

function stillOpen({ open, lastRead }: Waiting): string {
  const each = [...open].map(condition => `${condition.what} is ${lastRead.get(condition) ?? 'not read yet'}`)
  return each.join('; ')
}
