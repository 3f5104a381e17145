/** Waiting for several conditions at once, and logging what is read. */
import { OperationFailed, type Parts, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import type { Condition } from './conditions.ts'
import { inTurn } from './in-turn.ts'
import { type Poll, progressLog, waitUntil } from './poll.ts'
import { ignoreTrouble, readingOnce, readOnce } from './read-once.ts'
import { openSlots } from './slots.ts'
import { labelsOf, stillOpen, take, type Waiting } from './taken.ts'

interface Options {
  /** Milliseconds. */
  pollInterval: number
  /** The first condition that fails ends the wait for all. */
  failFast?: boolean
  /** The step has just started it: under load it is not looked at before it can have come far. */
  isNew?: boolean
}

/**
 * Reads all conditions, round after round, until each is met or has failed.
 *
 * @throws OperationFailed with a sentence for each condition that failed; TimedOut
 */
export async function waitForAll(
  step: Step,
  conditions: readonly Condition[],
  { pollInterval, failFast = false, isNew = false }: Options,
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
    throttled: 0,
    log: progressLog(clock),
    label: labelsOf(conditions),
  }
  try {
    const isThrottled = step.cloud.session.load.times > 0
    const known = isNew && isThrottled ? { progress: 0, isThrottled } : undefined
    const options = { maxPause: pollInterval, stillOpen: () => stillOpen(waiting), known }
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

async function readRound(waiting: Waiting): Promise<Poll<undefined>> {
  const { open, step } = waiting
  const { load } = step.cloud.session
  // Before the first round: of what the step has sent until then.
  const throttledBefore = waiting.throttled
  let progress = await readSome(waiting)
  for (let again = metBeforeTheLast(waiting); open.size === 0 && again.length > 0; again = tooOld(waiting)) {
    // Each must be true at the end, not once: a cluster that was RUNNING may have left that state again.
    for (const condition of again) {
      open.add(condition)
      waiting.met.delete(condition)
      waiting.lastRead.set(condition, `${waiting.lastRead.get(condition)} at the last read, which is too old`)
    }
    progress = await readOpen(waiting, [...open])
  }
  const over = isOver(waiting)
  // Why a cluster is gone may show in its job a moment later.
  if (over) await readOpen({ ...waiting, step: readingOnce(waiting.step) }, [...open]).catch(ignoreTrouble)
  if (open.size === 0 || over) return { done: undefined }
  const least = progress.includes(undefined) ? undefined : Math.min(...(progress as number[]))
  waiting.throttled = load.times
  return { progress: least, isThrottled: load.times > throttledBefore }
}

const mostFirst = 15
const mostInPart = 18

/**
 * Of many, a round reads those that began first, and a few of the others in turn: all of them would take longer than a
 * short job. Where the first have all ended, the next ones may have too.
 */
async function readSome(waiting: Waiting): Promise<(number | undefined)[]> {
  const { open } = waiting
  const left = [...open]
  const progress: (number | undefined)[] = []
  for (let first = mostFirst; left.length > 0; first = mostInPart) {
    const part = left.splice(0, mostInPart)
    progress.push(...(await readOpen(waiting, part)))
    // What was read in turn, and is pending, is read again after the others.
    const others = left.length > 0 ? part.slice(first).filter(read => open.has(read)) : []
    for (const read of others) {
      open.delete(read)
      open.add(read)
    }
    if (isOver(waiting) || part.slice(0, first).some(condition => open.has(condition))) break
  }
  return progress
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

/** Reads open conditions once each, and gives the progress of those that are pending. */
async function readOpen(waiting: Waiting, conditions: readonly Condition[]): Promise<(number | undefined)[]> {
  const { clock } = waiting.step
  const progress: (number | undefined)[] = []
  const isAlone = waiting.open.size === 1
  const left = [...conditions]
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
