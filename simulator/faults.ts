import type { OperationId } from './operations/all.ts'
import type { RequestRecord } from './requests.ts'

/** What goes wrong on the way of one answer. Times are real milliseconds unless they say otherwise. */
export type Fault = WireFault | InsteadFault | EditFault

/** The connection itself fails. */
export type WireFault =
  /** The connection is reset (RST) before anything is answered. */
  | { kind: 'reset' }
  /** The connection is closed (FIN) before anything is answered. */
  | { kind: 'close' }
  /** Head and half of the body, then a reset. */
  | { kind: 'reset-in-body' }
  /** Nothing is ever answered. */
  | { kind: 'stall' }
  /** Head and half of the body, then silence. */
  | { kind: 'stall-in-body' }
  /** The true answer, `bytes` (default 1) at a time, `everyMs` (default 20) apart. */
  | { kind: 'drip'; bytes?: number; everyMs?: number }
  /** `content-length` promises `missing` (default 64) bytes more than are sent, then the connection is closed. */
  | { kind: 'cut'; missing?: number }
  /** A JSON body of that size, streamed; `announced` sends its content-length (default: chunked). */
  | { kind: 'huge'; megabytes: number; announced?: boolean }
  /** The true answer; then the port is closed for `ms`, so that every new connection is refused. */
  | { kind: 'refuse'; ms: number }

/** Something else is answered. */
export type InsteadFault =
  /** No body at all; status default 200. */
  | { kind: 'empty'; status?: number }
  /** A web page; status default 200. */
  | { kind: 'html'; status?: number }
  /** Something that begins like JSON; status default 200. */
  | { kind: 'invalid-json'; status?: number; text?: string }
  /** Anything: an object as `body` is sent as JSON. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string | Buffer | object }
  /**
   * The gateway's own answer, JSON without `code`. `retryAfter`: seconds, or with `retryAfterDate` an HTTP date
   * that many world seconds ahead; `rateLimitReset`: seconds in the header RateLimit-Reset.
   */
  | {
      kind: 'gateway'
      status: 408 | 425 | 429 | 500 | 502 | 503 | 504 | number
      message?: string
      retryAfter?: number | string
      retryAfterDate?: number
      rateLimitReset?: number
    }
  /** The service's error envelope with any status, 5xx for example. */
  | { kind: 'envelope'; status: number; code: number | string; message?: string }
  /** Away to another origin (default: a listener of the simulator's own that notes every visit in `elsewhere`). */
  | { kind: 'redirect'; status: 301 | 302 | 303 | 307 | 308; to?: string }
  /** A refusal whose message repeats the Authorization header; status default 401, code default 80001. */
  | { kind: 'echo-authorization'; status?: number; code?: number }

/** The true answer, altered. The service always performs the request. */
export type EditFault =
  /** `code` becomes text. */
  | { kind: 'code-as-text' }
  /** `data` becomes null. */
  | { kind: 'data-null' }
  /** Every `backupId`, `clusterId`, `jobId` and `projectId` is left out, or only those named. */
  | { kind: 'without-ids'; ids?: readonly string[] }
  /** Texts that others can choose (messages, reasons, names, descriptions) are replaced. */
  | { kind: 'hostile'; text: string | ((original: string) => string) }
  /** The parsed answer is passed through `edit`. */
  // biome-ignore lint/suspicious/noExplicitAny: a test edits JSON of any shape
  | { kind: 'edit'; edit: (answer: any) => unknown }

export interface FaultRule {
  /** The operation it is laid for; `*` for all, unknown paths included. */
  operation: OperationId | '*'
  /** Requests that pass first; default 0. */
  skip?: number
  /** Requests that meet it; default 1, Infinity for all. */
  times?: number
  /** Whether the service performs the request before a fault that is not about the true answer; default false. */
  applied?: boolean
  /** Narrows it down further; only requests that fit count. */
  when?: (request: RequestRecord) => boolean
  fault: Fault
}

export interface Faults {
  /** Rules are asked in the order they were laid; the first that is due is met. */
  inject(rule: FaultRule): void
  /** Takes all back. */
  clear(): void
  /** Laid rules that are still to be met, those for all requests left out. A test asserts `[]`. */
  pending(): FaultRule[]
}

export interface FaultBook extends Faults {
  /** The fault for a request that has just come; counts it. */
  take(request: RequestRecord): FaultRule | undefined
}

export function createFaultBook(): FaultBook {
  let injected: { rule: FaultRule; skip: number; times: number }[] = []
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
        const { operation, when } = entry.rule
        const fits = operation === '*' || operation === request.operationId
        if (!fits || entry.times <= 0 || when?.(request) === false) continue
        if (entry.skip > 0) {
          entry.skip--
          continue
        }
        entry.times--
        return entry.rule
      }
      return undefined
    },
  }
}
