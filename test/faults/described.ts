/** Invariant: nothing is dropped or deleted that its description, read after the last change, did not allow. */
import type { RequestRecord } from '../../simulator/index.ts'
import type { Run } from './case.ts'
import { lost } from './refusals.ts'

export function undescribed({ requests, given, fixture }: Run): string[] {
  const slow = given.injected.some(({ fault }) => fault === 'a drip that does not')
  const isPruning = fixture.inputs.operation === 'prune-backups'
  const allows = ({ status, code, fault }: RequestRecord) => {
    const arrived = fault === undefined || !lost.includes(fault) || (fault === 'drip' && !slow)
    // A description that was altered, such as one with another state, keeps what is not named by its id.
    return status === 200 && [0, 200].includes(Number(code)) && arrived && !(isPruning && fault === 'edit')
  }
  return requests.flatMap((deletion, index) => {
    if (deletion.method !== 'DELETE') return []
    const path = deletion.path.replace(/\/drop$/, '')
    const isChange = (one: RequestRecord) =>
      one.method === 'POST' || (one.method === 'DELETE' && one.path === deletion.path)
    const since = requests.slice(0, index).findLastIndex(isChange)
    const reads = requests.slice(since + 1, index).filter(one => one.method === 'GET' && one.path === path)
    return reads.some(allows) ? [] : [`DELETE ${deletion.path} without a description right before`]
  })
}
