/** What a step waits for. */
import type { Parts } from '../errors.ts'
import type { Item } from '../in-progress.ts'
import type { Step } from '../step.ts'
import type { ApiError } from '../zilliz/errors.ts'

/** What one read of a condition showed; `line` without the progress. */
export type Status =
  /** `hasEnded`: nothing shows that it still runs. */
  | { state: 'pending'; line: string; progress?: number | undefined; hasEnded?: boolean }
  | { state: 'met'; line: string }
  | Failed

export interface Failed {
  state: 'failed'
  line: string
  /** The words of the service. */
  reason?: { text: string; whole?: string | undefined }
  /** What to do first. */
  next?: string
  /** Of one that cannot be read: what is said instead. */
  refusal?: Parts
  /** The step ends at once, whatever else it waits for. */
  isHopeless?: boolean
}

export interface Condition {
  /** For sentences, such as `job job-…`. */
  what: string
  item: Item
  read: (step: Step) => Promise<Status>
  /** Milliseconds for which "not found" means "not readable yet" (U8). */
  notFoundGrace: number
  /** Says more than the refusal, where what is waited for does not exist. */
  onNotFound?: (refused: ApiError) => Promise<Error>
  /** Hears that it is met or that it has failed. */
  onEnd?: (failure: Failed | undefined) => void
}

/** In milliseconds. `created`: what this step made itself; `given`: a job of an earlier step, in `wait`. */
export const notFoundGrace = { created: 60_000, given: 15_000, none: 0 } as const
