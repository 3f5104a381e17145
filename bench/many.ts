/** Worlds with many of something. */
import type { Simulator } from '../simulator/index.ts'
import type { Inputs } from './programs.ts'

/** The cluster `production` gets so many backups, a minute apart. */
export function fillWithBackups({ world, clusterId }: Simulator, count: number): void {
  for (let age = count; age >= 1; age--) world.addBackup({ clusterId, ageSeconds: age * 60 })
}

/** All collections of `production`, out of a backup made for it, into `staging`. */
export function restoreOfAll({ world, clusterId }: Simulator): Inputs {
  const { backupId } = world.addBackup({ clusterId })
  return {
    operation: 'restore-collections',
    'cluster-id': clusterId,
    'backup-id': backupId,
    'target-cluster': 'staging',
    collections: 'many.*',
  }
}
