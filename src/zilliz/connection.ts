import { version } from '../contract.ts'
import { Cancelled, type Clock, TimedOut } from '../waiting/poll.ts'
import type { Page } from './decode.ts'
import { NoResponseError } from './errors.ts'
import { type Expected, readResponse } from './response.ts'
import { retry } from './retry.ts'
import { type HttpRequest, sendRequest } from './transport.ts'

/** One exchange, its body included, ends within this. */
const requestTimeout = 30_000
/** That much of nothing but load and faults ends a request. */
const maxRetryTime = 120_000
/** A start on its way when the step is cancelled is heard out that long: its answer cannot be had again. */
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

export function retryingUntilDeadline(connection: Connection): Connection {
  return { ...connection, retryUntilDeadline: true }
}

type ReadReading<T> = Omit<Expected<T>, 'start'>

/** A GET: repeated on load and faults. */
export function read<T>(to: Connection, path: string, expected: ReadReading<T>): Promise<T> {
  return ask(to, { method: 'GET', path }, { ...expected, start: false })
}

/** Every page of a list: whole, or an error. */
export async function readPages<T>(
  to: Connection,
  tried: string,
  path: string,
  query: Record<string, string>,
  expected: {
    decode: (data: unknown) => Page<T>
    bare?: (json: unknown) => boolean
    id: (item: T) => string
  },
): Promise<T[]> {
  const { id, ...rest } = expected
  const found = new Map<string, T>()
  // Neither `count` nor the order of a list is to be trusted (U17): a page that is not full, or that
  // brings nothing new, is the last one.
  for (let page = 1; ; page++) {
    const asked = new URLSearchParams({ ...query, pageSize: `${largestPage}`, currentPage: `${page}` })
    const { items, pageSize } = await read(to, `${path}?${asked}`, { tried, ...rest })
    const before = found.size
    for (const item of items) found.set(id(item), item)
    const full = Math.min(pageSize ?? largestPage, largestPage)
    if (items.length < full || found.size === before) return [...found.values()]
  }
}

/** A DELETE: repeated on load and faults, since its goal can be read back (F93). */
export function remove(to: Connection, tried: string, path: string): Promise<void> {
  const expected = { tried, start: false, decode: () => undefined }
  return ask(to, { method: 'DELETE', path }, expected)
}

/** A read or a deletion: repeated on load and faults. */
function ask<T>(
  to: Connection,
  request: { method: 'GET' | 'DELETE'; path: string },
  expected: Expected<T>,
): Promise<T> {
  const attempt = async () => {
    const left = to.deadline - to.clock.elapsed()
    try {
      return await sendOnce(to, request, expected, Math.min(requestTimeout, left), to.stop)
    } catch (error) {
      const cutShort = left < requestTimeout && to.clock.elapsed() >= to.deadline - 50
      // Not trouble of the service: the step's own time ended this look.
      if (error instanceof NoResponseError && cutShort) throw timedOut(expected.tried)
      throw error
    }
  }
  return retry(expected.tried, attempt, () => true, retryPolicy(to), timeoutError)
}

/** A start: sent again only when it provably never arrived, or was met by load. */
export async function start<T>(
  to: Connection,
  tried: string,
  path: string,
  body: unknown,
  decode: (data: unknown) => T,
): Promise<T> {
  const attempt = async () => {
    const patient = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const stopped = () => {
      const lost = `The step was cancelled before the answer came: the request to ${tried} may have been carried out.`
      timer = setTimeout(() => patient.abort(new Cancelled(lost, true)), cancelGracePeriod)
    }
    to.stop.addEventListener('abort', stopped, { once: true })
    try {
      return await sendOnce(
        to,
        { method: 'POST', path, body },
        { tried, start: true, decode },
        requestTimeout,
        patient.signal,
      )
    } finally {
      clearTimeout(timer)
      to.stop.removeEventListener('abort', stopped)
    }
  }
  const again = (error: NoResponseError) => error.kind === 'load' || !error.arrived
  return retry(tried, attempt, again, { ...retryPolicy(to), maxDuration: maxRetryTime }, timeoutError)
}

async function sendOnce<T>(
  to: Connection,
  request: Pick<HttpRequest, 'method' | 'body'> & { path: string },
  expected: Expected<T>,
  timeout: number,
  stop: AbortSignal,
): Promise<T> {
  if (to.stop.aborted) throw new Cancelled()
  if (to.clock.elapsed() >= to.deadline) throw timedOut(expected.tried)
  const { path, ...rest } = request
  const order: HttpRequest = {
    ...rest,
    url: `${to.baseUrl}${path}`,
    apiKey: to.apiKey,
    userAgent: `zilliz-cloud-backup-restore/${version}`,
    timeout: timeout,
    stop,
  }
  return readResponse(await sendRequest(order), expected, to.clock.now())
}

function retryPolicy(to: Connection) {
  const maxDuration = to.retryUntilDeadline ? Number.POSITIVE_INFINITY : maxRetryTime
  return { clock: to.clock, deadline: to.deadline, maxDuration, log: to.log }
}

function timeoutError(sentence: string, cause: NoResponseError | undefined): TimedOut {
  return new TimedOut(`${sentence}.`, { cause })
}

function timedOut(tried: string): TimedOut {
  return new TimedOut(`Could not ${tried}: the time is over.`)
}
