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

export function tableOf(
  parts: readonly Part[],
  states: readonly RestoreState[],
  took: (index: number) => string,
): Table {
  const isDone = states.every(({ status }) => status === 'succeeded')
  return {
    columns: ['From', 'To', ...(isDone ? [] : ['State']), 'Time', 'Job'],
    rows: parts.map(({ what, collection }, index): Cell[] => {
      const { status, jobId } = { jobId: undefined, status: 'not-started', ...states[index] }
      return [
        collection === undefined ? what : { code: showName(collection.from) },
        collection === undefined ? 'where it was' : { code: showName(collection.to) },
        ...(isDone ? [] : [status === 'succeeded' || status === 'started' ? status : { strong: status }]),
        took(index),
        jobId === undefined ? '' : { code: jobId },
      ]
    }),
  }
}
