/** A step of each operation, with the inputs that its stories have in common; those of the story win. */
import type { Simulator } from '../../simulator/index.ts'
import type { OperationName } from '../../src/contract.ts'
import { runStory, type StoryOptions, type StoryResult } from './story.ts'

export type Inputs = Readonly<Record<string, string>>

type RunStep = (cloud: Simulator, inputs?: Inputs, options?: StoryOptions) => Promise<StoryResult>

/** A step about the cluster `production` or a backup of it. */
function ofProduction(operation: OperationName, common: Inputs = {}): RunStep {
  return (cloud, inputs, options) =>
    runStory(cloud, { operation, 'cluster-id': cloud.clusterId, ...common, ...inputs }, options)
}

export const createBackup = ofProduction('create-backup')
export const describeBackup = ofProduction('describe-backup')
export const deleteBackup = ofProduction('delete-backup')
export const pruneBackups = ofProduction('prune-backups', { 'keep-last': '1' })
export const exportBackup = ofProduction('export-backup', {
  'backup-id': 'latest',
  'integration-id': 'integ-0123456789',
})

export const listBackups: RunStep = (cloud, inputs, options) =>
  runStory(cloud, { operation: 'list-backups', ...inputs }, options)

export const waitFor: RunStep = (cloud, inputs, options) =>
  runStory(cloud, { operation: 'wait', ...inputs }, options)

export const deleteCluster: RunStep = (cloud, inputs, options) =>
  runStory(cloud, { operation: 'delete-cluster', ...inputs }, options)

/** Points the alias of sales.orders at the copy beside it: `withCopy` of aliases.ts. */
export const switchAlias: RunStep = (cloud, inputs, options) =>
  runStory(
    cloud,
    {
      operation: 'switch-alias',
      'target-cluster': 'production',
      alias: 'orders_live',
      collections: 'sales.orders_run_7',
      ...inputs,
    },
    options,
  )

/** Of the cluster `production`. */
export const verify: RunStep = (cloud, inputs, options) =>
  runStory(cloud, { operation: 'verify', 'target-cluster': 'production', ...inputs }, options)

/** Of the new cluster, unless the story gives the world another one. */
export const password = 'p&ss"w0rd%of$db_admin'

/** Restores a backup made for it, or the one that is given, into a new cluster called pr-42. */
export const restoreCluster: RunStep = (cloud, inputs = {}, options) => {
  cloud.world.nextPassword ??= password
  const common = { 'backup-id': inputs['backup-id'] ?? addBackup(cloud), 'target-cluster': 'pr-42' }
  const passwords = [cloud.world.nextPassword]
  return ofProduction('restore-cluster', common)(cloud, inputs, { passwords, ...options })
}

/** Restores collections of a backup made for it into the cluster `staging`. */
export const restoreCollections: RunStep = (cloud, inputs, options) => {
  const common = { 'backup-id': addBackup(cloud), 'target-cluster': 'staging' }
  return ofProduction('restore-collections', common)(cloud, inputs, options)
}

function addBackup({ world, clusterId }: Simulator): string {
  return world.addBackup({ clusterId }).backupId
}
