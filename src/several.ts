/** What is said of several things that are done one after the other, where some of them fail. */
import { ActionError, OperationFailed, type Parts, textOf, withMore } from './errors.ts'
import { firstLines } from './untrusted-text.ts'

const runAgain = 'Run the step again: it goes on with those that are left.'

/** The log has each; what is said at the end has only some. */
const mostSaid = 10

/** What to do is left out: it is said once, for all of them. */
export function sentencesOf(several: readonly Parts[]): string[] {
  const each = several.map(said => textOf({ ...said, next: undefined }))
  return firstLines(each, mostSaid, count => `And ${count} more, in the log.`)
}

export function severalFailed(count: string, failed: readonly Parts[]): OperationFailed {
  const next = [...new Set(failed.map(({ next }) => next))].filter(Boolean).join(' ') || runAgain
  return new OperationFailed({ what: [count, ...sentencesOf(failed)].join('\n'), next })
}

/** The error that ended it all, with how far it came. */
export function endedEarly(error: unknown, progress: string, failed: readonly Parts[]): Error {
  const next = error instanceof ActionError ? (error.parts.next ?? runAgain) : undefined
  return withMore(error, { what: [progress, ...sentencesOf(failed)].join('\n'), next })
}
