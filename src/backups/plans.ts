/** For a dry run: plans of clusters that cannot be backed up, where the service has no occasion to refuse. */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { quote } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { describeSourceIfThere, unknownWhereForbidden } from './source.ts'

/** Clusters of these plans cannot be backed up, nor restored from or into (96021, 96022). */
const plansWithoutBackup = ['free', 'serverless']

/** @throws OperationFailed for a serverless or free cluster */
export function refuseByPlan({ clusterId, plan }: Cluster, use: string): void {
  if (plan === undefined || !plansWithoutBackup.includes(plan.toLowerCase())) return
  throw new OperationFailed({
    what: `Cluster ${clusterId} is of plan ${quote(plan)} and cannot be ${use}: backups are for Dedicated clusters only.`,
    next: 'Choose a Dedicated cluster, or change the plan of this one in the console.',
  })
}

/** The same for the source of a backup; one that is gone had a backup, so it was neither. */
export async function refuseSourceByPlan(step: Step, clusterId: string, use: string): Promise<void> {
  const source = await describeSourceIfThere(step, clusterId).catch(unknownWhereForbidden)
  if (source !== undefined) refuseByPlan(source, use)
}
