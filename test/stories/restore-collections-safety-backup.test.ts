import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { endAtList } from './arrange.ts'
import { restoreCollections } from './steps.ts'
import { changesSent, errorOf } from './story.ts'

test('a safety backup of the target comes first, and is waited for even where nothing else is', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const story = await restoreCollections(cloud, {
    collections: 'products',
    'safety-backup': 'true',
    wait: 'false',
  })
  const { safetyBackupId = '', jobIds, backupId } = story.step.outputs
  expect(story.step.outputs.status).toBe('started')
  expect(cloud.world.backup(safetyBackupId)).toMatchObject({ status: 'AVAILABLE' })
  expect(cloud.world.backup(safetyBackupId).source.clusterName).toBe('staging')
  expect(backupId).not.toBe(safetyBackupId)
  const [safetyJob, restoreJob] = cloud.world.jobs
  expect(jobIds).toBe(JSON.stringify([restoreJob?.jobId]))
  expect(safetyJob?.type).toBe('BACKUP')
  expect(changesSent(story)).toEqual(['createBackup', 'restoreCollection'])
})

test('a safety backup that fails ends the step before anything is restored', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.world.nextJob({ type: 'BACKUP', outcome: 'FAILED', reason: 'disk full' })
  const story = await restoreCollections(cloud, { collections: 'products', 'safety-backup': 'true' })
  expect(story.step.outputs.status).toBe('failed')
  expect(story.step.outputs.safetyBackupId).toBeDefined()
  expect(errorOf(story)).toContain('disk full')
  expect(changesSent(story)).toEqual(['createBackup'])
})

test.each([
  ['wait', 'succeeded'],
  ['fail', 'failed'],
])('a target that is being backed up, if-busy: %s', async (ifBusy, status) => {
  await using cloud = await startSimulator({ speed: 60 })
  const running = cloud.world.startAutomaticBackup(cloud.world.cluster('staging').clusterId, {
    durationSeconds: Number.POSITIVE_INFINITY,
  })
  endAtList(cloud, 3)
  const inputs = { 'safety-backup': 'true', 'if-busy': ifBusy }
  const story = await restoreCollections(cloud, { collections: 'products', ...inputs })
  expect(story.step.outputs.status).toBe(status)
  const text = ifBusy === 'fail' ? errorOf(story) : story.step.log.join('\n')
  expect(text).toContain(running.backupId)
  expect(changesSent(story)).toEqual(ifBusy === 'fail' ? [] : ['createBackup', 'restoreCollection'])
})

test('a dry run plans the safety backup and one request for each collection, and sends none', async () => {
  await using cloud = await startSimulator()
  const { clusterId: destClusterId } = cloud.world.cluster('staging')
  const story = await restoreCollections(cloud, {
    collections: 'sales.orders -> copy',
    'safety-backup': 'true',
    'dry-run': 'true',
  })
  expect(story.step.outputs.status).toBe('planned')
  expect(changesSent(story)).toEqual([])
  const { backupId } = story.step.outputs
  const entry = { collectionName: 'orders', destCollectionName: 'copy', destCollectionStatus: 'LOADED' }
  expect(JSON.parse(story.step.outputs.plan ?? '')).toEqual([
    {
      method: 'POST',
      path: `/v2/clusters/${destClusterId}/backups/create`,
      body: { backupType: 'CLUSTER' },
    },
    {
      method: 'POST',
      path: `/v2/clusters/${cloud.clusterId}/backups/${backupId}/restoreCollection`,
      body: {
        destClusterId,
        dbCollections: [{ dbName: 'sales', destDbName: 'sales', collections: [entry] }],
      },
    },
  ])
})
