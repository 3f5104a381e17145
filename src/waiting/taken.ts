/** What a read of a condition changes: what is still waited for, what goes on, and the log. */
import { formatDuration } from '../duration.ts'
import type { Step } from '../step.ts'
import type { Condition, Status } from './conditions.ts'
import type { Failure } from './failures.ts'
import type { progressLog } from './poll.ts'
import type { Seen } from './unreadable.ts'

/** How far the waiting is. */
export interface Waiting {
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
  /** How often the service had asked for fewer requests by the end of the last round. */
  throttled: number
  log: ReturnType<typeof progressLog>
  /** Names a condition in a line of the log, in one word where that does. */
  label: (condition: Condition) => string
}

interface Taken extends Seen {
  condition: Condition
  /** On the scale of `clock.elapsed()`. */
  readAt: number
}

/** @returns the progress of one that is pending */
export function take(
  waiting: Waiting,
  { condition, status, isUnreadable, readAt }: Taken,
): (number | undefined)[] {
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
export function labelsOf(conditions: readonly Condition[]): (condition: Condition) => string {
  if (conditions.length === 1) return () => ''
  return ({ what, item: { kind } }) =>
    conditions.filter(({ item }) => item.kind === kind).length === 1 ? kind : what
}

function waitedFor({ step, start }: Waiting): string {
  return formatDuration(step.clock.elapsed() - start)
}

export function stillOpen({ open, lastRead }: Waiting): string {
  const each = [...open].map(condition => `${condition.what} is ${lastRead.get(condition) ?? 'not read yet'}`)
  return each.join('; ')
}
