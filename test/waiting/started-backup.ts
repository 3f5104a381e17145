import type { Simulator } from '../../simulator/index.ts'

/** A backup in progress that somebody else has started. */
export function startBackup(
  cloud: Simulator,
  plan: Parameters<Simulator['world']['startManualBackup']>[1] = {},
) {
  const { backupId, job } = cloud.world.startManualBackup(cloud.clusterId, plan)
  return { backupId, jobId: job?.jobId ?? '' }
}
