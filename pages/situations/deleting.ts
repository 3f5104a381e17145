/** Operations that delete a backup or drop a cluster. */
import type { Situation } from '../situation.ts'
import { addBackup, addBackups, addClustersOfPullRequests, production } from './world.ts'

const sweep = { operation: 'prune-clusters', 'name-pattern': 'shop-pr-{pr}' }

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
  {
    name: 'prune-clusters',
    about: 'Clusters of closed pull requests are dropped',
    ends: 'succeeded',
    arrange: cloud => ({
      inputs: { ...sweep, 'target-project-id': cloud.projectId, 'protected-clusters': 'shop-pr-36' },
      pulls: addClustersOfPullRequests(cloud),
    }),
  },
  {
    name: 'prune-clusters-dry-run',
    about: 'A dry run: clusters of closed pull requests would be dropped',
    ends: 'planned',
    arrange: cloud => ({
      inputs: { ...sweep, 'target-project-id': cloud.projectId, 'older-than': '1d', 'dry-run': 'true' },
      pulls: addClustersOfPullRequests(cloud),
    }),
  },
  {
    name: 'prune-clusters-failed',
    about: 'One of several clusters could not be dropped',
    ends: 'failed',
    arrange(cloud) {
      const pulls = addClustersOfPullRequests(cloud)
      cloud.world.cluster('shop-pr-31').status = 'FROZEN'
      return { inputs: { ...sweep, 'target-project-id': cloud.projectId }, pulls }
    },
  },
  {
    name: 'prune-clusters-not-asked',
    about: 'GitHub could not be asked about a pull request',
    ends: 'failed',
    arrange(cloud) {
      addClustersOfPullRequests(cloud)
      const inputs = { ...sweep, 'target-project-id': cloud.projectId, timeout: '3m' }
      return { inputs, pulls: {}, options: { env: { GITHUB_API_URL: 'http://127.0.0.1:9' } } }
    },
  },
  {
    name: 'prune-clusters-nothing-to-drop',
    about: 'No cluster matches',
    ends: 'succeeded',
    arrange: cloud => ({ inputs: { ...sweep, 'target-project-id': cloud.projectId }, pulls: {} }),
  },
]
