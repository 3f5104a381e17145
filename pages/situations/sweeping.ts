/** prune-clusters, and what GitHub may say of the pull requests. */
import type { Simulator } from '../../simulator/index.ts'
import { addPull, type GitHub } from '../../test/harness/github.ts'
import type { Inputs, Situation } from '../situation.ts'

const hour = 3_600_000

function sweep({ projectId }: Simulator, more: Inputs = {}): Inputs {
  return {
    operation: 'prune-clusters',
    'name-pattern': 'shop-pr-{pr}',
    'target-project-id': projectId,
    ...more,
  }
}

/** Hours ago. */
function addCluster({ world, projectId }: Simulator, clusterName: string, hours: number): void {
  world.addCluster({ clusterName, projectId, createdAt: world.now() - hours * hour })
}

/** Two that are closed, one that is open, one that nobody knows, and one that is too new for its pull request. */
function addClusters(cloud: Simulator, github: GitHub): void {
  for (const [number, hours] of [
    [38, 50],
    [40, 30],
    [41, 20],
    [97, 20],
    [12, 5],
  ] as const) {
    addCluster(cloud, `shop-pr-${number}`, hours)
  }
  addPull(github, 38, { state: 'merged', opened: 60, closed: 9 })
  addPull(github, 40, { state: 'closed', opened: 40, closed: 2 })
  addPull(github, 41, { state: 'open' })
  addPull(github, 12, { state: 'closed', opened: 900, closed: 700 })
}

export const sweeping: readonly Situation[] = [
  {
    name: 'prune-clusters',
    about: 'The clusters of closed pull requests are dropped',
    ends: 'succeeded',
    arrange(cloud, github) {
      addClusters(cloud, github)
      return { inputs: sweep(cloud) }
    },
  },
  {
    name: 'prune-clusters-dry-run',
    about: 'A dry run: which clusters would be dropped',
    ends: 'planned',
    arrange(cloud, github) {
      addClusters(cloud, github)
      return { inputs: sweep(cloud, { 'dry-run': 'true' }) }
    },
  },
  {
    name: 'prune-clusters-nothing-to-drop',
    about: 'Every pull request is open',
    ends: 'succeeded',
    arrange(cloud, github) {
      addCluster(cloud, 'shop-pr-41', 20)
      addPull(github, 41, { state: 'open' })
      return { inputs: sweep(cloud) }
    },
  },
  {
    name: 'prune-clusters-github-refuses',
    about: 'GitHub does not let the token read pull requests',
    ends: 'failed',
    arrange(cloud, github) {
      addClusters(cloud, github)
      github.fault = () => ({
        kind: 'status',
        status: 403,
        message: 'Resource not accessible by integration',
      })
      return { inputs: sweep(cloud) }
    },
  },
  {
    name: 'prune-clusters-by-age',
    about: 'Clusters that no pull request owns, by their age',
    ends: 'succeeded',
    arrange(cloud) {
      addCluster(cloud, 'throw-away-1658821493', 30)
      addCluster(cloud, 'throw-away-1658825555', 2)
      return { inputs: sweep(cloud, { 'name-pattern': 'throw-away-*', 'older-than': '6h' }) }
    },
  },
]
