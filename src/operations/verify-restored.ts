/** `verify: true` on a restore: the same look as `verify`, at what this step has restored. */

import type { Part } from '../collections/parts.ts'
import { ActionError, withMore } from '../errors.ts'
import { showRestoredIsThere } from '../reports/verification.ts'
import type { Step } from '../step.ts'
import { type Expectation, expectationsOf } from '../verification/expectations.ts'
import { type ClusterToSee, lookInto, openCluster } from '../verification/look-into.ts'
import type { Contents } from '../zilliz/decode.ts'

/**
 * @param isBilled it was made by this step, and nothing drops it at the end of the job
 * @throws OperationFailed, TimedOut: the restore itself has succeeded, and all outputs stay
 */
export async function verifyRestored(
  step: Step,
  cluster: ClusterToSee,
  { expectations, isBilled }: { expectations: readonly Expectation[]; isBilled: boolean },
): Promise<void> {
  try {
    const { connection } = await openCluster(step, cluster)
    const look = { expectations, allowedLoss: 0n, withBaseline: false, isOutput: true }
    showRestoredIsThere(step, await lookInto(step, cluster, { connection, look }))
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    const cost = isBilled ? ` Cluster ${cluster.clusterId} costs money until it is dropped.` : ''
    throw withMore(error, { stake: `The restore itself has succeeded.${cost}` })
  }
}

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

/** Each collection under its new name. The one request without a list has none, and a warning has said so. */
export function expectationsOfParts(parts: readonly Part[]): Expectation[] {
  return parts.flatMap(({ collection }) =>
    collection === undefined ? [] : [{ name: collection.to, mustBeLoaded: collection.status === 'LOADED' }],
  )
}
