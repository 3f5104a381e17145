/** Invariants of aliases: none is switched to what was not just seen whole, none again without a look, none in silence. */
import type { DataRequestRecord } from '../../simulator/index.ts'
import type { Run } from './case.ts'
import { receiptOf, signalledAtItsEnd } from './endings.ts'
import { arrives, isLoad } from './responses.ts'

interface Body {
  dbName?: string
  collectionName?: string
  aliasName?: string
}

const bodyOf = ({ body }: DataRequestRecord) => (body ?? {}) as Body

/** World milliseconds: load is waited out for two minutes, and a busy machine is slow. */
const recent = 130_000

export function unseenSwitches({ dataRequests, fixture }: Run): string[] {
  const least = Number(/>=\s*(\d+)/.exec(fixture.inputs.collections ?? '')?.[1] ?? 0)
  return dataRequests.flatMap((request, index) => {
    if (request.operationId !== 'alterAlias') return []
    const before = dataRequests.slice(0, index)
    // What was seen before a switch that may have been carried out is old.
    const last = before.findLastIndex(one => one.operationId === 'alterAlias' && !isLoad(one))
    const why = whyNotWhole(before.slice(last + 1), request, least)
    return why === undefined ? [] : [`the switch to ${bodyOf(request).collectionName}, which ${why}`]
  })
}

function whyNotWhole(
  looks: readonly DataRequestRecord[],
  alter: DataRequestRecord,
  least: number,
): string | undefined {
  const { dbName, collectionName } = bodyOf(alter)
  const seen = looks
    .filter(one => bodyOf(one).dbName === dbName && bodyOf(one).collectionName === collectionName)
    .filter(isSuccess)
  const state = seen.findLast(({ data }) => loadOf(data) !== undefined)
  if (state === undefined) return 'was not described'
  if (loadOf(state.data) !== 'LoadStateLoaded') return `was ${loadOf(state.data)}`
  const counted = seen.findLast(({ data }) => countOf(data) !== undefined)
  if (counted === undefined) return 'was not counted'
  const count = countOf(counted.data) ?? 0
  if (count < least) return `had ${count} entities, not ${least}`
  return alter.time - counted.time > recent ? 'was seen long ago' : undefined
}

function isSuccess(request: DataRequestRecord): boolean {
  const { status, code } = request
  return arrives(request) && status === 200 && [0, 200].includes(Number(code ?? Number.NaN))
}

function loadOf(data: unknown): string | undefined {
  const { load, loadState } = (data ?? {}) as Record<string, string | undefined>
  return load ?? loadState
}

/** Exact, or from metadata where the exact count took too long. */
function countOf(data: unknown): number | undefined {
  const [row] = Array.isArray(data) ? data : [data]
  const { 'count(*)': exact, rowCount } = (row ?? {}) as Record<string, unknown>
  const count = exact ?? rowCount
  return count === undefined ? undefined : Number(count)
}

export function secondSwitches({ dataRequests }: Run): string[] {
  const sent = dataRequests
    .map((request, index) => ({ request, index }))
    .filter(({ request }) => request.operationId === 'alterAlias' && !isLoad(request))
  const isLook = ({ operationId }: DataRequestRecord) => operationId === 'describeAlias'
  const before = pointsAt(dataRequests.slice(0, sent[0]?.index).findLast(isLook))
  return [
    ...(sent.length > 2 ? [`${sent.length} switches were sent`] : []),
    ...sent.slice(1).flatMap(({ index }, number) => {
      const look = dataRequests.slice(sent[number]?.index, index).findLast(isLook)
      return before !== undefined && pointsAt(look) === before
        ? []
        : ['a second switch was sent without a look that shows that the first did not take']
    }),
  ]
}

function pointsAt(look: DataRequestRecord | undefined): string | undefined {
  return look !== undefined && isSuccess(look) ? (look.data as Body | undefined)?.collectionName : undefined
}

const isSaid = /may have been carried out|accepted the switch/

/** Of a switch that was carried out a step that fails says so. */
export function unsaidSwitches(run: Run): string[] {
  const { step, dataRequests } = run
  const isSwitched = dataRequests.some(({ operationId, applied }) => operationId === 'alterAlias' && applied)
  const error = `${receiptOf(step).error}`
  if (step.exitCode === 0 || !isSwitched || signalledAtItsEnd(run) || isSaid.test(error)) return []
  return [`no word of the switch: ${error}`]
}
