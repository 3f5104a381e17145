/** Invariants of retrying: never after a refusal, and not before the time that was asked for. */
import type { DataRequestRecord, RequestRecord } from '../../simulator/index.ts'
import { parseDuration } from '../../src/duration.ts'
import { inOrder } from '../harness/data-requests.ts'
import type { Run } from './case.ts'
import { receiptOf } from './endings.ts'
import { faultKind } from './faults.ts'
import { arrives, isLoad, isRefusedByService, lost, starts } from './responses.ts'

const notFoundCodes = [96026, 96018, 40020]
const nameTaken = [96017, 40013]
/** Codes of a refusal for a moment: another backup is running, or the cluster is in change. */
const busy = [96038, 40003]

/** Whether a response that arrived is what the contract calls a refusal of that request. */
function isRefusal({ status = 0, code, fault = '' }: RequestRecord): boolean {
  if (lost.includes(fault) || [408, 425, 429].includes(status)) return false
  if (status >= 300 && status < 500) return true
  // A 5xx is never a no, whatever its body; a word as code is none either.
  if (status >= 500 || !/^\d+$/.test(`${code}`)) return false
  return ![0, 200].includes(Number(code))
}

export function repeatedRefusals({ requests, dataRequests, earlier }: Run): string[] {
  const ofEndpoint = dataRequests.filter(request => isRefusal(request) && !isAskedAgainInside(request))
  return [
    ...requests.flatMap((refused, index) => {
      if (!isRefusal(refused) || isAskedAgain(requests, refused)) return []
      const end = index < earlier ? earlier : requests.length
      return repeated(refused, requests.slice(index + 1, end))
    }),
    ...ofEndpoint.flatMap(refused =>
      repeated(refused, dataRequests.slice(dataRequests.indexOf(refused) + 1)),
    ),
  ]
}

function repeated(refused: RequestRecord, later: readonly RequestRecord[]): string[] {
  const again = later.some(request => isSame(refused, request))
  return again ? [`${refused.method} ${refused.path} was sent again after ${refused.status}`] : []
}

/** A cluster that is new may learn its tokens late, and one that is not ready is asked again. */
function isAskedAgainInside(refused: DataRequestRecord): boolean {
  const { operationId, status = 0, code } = refused
  const isOfToken = [401, 403].includes(status) || [1800, 21119, 80001, 96016].includes(Number(code))
  return isLoad(refused) || (operationId === 'listDatabases' && isOfToken)
}

function isSame(one: RequestRecord, other: RequestRecord): boolean {
  const key = ({ method, path, query, body }: RequestRecord) =>
    JSON.stringify([method, path, query, method === 'POST' ? body : ''])
  return key(one) === key(other)
}

/** The exceptions of the contract: refusals after which the same may be asked again. */
export function isAskedAgain(requests: readonly RequestRecord[], refused: RequestRecord): boolean {
  const { operationId, code } = refused
  if (!isRefusal(refused)) return false
  const isStart = starts.includes(operationId)
  const isNotFound = !operationId.startsWith('list') && notFoundCodes.includes(Number(code))
  if (isRefusedByService(refused) && busy.includes(Number(code)) && operationId !== 'restoreCluster')
    return true
  if (isInChange(requests, refused)) return true
  if (!isStart) return isNotFound
  // After this step has dropped the cluster that had the name.
  const before = requests.slice(0, requests.indexOf(refused))
  const dropped = before.some(one => one.operationId === 'dropCluster')
  return operationId === 'restoreCluster' && nameTaken.includes(Number(code)) && dropped
}

const changeStates =
  /^(?:CREATING|RESTORE_BACKUP|MODIFYING|RESIZING|UPGRADING|MIGRATING|RESUMING|WRITING_OPERATION|SET_PRIVATE_LINK)$/

/** Whether the look after a refusal showed that the cluster which is to be changed is in change. */
function isInChange(requests: readonly RequestRecord[], refused: RequestRecord): boolean {
  const { operationId, body, path } = refused
  const { destClusterId } = (body ?? {}) as { destClusterId?: string }
  const clusterId = operationId === 'dropCluster' ? path.split('/').at(-2) : destClusterId
  const look = requests
    .slice(requests.indexOf(refused) + 1)
    .find(one => one.method === 'GET' && one.path === `/v2/clusters/${clusterId}`)
  const { status } = (look?.data ?? {}) as { status?: string }
  return changeStates.test(status ?? '')
}

/** World milliseconds. */
const longestLook = 30_000 + 3_000
/** World milliseconds: what the step keeps for one last try before its deadline, and a busy machine. */
const lastTry = 1_000 + 3_000
/** World milliseconds by which a busy machine may send that try too late. */
const late = 5_000

export function tooSoon(run: Run): string[] {
  const { given } = run
  const requests = inOrder(run.requests, run.dataRequests)
  const [only] = given.injected
  const retryAfter =
    only === undefined || given.injected.length > 1 ? undefined : faultKind(only.fault).retryAfter
  // A date that no clock of the service goes with, under a wrong clock, asks for no known time.
  const { serverDate, clockSkewSeconds = 0 } = given.variants ?? {}
  const isUnknown = serverDate === 'missing' && clockSkewSeconds !== 0 && / as a date$/.test(`${only?.fault}`)
  if (retryAfter === undefined || isUnknown) return []
  return requests.flatMap((request, index) => {
    const same = requests.slice(index + 1).filter(one => isToTheSame(one, request))
    const [next] = same
    if (request.status !== 429 || next === undefined) return []
    const pause = next.time - request.time
    const isLast =
      same.length === 1 &&
      [...deadlinesOf(run), firstOf(requests, request) + longestTrouble].some(
        end => end - lastTry <= next.time && next.time <= end + late,
      )
    return pause >= retryAfter * 1_000 - 500 || isLast
      ? []
      : [`asked again after ${pause} ms, not ${retryAfter} s`]
  })
}

/** At an endpoint the body tells which collection it is about. */
function isToTheSame(one: RequestRecord, other: RequestRecord): boolean {
  const isInside = 'clusterId' in one
  return (
    one.method === other.method &&
    one.path === other.path &&
    (!isInside || JSON.stringify(one.body) === JSON.stringify(other.body))
  )
}

/** Milliseconds of nothing but trouble that end a request. */
const longestTrouble = 120_000

/** When the trouble of a request began. */
function firstOf(requests: Run['requests'], request: Run['requests'][number]): number {
  const same = requests.slice(0, requests.indexOf(request) + 1).filter(one => isToTheSame(one, request))
  const lastGood = same.findLastIndex(({ status }) => status !== 429)
  return same[lastGood + 1]?.time ?? Number.NEGATIVE_INFINITY
}

/** That of the step, and those of the looks for what a start without a response has made. */
function deadlinesOf(run: Run): number[] {
  const { step, given, fixture, requests } = run
  const timeout = parseDuration(fixture.inputs.timeout ?? given.timeout ?? '3m') ?? 0
  const looks = requests
    .filter(request => starts.includes(request.operationId) && !arrives(request))
    .map(({ time }) => time + longestLook)
  return [Date.parse(`${receiptOf(step).startedAt}`) + timeout, ...looks]
}
