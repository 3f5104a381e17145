/** What is said of collections that are not restored, or of which that is not known. Loaded when it is needed. */

import type { RestoreState } from '../collections/parts.ts'
import type { Restores } from '../collections/restores.ts'
import { OperationFailed, type Parts, textOf } from '../errors.ts'
import { listInSentence, sanitize } from '../untrusted-text.ts'
import type { NoResponseError } from '../zilliz/errors.ts'
import { mayHaveSucceeded } from '../zilliz/errors.ts'
import type { Change } from '../zilliz/requests.ts'

type Start = Pick<Change<unknown>, 'tried'>
type NotStarted = RestoreState & { why: string }

/** The service refused its start. */
export function refused({ tried }: Start, { next, ...said }: Parts): NotStarted {
  return { status: 'refused', why: inLine(tried, said), next }
}

/** Of its start nothing more can be found out. */
export function unanswered({ tried }: Start, error: NoResponseError): NotStarted {
  const { next, ...said } = error.parts
  if (!mayHaveSucceeded(error)) return { status: 'not-started', why: inLine(tried, said), next }
  return { status: 'unknown', why: inLine(tried, { ...said, stake: 'It may have started anyway.' }) }
}

/** What was tried is named by the beginning of the line. */
function inLine(tried: string, said: Parts): string {
  return textOf({ ...said, what: said.what.replace(`Could not ${tried}: `, '') })
}

interface Into {
  clusterId: string
  /** Of the cluster. */
  name: string
  wait: boolean
}

/** `2 of 3 are restored`; '' of one alone. */
export function countDone(restores: Restores, wait: boolean, what = ''): string {
  const all = restores.parts.length
  if (all === 1) return ''
  const done = restores.named(wait ? 'succeeded' : 'started').length
  const [is, has] = done === 1 ? ['is', 'has'] : ['are', 'have']
  return `${done} of ${all}${what} ${wait ? `${is} restored` : `${has} started`}`
}

const mostNamed = 20

/** At least one did not come as far as it should. */
export function notAllRestored(restores: Restores, { clusterId, name, wait }: Into): OperationFailed {
  const done = restores.named(wait ? 'succeeded' : 'started')
  const names = done.length === 0 ? '' : `: ${listInSentence(done, mostNamed)}`
  const count = countDone(restores, wait, ' collections')
  const into = `into ${sanitize(name)}`
  const failures = restores.failures()
  const notStarted = restores.named('not-started').filter(what => failures.every(({ of }) => of !== what))
  return new OperationFailed({
    what: count === '' ? `Could not restore ${into}:` : `${count} ${into}${names}. Failed:`,
    reasons: failures,
    stake: notStarted.length === 0 ? undefined : `Not started: ${listInSentence(notStarted, mostNamed)}.`,
    help: 'not-every-collection-is-restored',
    next: whatToDo(restores, {
      clusterId,
      isNoneDone: done.length === 0,
      areAllSent: notStarted.length === 0,
    }),
  })
}

function whatToDo(
  restores: Restores,
  { clusterId, isNoneDone, areAllSent }: { clusterId: string; isNoneDone: boolean; areAllSent: boolean },
): string {
  const first = restores.next()
  const before = first === undefined ? '' : `${first} `
  if (restores.named('unknown').length > 0) {
    return `${before}Look at cluster ${clusterId} first, then run the step again with the collections that are missing there.`
  }
  const those = areAllSent
    ? 'the failed collections alone'
    : 'the collections that failed or have not started'
  const again = isNoneDone ? 'Run the step again.' : `Run the step again with ${those}.`
  const ticket =
    restores.named('failed').length === 0 ? '' : ' If it fails again, open a ticket at Zilliz with its job.'
  return `${before}${again}${ticket}`
}
