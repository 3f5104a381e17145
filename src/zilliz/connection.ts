/** Sending requests to the service: what is retried, what is sent once, and what ends at the deadline. */
import type { Clock } from '../clock.ts'
import { version } from '../contract.ts'
import { Cancelled, TimedOut } from '../errors.ts'
import { ApiError, NoResponseError } from './errors.ts'
import { allowedToFinish } from './in-flight.ts'
import type { Kept } from './kept.ts'
import type { Party } from './party.ts'
import { patiently } from './patiently.ts'
import type { Change, Query } from './requests.ts'
import { type Expected, readResponse } from './response.ts'
import type { Load, RetryPolicy } from './retry.ts'
import { noteServiceTime, serviceTime } from './service-time.ts'
import { sendRequest } from './transport.ts'

/** One exchange, its body included, ends within this. */
const requestTimeout = 30_000
/** That much of nothing but throttling and faults ends a request. */
const maxRetryTime = 120_000
/** How to reach the service, and for how long to try. */
export interface Connection {
  baseUrl: string
  apiKey: string
  clock: Clock
  /** On the scale of `clock.elapsed()`. */
  deadline: number
  stop: AbortSignal
  log: (line: string) => void
  /** Faults are waited out to the deadline instead of for two minutes: the step waits anyway. */
  retryUntilDeadline?: boolean
  /** Milliseconds of faults after which a read makes way for others; a stay that the service asks for is kept. */
  makeWayAfter?: number
  /** Nothing is retried. */
  triesOnce?: boolean
  /** What the responses of the service have shown, shared by all that this step asks. */
  session: Session
  /** Absent: the control plane. */
  party?: Party | undefined
}

export interface Session {
  hasResponded: boolean
  /** How many requests went out that change something, but for those that provably changed nothing. */
  changes: number
  /** Milliseconds by which the service's clock is ahead of the runner's, by the `Date` header of its last response. */
  clockDifference?: number | undefined
  /** The connections of its reads. */
  kept: Kept
  load: Load
}

export function openSession(): Session {
  return { hasResponded: false, changes: 0, kept: {}, load: { notBefore: 0, times: 0 } }
}

/** What is done around each time a change is sent. */
interface SendHooks {
  /** Right before; it throws where the change must not be sent any more. */
  before?: () => void | Promise<void>
  /** The request provably never arrived, or was throttled: it has done nothing. */
  afterNothing?: () => void
}

export function retryingUntilDeadline(connection: Connection): Connection {
  return { ...connection, retryUntilDeadline: true }
}

/** Retried on throttling and faults. */
export function read<T>(
  to: Connection,
  { path, body, endsOnTimeout = false, ...expected }: Query<T>,
): Promise<T> {
  const method = body === undefined ? 'GET' : 'POST'
  return sendRetrying(to, { method, path, body, endsOnTimeout }, { right: 'read', ...expected })
}

/**
 * Sends a change. A DELETE is retried on throttling and faults, since its goal can be read back (F93). A POST makes
 * something: it is sent again only when it provably never arrived, or was throttled.
 *
 * @param hooks an old look must not decide what cannot be undone, and what a POST may have made is no older than its
 *   last attempt
 * @throws NoResponseError, of kind `lost` where a POST may have been carried out
 */
export function send<T>(to: Connection, change: Change<T>, hooks: SendHooks = {}): Promise<T> {
  const { method, path, body, ...expected } = change
  const { tried } = expected
  if (method === 'DELETE') return sendRetrying(to, { method, path, hooks }, expected)
  const attempt = async () => {
    await hooks.before?.()
    return counted(to, hooks, () =>
      allowedToFinish(to.stop, tried, stop => {
        const limits = { timeout: requestTimeout, stop }
        return sendOnce(to, { method, path, body }, { ...expected, ...limits })
      }),
    )
  }
  const shouldRetry = (error: NoResponseError) => error.kind !== 'lost'
  return patiently(attempt, { ...retryPolicy(to, tried), maxDuration: maxRetryTime, shouldRetry })
}

/** It was refused, throttled, or never arrived. */
function didNothing(error: unknown): boolean {
  return error instanceof ApiError || (error instanceof NoResponseError && error.kind !== 'lost')
}

/** Sends a change, which counts unless it provably changed nothing. */
async function counted<T>({ session }: Connection, hooks: SendHooks, sendIt: () => Promise<T>): Promise<T> {
  session.changes++
  try {
    return await sendIt()
  } catch (error) {
    if (didNothing(error)) session.changes--
    if (error instanceof NoResponseError && didNothing(error)) hooks.afterNothing?.()
    throw error
  }
}

interface Request {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  body?: unknown
}

/** @param hooks absent: nothing is changed */
function sendRetrying<T>(
  to: Connection,
  { hooks, endsOnTimeout = false, ...request }: Request & { hooks?: SendHooks; endsOnTimeout?: boolean },
  expected: Expected<T>,
): Promise<T> {
  const attempt = async () => {
    await hooks?.before?.()
    const left = to.deadline - to.clock.elapsed()
    const limits = { timeout: Math.min(requestTimeout, left), stop: to.stop }
    const isRead = hooks === undefined
    const sendIt = () => sendOnce(to, request, { ...expected, ...limits, isRead })
    try {
      return await (hooks === undefined ? sendIt() : counted(to, hooks, sendIt))
    } catch (error) {
      const cutShort = left < requestTimeout && to.clock.elapsed() >= to.deadline - 50
      // Not trouble of the service: the step's own timeout ended this request.
      if (error instanceof NoResponseError && cutShort) throw timedOut(expected.tried)
      throw error
    }
  }
  const policy = retryPolicy(to, expected.tried)
  const isOver = (error: NoResponseError) => endsOnTimeout && error.trouble === 'timeout'
  return patiently(attempt, { ...policy, shouldRetry: error => policy.shouldRetry(error) && !isOver(error) })
}

async function sendOnce<T>(
  to: Connection,
  { path, ...request }: Request,
  {
    timeout,
    stop,
    isRead,
    ...expected
  }: Expected<T> & { timeout: number; stop: AbortSignal; isRead?: boolean },
): Promise<T> {
  if (to.stop.aborted) throw new Cancelled()
  if (to.clock.elapsed() >= to.deadline) throw timedOut(expected.tried)
  const response = await sendRequest({
    ...request,
    url: `${to.baseUrl}${path}`,
    apiKey: to.apiKey,
    userAgent: `zilliz-cloud-backup-restore/${version}`,
    timeout,
    elapsed: to.clock.elapsed,
    stop,
    party: to.party,
    kept: to.session.kept,
    isRead,
  })
  to.session.hasResponded = true
  noteServiceTime(to, response.headers.date, response.receivedAt)
  return readResponse(response, expected, {
    baseUrl: to.baseUrl,
    now: serviceTime(to).now,
    party: to.party,
  })
}

function retryPolicy(to: Connection, tried: string): RetryPolicy {
  return {
    tried,
    clock: to.clock,
    deadline: to.deadline,
    maxDuration: to.retryUntilDeadline ? Number.POSITIVE_INFINITY : maxRetryTime,
    shouldRetry: () => to.triesOnce !== true,
    makeWayAfter: to.makeWayAfter ?? Number.POSITIVE_INFINITY,
    hasResponded: () => to.session.hasResponded,
    load: to.session.load,
    log: to.log,
  }
}

function timedOut(tried: string): TimedOut {
  return new TimedOut(`Could not ${tried}: the step timed out.`)
}
