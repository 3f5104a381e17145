/** What became of a request and of its response on their way. */
import type { RequestRecord } from '../../simulator/index.ts'

export const starts = ['createBackup', 'restoreCluster', 'restoreCollection', 'exportBackup']

/** Faults whose response does not arrive, or not whole. */
export const lost = ['reset', 'reset-in-body', 'close', 'stall', 'stall-in-body', 'cut', 'trickle', 'huge']

/** Faults that leave the service's own code and HTTP status as they are. */
const editing = [
  'meanwhile',
  'code-as-text',
  'data-null',
  'without-ids',
  'hostile',
  'without-entry',
  'drip',
  'trickle',
]

/** Whether a response came whole. */
export function arrives({ fault }: RequestRecord): boolean {
  return fault === undefined || !lost.includes(fault)
}

/** Codes of an endpoint that is not ready for a request, and has done nothing. */
const temporary = [1, 2, 4, 8, 12, 103, 106]

/** Whether the response asks for less load: nothing was done. */
export function isLoad(request: RequestRecord): boolean {
  const { status = 0, code } = request
  const isTemporary = 'clusterId' in request && status < 500 && temporary.includes(Number(code))
  return arrives(request) && (status === 425 || status === 429 || isTemporary)
}

/** Whether it is the service's own response, as it was sent. */
export function isUntouched({ fault }: RequestRecord): boolean {
  return fault === undefined || fault === 'meanwhile'
}

/** Whether the service itself has refused it. */
export function isRefusedByService({ applied, fault, status, code }: RequestRecord): boolean {
  const isOwn = fault === undefined || editing.includes(fault) || (fault === 'edit' && Number(code) > 0)
  return isOwn && !applied && status !== undefined
}
