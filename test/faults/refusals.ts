/** Invariants of retrying: never after a refusal, and not before the time that was asked for. */
import type { RequestRecord } from '../../simulator/index.ts'
import type { Run } from './case.ts'
import { faultKind } from './faults.ts'
import { starts } from './starts.ts'

const notFoundCodes = [96026, 96018, 40020]
const nameTaken = [96017, 40013]

/** Faults whose response does not arrive, or not whole. */
export const lost = ['reset', 'reset-in-body', 'close', 'stall', 'stall-in-body', 'cut', 'drip', 'huge']

/** Whether a response that arrived is what the contract calls a refusal of that request. */
function isRefusal({ status = 0, code, fault = '' }: RequestRecord): boolean {
  if (lost.includes(fault) || [408, 425, 429].includes(status)) return false
  if (status >= 300 && status < 500) return true
  // A 5xx is never a no, whatever its body; a word as code is none either.
  if (status >= 500 || !/^\d+$/.test(`${code}`)) return false
  return ![0, 200].includes(Number(code))
}

export function repeatedRefusals({ requests }: Run): string[] {
  return requests.flatMap((refused, index) => {
    const start = starts.includes(refused.operationId)
    const list = refused.operationId.startsWith('list')
    const notFound = !list && notFoundCodes.includes(Number(refused.code))
    if (!isRefusal(refused) || (!start && notFound)) return []
    // After this step has dropped the cluster that had the name.
    const dropped = requests.slice(0, index).some(({ operationId }) => operationId === 'dropCluster')
    if (refused.operationId === 'restoreCluster' && nameTaken.includes(Number(refused.code)) && dropped)
      return []
    const same = requests
      .slice(index + 1)
      .filter(({ method, path, query, body }) =>
        start && method === 'POST'
          ? JSON.stringify([path, body]) === JSON.stringify([refused.path, refused.body])
          : JSON.stringify([method, path, query]) ===
            JSON.stringify([refused.method, refused.path, refused.query]),
      )
    return same.length === 0
      ? []
      : [`${refused.method} ${refused.path} was sent again after ${refused.status}`]
  })
}

export function tooSoon({ requests, given }: Run): string[] {
  const [only] = given.injected
  const retryAfter =
    only === undefined || given.injected.length > 1 ? undefined : faultKind(only.fault).retryAfter
  if (retryAfter === undefined) return []
  return requests.flatMap((request, index) => {
    const next = requests
      .slice(index + 1)
      .find(({ method, path }) => method === request.method && path === request.path)
    if (request.status !== 429 || next === undefined) return []
    const pause = next.time - request.time
    return pause >= retryAfter * 1_000 - 500 ? [] : [`asked again after ${pause} ms, not ${retryAfter} s`]
  })
}
