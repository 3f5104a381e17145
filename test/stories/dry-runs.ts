/** Every operation that changes something, as a dry run. */
import type { Simulator } from '../../simulator/index.ts'
import { withCopy } from '../harness/aliases.ts'
import { addBackup } from './deletions.ts'

const day = 86_400

/** A step whose dry run is compared with the run itself. */
export interface DryRun {
  /** Names the transcript. */
  name: string
  /** The requests of its plan, each as the method and the end of the path. */
  requests: string[]
  inputs: (cloud: Simulator) => Record<string, string>
  speed?: number
  /** It looks into the cluster. */
  dataPlane?: true
}

export const restoring = (cloud: Simulator, operation: string) => ({
  operation,
  'cluster-id': cloud.clusterId,
  'backup-id': addBackup(cloud, { ageSeconds: day }),
})

export const dryRuns: readonly DryRun[] = [
  {
    name: 'create-backup',
    requests: ['POST create'],
    inputs: cloud => ({ operation: 'create-backup', 'cluster-id': cloud.clusterId }),
  },
  {
    name: 'create-backup-collections',
    requests: ['POST create'],
    inputs: cloud => ({
      operation: 'create-backup',
      'cluster-id': cloud.clusterId,
      collections: 'sales.orders\nsales.items',
    }),
  },
  {
    name: 'create-backup-copies',
    requests: ['POST create'],
    inputs: cloud => ({
      operation: 'create-backup',
      'cluster-id': cloud.clusterId,
      'cross-region-copies': 'aws-us-east-1, aws-eu-central-1',
    }),
  },
  {
    name: 'restore-cluster',
    requests: ['POST restoreCluster'],
    inputs: cloud => ({
      ...restoring(cloud, 'restore-cluster'),
      'target-cluster': 'pr-42',
      'collection-status': 'RELEASE',
      'restore-version-policy': 'ORIGINAL',
      'delete-after-job': 'true',
    }),
  },
  {
    name: 'restore-cluster-replace',
    requests: ['DELETE drop', 'POST restoreCluster'],
    inputs: cloud => ({
      ...restoring(cloud, 'restore-cluster'),
      'target-cluster': 'staging',
      'cu-size': '4',
      'if-exists': 'replace',
    }),
  },
  {
    name: 'restore-collections',
    requests: ['POST restoreCollection', 'POST restoreCollection', 'POST restoreCollection'],
    inputs: cloud => ({
      ...restoring(cloud, 'restore-collections'),
      'target-cluster': 'staging',
      collections: 'products -> products_old\nsales.* -> restored.*',
    }),
  },
  {
    name: 'restore-collections-safety-backup',
    requests: ['POST create', 'POST restoreCollection'],
    inputs: cloud => ({
      ...restoring(cloud, 'restore-collections'),
      'target-cluster': 'staging',
      collections: 'sales.orders',
      'collection-status': 'UNLOADED',
      'safety-backup': 'true',
    }),
  },
  {
    name: 'delete-backup',
    requests: ['DELETE <id>'],
    inputs: cloud => ({
      operation: 'delete-backup',
      'cluster-id': cloud.clusterId,
      'backup-id': addBackup(cloud),
    }),
  },
  {
    name: 'prune-backups',
    requests: ['DELETE <id>', 'DELETE <id>', 'DELETE <id>'],
    inputs(cloud) {
      // Half days, so that a second more does not show.
      for (const age of [3.5, 50.5, 40.5, 8.5]) addBackup(cloud, { ageSeconds: age * day })
      for (const age of [45.5, 60.5]) addBackup(cloud, { ageSeconds: age * day, backupType: 'COLLECTION' })
      addBackup(cloud, { ageSeconds: 70.5 * day, creationMethod: 'AUTO' })
      return {
        operation: 'prune-backups',
        'cluster-id': cloud.clusterId,
        'keep-last': '1',
        'older-than': '30d',
      }
    },
    // So that the fifth of a second between two deletions keeps them in their order.
    speed: 1,
  },
  {
    name: 'export-backup',
    requests: ['POST export'],
    inputs(cloud) {
      addBackup(cloud)
      return {
        operation: 'export-backup',
        'cluster-id': cloud.clusterId,
        'backup-id': 'latest',
        'integration-id': 'integ-0123456789',
        directory: 'nightly/2026',
      }
    },
  },
  {
    name: 'delete-cluster',
    requests: ['DELETE drop'],
    inputs: () => ({ operation: 'delete-cluster', 'target-cluster': 'staging' }),
  },
  {
    name: 'switch-alias',
    requests: ['POST alter'],
    inputs(cloud) {
      withCopy(cloud)
      return {
        operation: 'switch-alias',
        'target-cluster': 'production',
        alias: 'orders_live',
        collections: 'sales.orders_run_7 >= 1000',
      }
    },
    dataPlane: true,
  },
  {
    name: 'prune-clusters',
    requests: ['DELETE drop', 'DELETE drop'],
    inputs({ world, projectId }) {
      // Half days, so that a second more does not show.
      for (const [clusterName, days] of [
        ['throw-away-a', 8.5],
        ['throw-away-b', 6.5],
        ['throw-away-c', 9.5],
      ] as const) {
        world.addCluster({ clusterName, projectId, createdAt: world.now() - days * day * 1_000 })
      }
      return {
        operation: 'prune-clusters',
        'name-pattern': 'throw-away-*',
        'target-project-id': projectId,
        'older-than': '7d',
      }
    },
  },
]
