/** restore-cluster and restore-collections, and what can become of them. */

import type { Simulator } from '../../simulator/index.ts'
import { always, refusing } from '../../test/stories/arrange.ts'
import type { Inputs, Situation } from '../situation.ts'
import { addBackup, production } from './world.ts'

function restoreCluster(cloud: Simulator, more: Inputs = {}): Inputs {
  const backup = { 'backup-id': addBackup(cloud, { hours: 9 }) }
  return {
    operation: 'restore-cluster',
    ...production(cloud),
    ...backup,
    'target-cluster': 'shop-pr-42',
    ...more,
  }
}

function restoreCollections(cloud: Simulator, more: Inputs = {}): Inputs {
  const backup = { 'backup-id': addBackup(cloud, { hours: 9 }) }
  const common = { operation: 'restore-collections', 'target-cluster': 'staging' }
  return { ...common, ...production(cloud), ...backup, collections, ...more }
}

const collections = 'sales.orders -> staging.orders\nsales.items -> staging.items\nproducts\narchive.*'

/** A cluster that has the name of the new one, of yesterday. */
function addExisting({ world, projectId }: Simulator) {
  world.addCluster({ clusterName: 'shop-pr-42', projectId, createdAt: world.now() - 86_400_000 })
}

const intoCluster: readonly Situation[] = [
  {
    name: 'restore-cluster',
    about: 'A backup is restored into a new cluster',
    ends: 'succeeded',
    arrange: cloud => ({ inputs: restoreCluster(cloud) }),
  },
  {
    name: 'restore-cluster-dry-run',
    about: 'A dry run of a restore into a new cluster',
    ends: 'planned',
    arrange: cloud => ({ inputs: restoreCluster(cloud, { 'dry-run': 'true' }) }),
  },
  {
    name: 'restore-cluster-replace-dry-run',
    about: 'A dry run of a restore that drops the cluster of that name first',
    ends: 'planned',
    arrange(cloud) {
      addExisting(cloud)
      return { inputs: restoreCluster(cloud, { 'if-exists': 'replace', 'dry-run': 'true' }) }
    },
  },
  {
    name: 'restore-cluster-reused',
    about: 'if-exists: reuse uses the cluster that has the name',
    ends: 'succeeded',
    arrange(cloud) {
      addExisting(cloud)
      return { inputs: restoreCluster(cloud, { 'if-exists': 'reuse' }) }
    },
  },
  {
    name: 'restore-cluster-name-taken',
    about: 'Another cluster has the name',
    ends: 'failed',
    arrange(cloud) {
      addExisting(cloud)
      return { inputs: restoreCluster(cloud) }
    },
  },
  {
    name: 'restore-cluster-timed-out',
    about: 'The new cluster is not ready within timeout',
    ends: 'timed-out',
    arrange(cloud) {
      cloud.world.nextJob({ type: 'RESTORE', durationSeconds: 300 })
      return { inputs: restoreCluster(cloud, { timeout: '90s' }) }
    },
  },
  {
    name: 'delete-after-job-dropped',
    about: 'The cluster is dropped when the job ends',
    ends: 'succeeded',
    arrange: cloud => ({ inputs: restoreCluster(cloud, { 'delete-after-job': 'true' }) }),
  },
  {
    name: 'delete-after-job-not-dropped',
    about: 'The cluster cannot be dropped when the job ends',
    ends: 'succeeded',
    shows: 'not be dropped after the job',
    arrange(cloud) {
      cloud.faults.inject({ operation: 'dropCluster', ...always, fault: refusing(40003) })
      return { inputs: restoreCluster(cloud, { 'delete-after-job': 'true' }) }
    },
  },
]

const intoCollections: readonly Situation[] = [
  {
    name: 'restore-collections',
    about: 'Several collections are restored into a running cluster',
    ends: 'succeeded',
    arrange: cloud => ({ inputs: restoreCollections(cloud, { 'safety-backup': 'true' }) }),
  },
  {
    name: 'restore-collections-dry-run',
    about: 'A dry run with a safety backup',
    ends: 'planned',
    arrange: cloud => ({
      inputs: restoreCollections(cloud, { 'safety-backup': 'true', 'dry-run': 'true' }),
    }),
  },
  {
    name: 'restore-collections-some-failed',
    about: 'Some of several collections fail',
    ends: 'failed',
    arrange(cloud) {
      const reason = 'Segment 4472934 of collection sales.items could not be read from the backup.'
      for (const outcome of ['SUCCESSFUL', 'FAILED']) cloud.world.nextJob({ outcome, reason })
      return { inputs: restoreCollections(cloud) }
    },
  },
]

export const restoring: readonly Situation[] = [...intoCluster, ...intoCollections]
