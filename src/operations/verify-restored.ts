/** `verify: true` on a restore: the same look as `verify`, at what this step has restored. */
import { waitForRunning } from '../clusters/running.ts'
import type { Part } from '../collections/parts.ts'
import { ActionError, withMore } from '../errors.ts'
import { showRestoredIsThere } from '../reports/verification.ts'
import type { Step } from '../step.ts'
import { type Expectation, expectationsOf } from '../verification/expectations.ts'
import { type ClusterToSee, lookInto, openCluster } from '../verification/look-into.ts'
import type { Contents } from '../zilliz/decode.ts'

/** Without an address it is waited for until it is RUNNING. */
type Restored = Omit<ClusterToSee, 'connectAddress'> & Partial<Pick<ClusterToSee, 'connectAddress'>>

/**
 * @param stake what is to be said of the restore when something falls short; absent: nothing was restored
 * @throws OperationFailed, TimedOut: the restore itself has succeeded, and all outputs stay
 */
export async function verifyRestored(
  step: Step,
  restored: Restored,
  { expectations, stake }: { expectations: readonly Expectation[]; stake?: string },
): Promise<void> {
  const { clusterId, pollInterval } = restored
  try {
    const connectAddress = restored.connectAddress ?? (await waitForRunning(step, clusterId, pollInterval))
    const cluster = { ...restored, connectAddress }
    const { connection } = await openCluster(step, cluster)
    const look = { expectations, allowedLoss: 0n, withBaseline: false, isOutput: true }
    showRestoredIsThere(step, await lookInto(step, cluster, { connection, look }))
  } catch (error) {
    throw error instanceof ActionError && stake !== undefined ? withMore(error, { stake }) : error
  }
}

export const restoreSucceeded = 'The restore itself has succeeded.'

/** Of a whole backup: what it lists, and with KEEP in the load states that it shows. */
export function expectationsOfBackup(
  step: Step,
  contents: Contents,
  { clusterId, collectionStatus }: { clusterId: string; collectionStatus: 'KEEP' | 'RELEASE' },
): Expectation[] {
  const loadRule = collectionStatus === 'KEEP' ? 'KEEP' : 'UNLOADED'
  const sources = {
    wanted: undefined,
    contents,
    baseline: undefined,
    clusterId,
    loadRule,
    listed: [],
  } as const
  const { expectations, warnings } = expectationsOf(sources)
  for (const warning of warnings) step.warning(warning)
  return expectations
}

/** Each collection under its new name. The one request without a list has none. */
export function expectationsOfParts(step: Step, parts: readonly Part[]): Expectation[] {
  if (parts.some(({ collection }) => collection === undefined)) {
    step.warning(
      'The service does not list by database what the backup holds, so what was restored is not looked for. Checked: that the cluster is usable.',
    )
  }
  return parts.flatMap(({ collection }) =>
    collection === undefined ? [] : [{ name: collection.to, mustBeLoaded: collection.status === 'LOADED' }],
  )
}
