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

/** `shop-pr-31` and the like, with all that can be said of one; GitHub does not know 35. */
function addClusters(cloud: Simulator, github: GitHub): void {
  const ages: Readonly<Record<number, number>> = { 31: 230, 32: 170, 33: 60, 34: 40, 35: 20, 36: 20, 8: 5 }
  for (const [number, hours] of Object.entries(ages)) addCluster(cloud, `shop-pr-${number}`, hours)
  addPull(github, 31, { state: 'merged', opened: 240, closed: 80 })
  addPull(github, 32, { state: 'closed', opened: 172, closed: 100 })
  addPull(github, 33, { state: 'open', opened: 61 })
  addPull(github, 34, { state: 'merged', opened: 42, closed: 3 })
  addPull(github, 36, { state: 'merged', opened: 25, closed: 2 })
  addPull(github, 8, { state: 'closed', opened: 2_000, closed: 1_900 })
}

export const sweeping: readonly Situation[] = [
  {
    name: 'prune-clusters',
    about: 'Clusters of closed pull requests are dropped',
    ends: 'succeeded',
    arrange(cloud, github) {
      addClusters(cloud, github)
      return { inputs: sweep(cloud, { 'protected-clusters': 'shop-pr-36' }) }
    },
  },
  {
    name: 'prune-clusters-dry-run',
    about: 'A dry run: clusters of closed pull requests would be dropped',
    ends: 'planned',
    arrange(cloud, github) {
      addClusters(cloud, github)
      return { inputs: sweep(cloud, { 'older-than': '1d', 'dry-run': 'true' }) }
    },
  },
  {
    name: 'prune-clusters-failed',
    about: 'One of several clusters could not be dropped',
    ends: 'failed',
    arrange(cloud, github) {
      addClusters(cloud, github)
      cloud.world.cluster('shop-pr-31').status = 'FROZEN'
      return { inputs: sweep(cloud) }
    },
  },
  {
    name: 'prune-clusters-not-asked',
    about: 'GitHub could not be asked about a pull request',
    ends: 'failed',
    arrange(cloud, github) {
      addClusters(cloud, github)
      const inputs = sweep(cloud, { timeout: '3m' })
      return { inputs, options: { env: { GITHUB_API_URL: 'http://127.0.0.1:9' } } }
    },
  },
  {
    name: 'prune-clusters-not-allowed',
    about: 'GitHub does not let the token read pull requests',
    ends: 'failed',
    arrange(cloud, github) {
      addClusters(cloud, github)
      const message = 'Resource not accessible by integration'
      github.fault = () => ({ kind: 'status', status: 403, message })
      return { inputs: sweep(cloud) }
    },
  },
  {
    name: 'prune-clusters-nothing-to-drop',
    about: 'No cluster matches',
    ends: 'succeeded',
    arrange: cloud => ({ inputs: sweep(cloud) }),
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
