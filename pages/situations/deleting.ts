/** Operations that delete a backup or drop a cluster. */
import type { Situation } from '../situation.ts'
import { addBackup, addBackups, production } from './world.ts'

const prune = { operation: 'prune-backups', 'keep-last': '4', 'older-than': '30d' }

export const deleting: readonly Situation[] = [
  {
    name: 'delete-backup',
    about: 'One backup is deleted',
    ends: 'succeeded',
    arrange: cloud => ({
      inputs: {
        operation: 'delete-backup',
        ...production(cloud),
        'backup-id': addBackup(cloud, { hours: 500 }),
      },
    }),
  },
  {
    name: 'prune-backups-dry-run',
    about: 'A dry run: old backups would be deleted',
    ends: 'planned',
    arrange(cloud) {
      addBackups(cloud, 11)
      return { inputs: { ...prune, ...production(cloud), 'dry-run': 'true' } }
    },
  },
  {
    name: 'prune-backups',
    about: 'Old backups are deleted',
    ends: 'succeeded',
    arrange(cloud) {
      addBackups(cloud, 11)
      return { inputs: { ...prune, ...production(cloud) } }
    },
  },
  {
    name: 'prune-backups-nothing-to-delete',
    about: 'No backup is old enough',
    ends: 'skipped',
    arrange(cloud) {
      addBackups(cloud, 3)
      return { inputs: { ...prune, ...production(cloud) } }
    },
  },
  {
    name: 'delete-cluster',
    about: 'A cluster is dropped',
    ends: 'succeeded',
    arrange({ world, projectId }) {
      world.addCluster({ clusterName: 'shop-pr-42', projectId, createdAt: world.now() - 86_400_000 })
      return { inputs: { operation: 'delete-cluster', 'target-cluster': 'shop-pr-42' } }
    },
  },
]
