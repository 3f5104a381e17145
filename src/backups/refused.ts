/** The service refuses to start a backup. */
import { withMore } from '../errors.ts'
import { sanitize } from '../untrusted-text.ts'
import { readAfterRefusal } from '../waiting/after-refusal.ts'
import type { ApiError } from '../zilliz/errors.ts'
import { listBackups } from '../zilliz/reads.ts'
import { type Attempt, backupsRunning, type InTheWay } from './busy.ts'
import { describeSource } from './source.ts'

/** Groups of codes that say what is wrong with the request: no other backup can be the reason. */
const neverBusy: readonly (string | undefined)[] = ['key', 'permission', 'not-found', 'parameter']

/**
 * After a refusal: whether another backup is in the way. No code is documented for "a backup is running" (F27, U5),
 * so a refusal with a code of its own kind means that, while one is CREATING: of this cluster, or a manual one of any
 * (F26); or AVAILABLE now that was not before the POST.
 *
 * @throws OperationFailed with the refusal and the state of the cluster, where there is none
 */
export async function afterRefusal({ options, step, before }: Attempt, refused: ApiError): Promise<InTheWay> {
  const { clusterId } = options
  if (refused.group === 'not-found') await describeSource(step, clusterId)
  // What did not come from the service says nothing about its backups.
  const isOther = refused.code === undefined || [401, 403, 404].includes(refused.status)
  if (isOther || neverBusy.includes(refused.group)) throw refused
  const found = await readAfterRefusal(refused, `cluster ${clusterId}`, async () => {
    const listed = await listBackups(step.cloud, clusterId)
    const ended = new Set(
      before.filter(({ status }) => status === 'AVAILABLE').map(({ backupId }) => backupId),
    )
    const hasEnded = listed.some(({ backupId, status }) => status === 'AVAILABLE' && !ended.has(backupId))
    if (hasEnded && options.ifBusy === 'fail') return { kind: 'ended' } as const
    if (backupsRunning(listed).length > 0 || hasEnded) return { kind: 'busy', listed, elsewhere: [] } as const
    const all = await listBackups(step.cloud)
    const elsewhere = backupsRunning(all).filter(({ creationMethod }) => creationMethod === 'MANUAL')
    if (elsewhere.length > 0) return { kind: 'busy', listed, elsewhere } as const
    return { kind: 'idle', ...(await describeSource(step, clusterId)) } as const
  })
  if (found.kind === 'busy') return found
  if (found.kind === 'ended') throw ranUntilNow(refused, clusterId)
  const state = `Cluster ${clusterId} is ${sanitize(found.status)}.`
  throw withMore(refused, { stake: state })
}

function ranUntilNow(refused: ApiError, clusterId: string): Error {
  return withMore(refused, {
    stake: `Another backup of cluster ${clusterId} was running until a moment ago.`,
    next: 'Run the step again, or let it wait with if-busy: wait.',
  })
}
