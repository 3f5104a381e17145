/** Sending requests to the service: what is retried, what is sent once, and what ends at the deadline. */
import type { Clock } from '../clock.ts'
import { version } from '../contract.ts'
import { Cancelled, TimedOut } from '../errors.ts'
import type { Page } from './decode.ts'
import { NoResponseError } from './errors.ts'
import { type Expected, readResponse } from './response.ts'
import { type RetryPolicy, retry } from './retry.ts'
import { sendRequest } from './transport.ts'

/** One exchange, its body included, ends within this. */
const requestTimeout = 30_000
/** That much of nothing but throttling and faults ends a request. */
const maxRetryTime = 120_000
/** A POST in flight when the step is cancelled is allowed to finish for that long: its response cannot be had again. */
const cancelGracePeriod = 1_200
const largestPage = 100

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
}

/** A POST or a DELETE as a value: what a dry run shows is what a real run sends. */
export interface Change<T> {
  method: 'POST' | 'DELETE'
  path: string
  body?: unknown
  /** Ends the sentence "Could not …". */
  tried: string
  decode: (data: unknown) => T
}

/** A GET as a value. */
export interface Query<T> {
  path: string
  /** Ends the sentence "Could not …". */
  tried: string
  decode: (data: unknown) => T
  /** Bodies without envelope that the documentation shows for it. */
  bare?: (json: unknown) => boolean
}

/** Every part is encoded, so that none can change the path. */
export function pathOf(...parts: string[]): string {
  return `/v2/${parts.map(encodeURIComponent).join('/')}`
}

export function retryingUntilDeadline(connection: Connection): Connection {
  return { ...connection, retryUntilDeadline: true }
}

/** Retried on throttling and faults. */
export function read<T>(to: Connection, { path, ...expected }: Query<T>): Promise<T> {
  return sendRetrying(to, { method: 'GET', path }, { ...expected, start: false })
}

/** Every page of a list: whole, or an error. */
export async function readPages<T>(
  to: Connection,
  list: Query<Page<T>> & { query: Record<string, string>; id: (item: T) => string },
): Promise<T[]> {
  const { id, query, path, ...expected } = list
  const found = new Map<string, T>()
  // Neither `count` nor the order of a list is to be trusted (U17): a page that is not full, or that
  // brings nothing new, is the last one.
  for (let page = 1; ; page++) {
    const parameters = new URLSearchParams({ ...query, pageSize: `${largestPage}`, currentPage: `${page}` })
    const { items, pageSize } = await read(to, { path: `${path}?${parameters}`, ...expected })
    const before = found.size
    for (const item of items) found.set(id(item), item)
    const full = Math.min(pageSize ?? largestPage, largestPage)
    if (items.length < full || found.size === before) return [...found.values()]
  }
}

/**
 * Sends a change. A DELETE is retried on throttling and faults, since its goal can be read back (F93). A POST makes
 * something: it is sent again only when it provably never arrived, or was throttled.
 *
 * @throws NoResponseError, of kind `lost` where a POST may have been carried out
 */
export function send<T>(to: Connection, change: Change<T>): Promise<T> {
  const { method, path, body, tried, decode } = change
  if (method === 'DELETE') return sendRetrying(to, { method, path }, { tried, decode, start: false })
  const attempt = () =>
    allowedToFinish(to, tried, stop => {
      const limits = { timeout: requestTimeout, stop }
      return sendOnce(to, { method, path, body }, { tried, decode, start: true, ...limits })
    })
  const shouldRetry = (error: NoResponseError) => error.kind !== 'lost'
  return retry(attempt, { ...retryPolicy(to, tried), maxDuration: maxRetryTime, shouldRetry })
}

/** Lets a request end by itself for a moment after the step was cancelled. */
async function allowedToFinish<T>(
  to: Connection,
  tried: string,
  attempt: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const stopped = () => {
    const lost = `The step was cancelled before the response came: the request to ${tried} may have been carried out.`
    timer = setTimeout(() => abort.abort(new Cancelled(lost, { inFlight: true })), cancelGracePeriod)
  }
  to.stop.addEventListener('abort', stopped, { once: true })
  try {
    return await attempt(abort.signal)
  } finally {
    clearTimeout(timer)
    to.stop.removeEventListener('abort', stopped)
  }
}

interface Request {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  body?: unknown
}

function sendRetrying<T>(to: Connection, request: Request, expected: Expected<T>): Promise<T> {
  const attempt = async () => {
    const left = to.deadline - to.clock.elapsed()
    try {
      const limits = { timeout: Math.min(requestTimeout, left), stop: to.stop }
      return await sendOnce(to, request, { ...expected, ...limits })
    } catch (error) {
      const cutShort = left < requestTimeout && to.clock.elapsed() >= to.deadline - 50
      // Not trouble of the service: the step's own timeout ended this request.
      if (error instanceof NoResponseError && cutShort) throw timedOut(expected.tried)
      throw error
    }
  }
  return retry(attempt, retryPolicy(to, expected.tried))
}

async function sendOnce<T>(
  to: Connection,
  { path, ...request }: Request,
  { timeout, stop, ...expected }: Expected<T> & { timeout: number; stop: AbortSignal },
): Promise<T> {
  if (to.stop.aborted) throw new Cancelled()
  if (to.clock.elapsed() >= to.deadline) throw timedOut(expected.tried)
  const response = await sendRequest({
    ...request,
    url: `${to.baseUrl}${path}`,
    apiKey: to.apiKey,
    userAgent: `zilliz-cloud-backup-restore/${version}`,
    timeout,
    stop,
  })
  return readResponse(response, expected, to.clock.now())
}

function retryPolicy(to: Connection, tried: string): RetryPolicy {
  return {
    tried,
    clock: to.clock,
    deadline: to.deadline,
    maxDuration: to.retryUntilDeadline ? Number.POSITIVE_INFINITY : maxRetryTime,
    shouldRetry: () => true,
    log: to.log,
  }
}

function timedOut(tried: string): TimedOut {
  return new TimedOut(`Could not ${tried}: the step timed out.`)
}
