import type { DataOperationId } from './data-plane/operations.ts'
import type { OperationId } from './operations/all.ts'
import type { RequestRecord } from './requests.ts'

/** Something else happens before the service sees the request; nothing goes wrong with the response. */
interface EventFault {
  kind: 'meanwhile'
  /** For example `() => cloud.world.addCluster({ clusterName: 'pr-42' })`. */
  act: (request: RequestRecord) => void
}

/** What goes wrong with one response. Times are real milliseconds unless documented otherwise. */
export type Fault = WireFault | ReplacementFault | EditFault | EventFault

/** The connection itself fails. */
export type WireFault =
  /** The connection is reset (RST) before the response. */
  | { kind: 'reset' }
  /** The connection is closed (FIN) before the response. */
  | { kind: 'close' }
  /** Head and half of the body, then a reset. */
  | { kind: 'reset-in-body' }
  /** Nothing is ever sent. */
  | { kind: 'stall' }
  /** Head and half of the body, then nothing. */
  | { kind: 'stall-in-body' }
  /** The service's own response, `bytes` (default 1) at a time, every `everyMs` (default 20). */
  | { kind: 'drip'; bytes?: number; everyMs?: number }
  /** The service's own response, whole, after `ms`. */
  | { kind: 'late'; ms: number }
  /** The service's own response, a byte in a second: too slowly to arrive. */
  | { kind: 'trickle' }
  /** `content-length` is `missing` (default 64) bytes larger than the body, then the connection is closed. */
  | { kind: 'cut'; missing?: number }
  /** A JSON body of that size, streamed; `announced` sends its content-length (default: chunked encoding). */
  | { kind: 'huge'; megabytes: number; announced?: boolean }
  /** The service's own response; then the port is closed for `ms`, so that new connections are refused. */
  | { kind: 'refuse'; ms: number }

/** Something else is sent instead of the service's own response. */
export type ReplacementFault =
  /** No body at all; status default 200. */
  | { kind: 'empty'; status?: number }
  /** A web page; status default 200. */
  | { kind: 'html'; status?: number }
  /** Incomplete JSON, or any `text`; status default 200. */
  | { kind: 'invalid-json'; status?: number; text?: string }
  /** Any response; an object as `body` is sent as JSON. */
  | { kind: 'response'; status: number; headers?: Record<string, string>; body?: string | Buffer | object }
  /**
   * A response of the gateway, JSON without `code`. `retryAfter`: seconds; `retryAfterDate`: world seconds, sent as
   * an HTTP date; `rateLimitReset`: seconds in the header RateLimit-Reset.
   */
  | {
      kind: 'gateway'
      status: 408 | 425 | 429 | 500 | 502 | 503 | 504 | number
      message?: string
      retryAfter?: number | string
      retryAfterDate?: number
      rateLimitReset?: number
    }
  /**
   * An envelope of the service with any HTTP status and any code: a number, a number or a word as text, null, or none
   * (U3, U4). With `applied`, a refusal of what was carried out.
   */
  | { kind: 'envelope'; status: number; code?: number | string | null; message?: string; data?: unknown }
  /** To another origin (default: a second listener of the simulator, which records its requests in `elsewhere`). */
  | { kind: 'redirect'; status: 301 | 302 | 303 | 307 | 308; to?: string }
  /** An error whose message repeats the Authorization header; status default 401, code default 80001. */
  | { kind: 'echo-authorization'; status?: number; code?: number }

/** The service's own response, altered. The service always performs the request. */
export type EditFault =
  /** `code` becomes a string. */
  | { kind: 'code-as-text' }
  /** `data` becomes null. */
  | { kind: 'data-null' }
  /** Every `backupId`, `clusterId`, `jobId` and `projectId` is omitted, or only those in `ids`. */
  | { kind: 'without-ids'; ids?: readonly string[] }
  /** Texts that other users can choose (messages, reasons, names, descriptions) are replaced. */
  | { kind: 'hostile'; text: string | ((original: string) => string) }
  /** A list without the entry with that id, or without its newest one, as if it did not exist (U8). */
  | { kind: 'without-entry'; id?: string }
  /** The parsed response is passed through `edit`. */
  // biome-ignore lint/suspicious/noExplicitAny: a test edits JSON of any shape
  | { kind: 'edit'; edit: (response: any) => unknown }

export interface FaultRule {
  /** The operation it applies to; `*` for all requests, those of data planes and unknown paths included. */
  operation: OperationId | DataOperationId | '*'
  /** Number of matching requests that pass first; default 0. */
  skip?: number
  /** Number of requests it hits; default 1, Infinity for all. */
  times?: number
  /** Whether the service performs the request before a fault that does not send its own response; default false. */
  applied?: boolean
  /** Further condition; only requests that satisfy it count. */
  when?: (request: RequestRecord) => boolean
  fault: Fault
}

export interface Faults {
  /** Rules are checked in the order of injection; the first that applies is hit. `meanwhile` leaves room for one more. */
  inject(rule: FaultRule): void
  /** Removes all rules. */
  clear(): void
  /** Rules that were not hit often enough yet, except those with infinite `times`. A test asserts `[]`. */
  pending(): FaultRule[]
}

/** A rule whose fault changes the response. */
export type ResponseRule = FaultRule & { fault: Exclude<Fault, EventFault> }

export interface FaultRegistry extends Faults {
  /** The fault for the response to a request that has just arrived; counts the hit. What happens meanwhile happens here. */
  take(request: RequestRecord): ResponseRule | undefined
}

export function createFaultRegistry(): FaultRegistry {
  let injected: Entry[] = []
  return {
    inject(rule) {
      injected.push({ rule, skip: rule.skip ?? 0, times: rule.times ?? 1 })
    },
    clear() {
      injected = []
    },
    pending() {
      return injected
        .filter(entry => entry.times > 0 && Number.isFinite(entry.times))
        .map(entry => entry.rule)
    },
    take(request) {
      for (const entry of injected) {
        if (!isDue(entry, request)) continue
        const { fault } = entry.rule
        request.fault = fault.kind
        if (fault.kind !== 'meanwhile') return { ...entry.rule, fault }
        fault.act(request)
      }
      return undefined
    },
  }
}

interface Entry {
  rule: FaultRule
  /** Requests that still pass. */
  skip: number
  /** Requests that it still hits. */
  times: number
}

/** Whether the rule hits this request; counts it. */
function isDue(entry: Entry, request: RequestRecord): boolean {
  const { operation, when } = entry.rule
  const matches = operation === '*' || operation === request.operationId
  if (!matches || entry.times <= 0 || when?.(request) === false) return false
  const passes = entry.skip > 0
  if (passes) entry.skip--
  else entry.times--
  return !passes
}
