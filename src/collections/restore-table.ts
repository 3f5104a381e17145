/** What a step restores, as a table for the job summary. */
import type { Clock } from '../clock.ts'
import { formatDuration } from '../duration.ts'
import type { Cell, Table } from '../report.ts'
import { showName } from './contents.ts'
import type { Part, RestoreState } from './parts.ts'

/** From the start of a restore to its end. */
export function openStopwatch(clock: Clock) {
  let from: number | undefined
  let to: number | undefined
  return {
    note(status: RestoreState['status']) {
      if (status === 'started') from = clock.elapsed()
      else to = clock.elapsed()
    },
    took: () => (from === undefined || to === undefined ? '' : formatDuration(to - from)),
  }
}

/** Made when it is read: of very many restores a new one after each change would take long. */
export function restoreTable(
  parts: readonly Part[],
  states: readonly RestoreState[],
  took: (index: number) => string,
): Table {
  const isDone = () => states.every(({ status }) => status === 'succeeded')
  return {
    get columns() {
      return ['From', 'To', ...(isDone() ? [] : ['State']), 'Time', 'Job']
    },
    get rows() {
      const withState = !isDone()
      return parts.map(({ what, collection }, index): Cell[] => {
        const { status, jobId } = { jobId: undefined, status: 'not-started', ...states[index] }
        return [
          collection === undefined ? what : { code: showName(collection.from) },
          collection === undefined ? 'where it was' : { code: showName(collection.to) },
          ...(withState
            ? [status === 'succeeded' || status === 'started' ? status : { strong: status }]
            : []),
          took(index),
          jobId === undefined ? '' : { code: jobId },
        ]
      })
    },
  }
}
