/** A step of each operation that does its work, to see what it loads. */
import type { Simulator } from '../simulator/index.ts'
import { type OperationName, operations } from '../src/contract.ts'
import { withCopy } from '../test/harness/aliases.ts'
import { addPull, type GitHub } from '../test/harness/github.ts'
import type { Inputs } from './programs.ts'

interface World {
  cloud: Simulator
  github: GitHub
}

export interface Situation {
  name: string
  /** Whether what it loads is held to the limit. */
  isPlain: boolean
  arrange: (world: World) => Inputs
}

const pullRequest = 42

/** Arranges the world of an operation, and says what the step is given besides its operation. */
const arrangements: Readonly<Record<OperationName, (world: World) => Inputs>> = {
  'create-backup': ({ cloud }) => ({ 'cluster-id': cloud.clusterId }),
  'restore-cluster': ({ cloud }) => ({ ...backupOf(cloud), 'target-cluster': `pr-${pullRequest}` }),
  'restore-collections': ({ cloud }) => ({
    ...backupOf(cloud),
    'target-cluster': 'staging',
    collections: 'sales.*',
  }),
  wait: ({ cloud }) => ({
    'job-id': cloud.world.startManualBackup(cloud.clusterId).job?.jobId ?? '',
  }),
  'list-backups': ({ cloud }) => ({ 'cluster-id': backupOf(cloud)['cluster-id'] }),
  'describe-backup': ({ cloud }) => backupOf(cloud),
  'delete-backup': ({ cloud }) => backupOf(cloud),
  'prune-backups': ({ cloud }) => {
    backupOf(cloud)
    return { 'cluster-id': backupOf(cloud)['cluster-id'], 'keep-last': '1' }
  },
  'export-backup': ({ cloud }) => ({ ...backupOf(cloud), 'integration-id': 'integ-0123456789' }),
  'delete-cluster': () => ({ 'target-cluster': 'staging' }),
  'prune-clusters': ({ cloud, github }) => {
    const { world, projectId } = cloud
    const createdAt = world.now() - 86_400_000
    world.addCluster({ clusterName: `shop-pr-${pullRequest}`, projectId, createdAt })
    addPull(github, pullRequest, { state: 'closed' })
    return { 'name-pattern': 'shop-pr-{pr}', 'target-project-id': projectId }
  },
  verify: () => ({ 'target-cluster': 'production' }),
  'switch-alias': ({ cloud }) => {
    withCopy(cloud)
    return { 'target-cluster': 'production', alias: 'orders_live', collections: 'sales.orders_run_7' }
  },
}

/** Beside the plain ones, what loads most. */
export const situations: readonly Situation[] = [
  ...operations.map(operation => ({
    name: operation,
    isPlain: true,
    arrange: (world: World) => ({ operation, ...arrangements[operation](world) }),
  })),
  more('restore-cluster', 'with verify', { verify: 'true' }),
  more('restore-collections', 'with verify', { verify: 'true' }),
  more('create-backup', 'with a comment on the pull request', { 'comment-on-pr': 'true' }),
]

/** For the event of the workflow. */
export const event = { number: pullRequest, pull_request: { number: pullRequest } }

function more(operation: OperationName, what: string, inputs: Inputs): Situation {
  return {
    name: `${operation} ${what}`,
    isPlain: false,
    arrange: world => ({ operation, ...arrangements[operation](world), ...inputs }),
  }
}

function backupOf({ world, clusterId }: Simulator) {
  const { backupId } = world.addBackup({ clusterId })
  return { 'cluster-id': clusterId, 'backup-id': backupId }
}
