/** What became of each collection that a step restores: the output `collections`, and the sentences of failures. */
import { type Reason, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import type { Part, RestoreState } from './parts.ts'
import { openStopwatch, restoreTable } from './restore-table.ts'

export interface Restores {
  readonly parts: readonly Part[]
  set(index: number, state: RestoreState): void
  started(): { index: number; jobId: string; what: string }[]
  /** The names of those of which that is known. */
  named(status: RestoreState['status']): string[]
  /** Of each part that failed, was refused, or may not have been started. */
  failures(): Reason[]
  /** What to do first about what was refused, or was not sent. */
  next(): string | undefined
  /** An error that says the failures so far as well. */
  withFailures(error: unknown): unknown
  publishAll(): void
}

const mostPublishedEach = 100

export function openRestores(step: Step, parts: readonly Part[]): Restores {
  const states: RestoreState[] = parts.map(() => ({ status: 'not-started' }))
  const times = parts.map(() => openStopwatch(step.clock))
  let changes = 0
  const publish = () => {
    const jobIds = states.flatMap(state => ('jobId' in state ? [state.jobId] : []))
    if (jobIds.length > 0) step.publish('jobId', jobIds[0])
    if (jobIds.length > 0) step.publishList('jobIds', jobIds)
    const entries = parts.flatMap((part, index) => entryOf(part, states[index]))
    step.publishList('collections', entries)
  }
  step.report.tables = [restoreTable(parts, states, index => times[index]?.took() ?? '')]
  const failures = () => parts.flatMap(({ what }, index) => reasonOf(what, states[index]))
  publish()
  return {
    parts,
    set(index, state) {
      states[index] = state
      times[index]?.note(state.status)
      changes++
      // The whole list each time: of very many not after each of them.
      if (changes % Math.ceil(parts.length / mostPublishedEach) === 0) publish()
    },
    started: () =>
      parts.flatMap(({ what }, index) => {
        const state = states[index]
        return state !== undefined && 'jobId' in state ? [{ index, jobId: state.jobId, what }] : []
      }),
    named: status => parts.flatMap(({ what }, index) => (states[index]?.status === status ? [what] : [])),
    failures,
    next: () => states.flatMap(state => ('next' in state && state.next ? [state.next] : []))[0],
    withFailures(error) {
      publish()
      const reasons = failures()
      return reasons.length === 0 ? error : withMore(error, { reasons })
    },
    publishAll: publish,
  }
}

function reasonOf(of: string, state: RestoreState | undefined): Reason[] {
  if (state === undefined || !('why' in state) || !state.why) return []
  return [{ of, text: state.why, whole: 'whole' in state ? state.whole : undefined }]
}

/** `[]` for the one request without a list. */
function entryOf({ collection }: Part, state: RestoreState | undefined): Record<string, unknown>[] {
  if (collection === undefined || state === undefined) return []
  const { from, to } = collection
  return [
    {
      ...from,
      targetDatabase: to.database,
      targetCollection: to.collection,
      ...('jobId' in state && { jobId: state.jobId }),
      status: state.status,
    },
  ]
}
