import { collection, copyDatabases, type Database } from './databases.ts'
import type { World } from './world.ts'

const DAY = 86_400_000

const productionContent: Database[] = [
  {
    name: 'default',
    collections: [collection('medium_articles', 5_979), collection('products', 120_000)],
  },
  {
    name: 'sales',
    collections: [collection('orders', 1_000_000), collection('items', 4_000_000, 'UNLOADED')],
  },
  { name: 'archive', collections: [collection('orders_2023', 750_000, 'UNLOADED')] },
]

/** The initial content of every simulator: two projects, four clusters, no backups. */
export function seed(world: World): { projectId: string; clusterId: string } {
  const now = world.now()
  const { projectId } = world.addProject({
    projectName: 'Default Project',
    regionIds: ['aws-us-west-2', 'aws-us-east-1'],
    plan: 'BusinessCritical',
    createdAt: now - 400 * DAY,
  })
  const sandbox = world.addProject({
    projectName: 'Sandbox',
    regionIds: ['aws-us-west-2'],
    createdAt: now - 90 * DAY,
  })
  const { clusterId } = world.addCluster({
    clusterName: 'production',
    description: 'The source of every example',
    projectId,
    cuSize: 2,
    createdAt: now - 300 * DAY,
    databases: copyDatabases(productionContent),
  })
  world.addCluster({
    clusterName: 'staging',
    projectId,
    createdAt: now - 120 * DAY,
    databases: [{ name: 'default', collections: [collection('smoke_test', 10)] }],
  })
  world.addCluster({ clusterName: 'scratch', projectId: sandbox.projectId, createdAt: now - 60 * DAY })
  world.addCluster({
    clusterName: 'playground',
    projectId: sandbox.projectId,
    deploymentOption: 'Serverless',
    createdAt: now - 30 * DAY,
  })
  return { projectId, clusterId }
}
