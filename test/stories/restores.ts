import type { Simulator } from '../../simulator/index.ts'
import type { StepOptions } from '../harness/runner.ts'
import { runStory } from './story.ts'

/** A restore of a backup made for it, into a new cluster called pr-42 with that password. */
export function restoreFresh(
  cloud: Simulator,
  password: string,
  inputs: Readonly<Record<string, string>> = {},
  options: StepOptions = {},
) {
  cloud.world.nextPassword = password
  const { clusterId } = cloud
  const { backupId } = cloud.world.addBackup({ clusterId })
  const given = { 'cluster-id': clusterId, 'backup-id': backupId, 'target-cluster': 'pr-42', ...inputs }
  return runStory(cloud, { operation: 'restore-cluster', ...given }, { passwords: [password], ...options })
}
