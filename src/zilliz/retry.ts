import type { Clock } from '../clock.ts'
import { formatDuration } from '../duration.ts'
import { type Parts, TimedOut, textOf } from '../errors.ts'
import { NoResponseError, timedOut } from './errors.ts'

/** What is retried, how long, and with which words. */
export interface RetryPolicy {
  /** Ends the sentence "Could not …". */
  tried: string
  clock: Pick<Clock, 'elapsed' | 'pause'>
  /** On the scale of `clock.elapsed()`. */
  deadline: number
  /** Milliseconds of nothing but throttling and faults that end a request; Infinity while the step waits. */
  maxDuration: number
  shouldRetry: (error: NoResponseError) => boolean
  /** Milliseconds of faults after which it ends as TimedOut, so that others are read; Infinity for none. */
  makeWayAfter: number
  /** Whether the service has responded to this step: a certificate was accepted then, and is a fault like any other. */
  hasResponded: () => boolean
  /** Shared by all requests that one limit is for. */
  load: Load
  /** Gets a line when the trouble changes, and at most one in half a minute otherwise. */
  log: (line: string) => void
}

/** What one request was told of the load holds for all. */
export interface Load {
  /** None is sent before that, on the scale of `clock.elapsed()`. */
  notBefore: number
  /** How often the service has asked for fewer requests. */
  times: number
}

/** A certificate that is not trusted does not become so by waiting. */
const mostTlsTries = 3
const firstPause = 500
const longestPause = 15_000
/** Left before the deadline for one last try. */
const lastTry = 1_000
/** Requests that were held back go out spread over that. */
const spread = 500
/** A timer may end a moment too early. */
const early = 10

/** So many times what the service asks for is believed to be enough. */
const believed = 8

/**
 * The pause before the next attempt: it doubles, with jitter. Where the service asks for a stay, it is never shorter than
 * that, and doubles only when that has not been enough again and again.
 *
 * @param attempts how many have failed before this one, from 0
 */
export function retryPause(attempts: number, retryAfter: number | undefined, random: number): number {
  const doublings = retryAfter === undefined ? attempts : Math.max(0, attempts - believed)
  const grown = Math.min(longestPause, firstPause * 2 ** Math.min(doublings, 10))
  return Math.max(grown * (0.5 + random / 2), retryAfter ?? 0)
}

/**
 * Tries until an attempt ends otherwise than with a NoResponseError that may be retried.
 *
 * @param failed a first attempt that was made already, and the moment before it, on the scale of `clock.elapsed()`
 * @throws NoResponseError as a whole sentence when `maxDuration` is over, TimedOut when the deadline comes first, and
 *   whatever else an attempt throws
 */
export async function retry<T>(
  attempt: () => Promise<T>,
  policy: RetryPolicy,
  failed?: { error: unknown; start: number },
): Promise<T> {
  const start = failed?.start ?? policy.clock.elapsed()
  const tries = { attempts: 0, start, logTrouble: troubleLog(policy) }
  if (failed !== undefined) await pauseAfter(failed.error, policy, tries)
  for (tries.attempts = failed === undefined ? 0 : 1; ; tries.attempts++) {
    await whileTooMany(policy, start)
    try {
      return await whileTooMany(policy, start).then(attempt)
    } catch (error) {
      await pauseAfter(error, policy, tries)
    }
  }
}

interface Tries {
  /** How many were made before the one that has failed. */
  attempts: number
  start: number
  logTrouble: (sentence: string) => void
}

/** @throws what ends the trying */
async function pauseAfter(error: unknown, policy: RetryPolicy, tries: Tries): Promise<void> {
  if (!(error instanceof NoResponseError) || error.isFinal) throw error
  const { clock, deadline } = policy
  const { attempts, start, logTrouble } = tries
  const now = clock.elapsed()
  const pause = retryPause(attempts, error.retryAfter, Math.random())
  if (error.trouble === 'load') noteLoad(policy, now + pause)
  const { parts } = error
  const what = `Could not ${policy.tried}: ${parts.what}.`
  if (!policy.shouldRetry(error)) throw final(error, { ...parts, what })
  const budget = policy.maxDuration - (now - start)
  // A stay that the service asks for is cut to what is left, for one last try.
  if (error.retryAfter === undefined ? pause > budget : budget <= 0) {
    const answer = withTries(parts.answer, triedFor(error, attempts, now - start))
    // A certificate that was accepted before is no matter of the settings.
    const next = (error.trouble === 'tls' ? undefined : parts.next) ?? whatToDo
    throw final(error, { ...parts, what, next, answer })
  }
  if (error.trouble === 'tls' && !policy.hasResponded() && attempts + 1 >= mostTlsTries) {
    const answer = withTries(parts.answer, `tried ${attempts + 1} times`)
    throw final(error, { ...parts, what, answer })
  }
  logTrouble(textOf({ what, answer: parts.answer }))
  const timeout = { ...parts, what: `${timedOut}${what}` }
  if (error.retryAfter === undefined && now - start >= policy.makeWayAfter) {
    throw new TimedOut(timeout, { cause: error })
  }
  const room = deadline - now - lastTry
  // Without earlier trouble it is only this attempt that the deadline cut short.
  if (room <= 0) throw new TimedOut(timeout, { cause: attempts === 0 ? undefined : error })
  // However long the service asks to stay away, one last try is left.
  await clock.pause(Math.min(pause, room, budget))
}

function noteLoad({ load }: RetryPolicy, until: number): void {
  load.times++
  load.notBefore = Math.max(load.notBefore, until)
}

/** Waits as another request was told to, inside the time of this one. What is looked at before a change comes after it. */
async function whileTooMany(
  { clock, deadline, maxDuration, load }: RetryPolicy,
  start: number,
): Promise<void> {
  const end = Math.min(deadline - lastTry, start + maxDuration)
  const notBefore = () => load.notBefore
  for (let now = clock.elapsed(); now < Math.min(notBefore() - early, end); now = clock.elapsed()) {
    await clock.pause(Math.min(notBefore() + Math.random() * spread, end) - now)
  }
}

const whatToDo = 'Look at the network and the status page of the service, then run the step again.'

function withTries(answer: string | undefined, tries: string): string {
  return answer === undefined ? tries : `${answer}, ${tries}`
}

function triedFor({ retryAfter }: NoResponseError, attempts: number, duration: number): string {
  const tries = attempts === 0 ? 'tried once' : `tried ${attempts + 1} times in ${formatDuration(duration)}`
  return retryAfter === undefined ? tries : `${tries}, asked to wait ${formatDuration(retryAfter)}`
}

/** Milliseconds between lines about the same trouble. */
const betweenLines = 30_000

function troubleLog({ clock, log }: RetryPolicy): (sentence: string) => void {
  let loggedAt = Number.NEGATIVE_INFINITY
  let logged = ''
  return sentence => {
    const now = clock.elapsed()
    // The id of a request is another one each time.
    const trouble = sentence.replace(/request id [^)]*/, '')
    if (trouble === logged && now - loggedAt < betweenLines) return
    log(`${sentence} Trying again.`)
    logged = trouble
    loggedAt = now
  }
}

function final(cause: NoResponseError, parts: Parts): NoResponseError {
  const { kind, retryAfter, trouble, partial } = cause
  return new NoResponseError(parts, { kind, retryAfter, trouble, partial, isFinal: true, cause })
}
