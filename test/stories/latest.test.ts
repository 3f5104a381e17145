import { expect, test } from 'vitest'
import { type Simulator, startSimulator, type Variants } from '../../simulator/index.ts'
import { runStory, sent } from './story.ts'

const hour = 3_600

/** The backup that `latest` chooses, seen in a dry run: nothing else matters here. */
function choose(cloud: Simulator, operation: string, inputs: Readonly<Record<string, string>> = {}) {
  return runStory(cloud, {
    operation,
    'cluster-id': cloud.clusterId,
    'backup-id': 'latest',
    'target-cluster': operation === 'restore-cluster' ? 'pr-42' : 'staging',
    ...(operation === 'restore-collections' && { collections: '*' }),
    'dry-run': 'true',
    ...inputs,
  })
}

/** 250 backups in no order of their ages, with what `latest` must not be fooled by among them. */
function addMany(cloud: Simulator) {
  const { clusterId } = cloud
  const add = (ageHours: number, more: object = {}) =>
    cloud.world.addBackup({ clusterId, ageSeconds: ageHours * hour, ...more })
  for (let number = 1; number <= 120; number++) add(100 + ((number * 37) % 120))
  const newestCluster = add(7, { creationMethod: 'AUTO' })
  const newestCollection = add(6, { backupType: 'COLLECTION' })
  add(5, { status: 'CREATING' })
  add(4, { status: 'DELETED' })
  for (let number = 1; number <= 126; number++) add(300 + ((number * 41) % 126), { backupType: 'COLLECTION' })
  const { clusterId: other } = cloud.world.cluster('staging')
  cloud.world.addBackup({ clusterId: other, ageSeconds: hour })
  return { newestCluster: newestCluster.backupId, newestCollection: newestCollection.backupId }
}

const orders: Variants['listOrder'][] = ['newest-first', 'oldest-first', 'shuffled']
const counts: Variants['listCount'][] = ['total', 'page']

test.each(orders.flatMap(listOrder => counts.map(listCount => ({ listOrder, listCount }))))(
  'of 250 backups on three pages the newest that can serve is taken, listed $listOrder and counted by $listCount',
  async variants => {
    await using cloud = await startSimulator({ variants })
    const { newestCluster, newestCollection } = addMany(cloud)
    const cluster = await choose(cloud, 'restore-cluster')
    expect(cluster.step.outputs).toMatchObject({ status: 'planned', backupId: newestCluster })
    expect(sent(cluster, 'listBackups')).toHaveLength(3)
    expect(cluster.step.log.join('\n')).toContain(`backup-id: latest is ${newestCluster}, 7h`)
    const collections = await choose(cloud, 'restore-collections')
    expect(collections.step.outputs).toMatchObject({ status: 'planned', backupId: newestCollection })
  },
)

test('where the list gives the time of the cluster, descriptions decide which backup is the newest', async () => {
  await using cloud = await startSimulator({
    variants: { listCreateTime: 'cluster', listOrder: 'shuffled' },
  })
  const { clusterId } = cloud
  const ages = [9, 3, 12, 5, 7]
  const backups = ages.map(age => cloud.world.addBackup({ clusterId, ageSeconds: age * hour }))
  const story = await choose(cloud, 'restore-cluster', { 'max-age': '4h' })
  // The list makes them 300 days old; the description decides about the age too.
  expect(story.step.outputs).toMatchObject({ status: 'planned', backupId: backups[1]?.backupId })
  expect(sent(story, 'describeBackup')).toHaveLength(ages.length)
})

test('a newest backup that is deleted before it is described leaves its place to the next', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud
  const next = cloud.world.addBackup({ clusterId, ageSeconds: 2 * hour })
  const newest = cloud.world.addBackup({ clusterId, ageSeconds: hour })
  cloud.faults.inject({
    operation: 'listBackups',
    fault: {
      kind: 'edit',
      edit: response => {
        newest.status = 'DELETED'
        return response
      },
    },
  })
  const story = await choose(cloud, 'restore-cluster')
  expect(story.step.outputs).toMatchObject({ status: 'planned', backupId: next.backupId })
})

test('latest may be written in any case', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const story = await choose(cloud, 'restore-cluster', { 'backup-id': 'Latest' })
  expect(story.step.outputs).toMatchObject({ status: 'planned', backupId })
})

test('no backup at all is an error that says so', async () => {
  await using cloud = await startSimulator()
  const story = await choose(cloud, 'restore-collections')
  expect(story.step.outputs.status).toBe('failed')
  expect(story.step.annotations).toEqual([
    {
      level: 'error',
      message: `backup-id: latest finds no AVAILABLE backup of cluster ${cloud.clusterId}. Found instead: no backup at all. Nothing was started.`,
      title: 'restore-collections failed',
    },
  ])
})

test('none that can serve is an error that says what was found instead', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud
  const running = cloud.world.addBackup({ clusterId, status: 'CREATING', ageSeconds: 1 })
  const partial = cloud.world.addBackup({ clusterId, backupType: 'COLLECTION' })
  for (let number = 0; number < 10; number++) {
    cloud.world.addBackup({ clusterId, backupType: 'COLLECTION', ageSeconds: 3 * hour })
  }
  const story = await choose(cloud, 'restore-cluster')
  expect(story.step.outcome).toBe('failure')
  expect(story.step.outputs.backupId).toBeUndefined()
  const message = story.step.annotations[0]?.message
  expect(message).toContain(`finds no AVAILABLE backup of type CLUSTER of cluster ${clusterId}`)
  expect(message).toContain(
    `Found instead: ${running.backupId} (CLUSTER, CREATING), ${partial.backupId} (COLLECTION, AVAILABLE), `,
  )
  expect(message).toMatch(/ and 2 more\. Nothing was started\.$/)
})

test('a newest backup older than max-age is an error that names it and its age', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud
  cloud.world.addBackup({ clusterId, ageSeconds: 50 * hour })
  const { backupId } = cloud.world.addBackup({ clusterId, ageSeconds: 26 * hour })
  const story = await choose(cloud, 'restore-cluster', { 'max-age': '1d' })
  expect(story.step.outputs.status).toBe('failed')
  expect(story.step.annotations[0]?.message).toBe(
    `The newest AVAILABLE backup of type CLUSTER of cluster ${clusterId} is ${backupId}, 1d 2h old; max-age allows 1d. Nothing was started.`,
  )
})
