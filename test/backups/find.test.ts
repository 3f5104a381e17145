import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import type { BackupChoice } from '../../src/backups/choice.ts'
import { chooseBackup } from '../../src/backups/find.ts'
import { OperationFailed } from '../../src/errors.ts'
import { stepIn } from '../harness/step.ts'

const HOUR = 3_600
const DAY = 86_400

const add = (cloud: Simulator, ageSeconds: number, more: object = {}) =>
  cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds, ...more }).backupId

const byId = (backupId: string): BackupChoice => ({ kind: 'id', backupId })

const latest = { kind: 'latest', maxAge: undefined, backupType: undefined } as const
/** As `restore-cluster` takes it. */
const latestCluster = { ...latest, backupType: 'CLUSTER' } as const

async function choose(cloud: Simulator, backup: BackupChoice, type?: 'CLUSTER') {
  const { step, reported } = stepIn(cloud)
  const request = { clusterId: cloud.clusterId, backup }
  const needs = { use: 'restored', ...(type && { type }) } as const
  const chosen = await chooseBackup(step, request, needs).catch(error => error)
  return { chosen, reported, items: step.inProgress.items }
}

describe('the choice', () => {
  test('by its id: published, and AVAILABLE', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud, HOUR)
    const { chosen, reported } = await choose(cloud, byId(backupId), 'CLUSTER')
    expect(chosen).toMatchObject({ backupId, status: 'AVAILABLE' })
    expect(reported).toEqual([
      `backupId=${backupId}`,
      'backupName=production_backup1',
      expect.stringMatching(/^backupSize=\d+$/),
      expect.stringMatching(/^backupTime=\d{4}-.*Z$/),
    ])
  })

  test('of a step that may not use it is not published', async () => {
    await using cloud = await startSimulator()
    const { step, reported } = stepIn(cloud)
    const request = { clusterId: cloud.clusterId, backup: byId(add(cloud, HOUR)) }
    await chooseBackup(step, request, { use: 'restored', mayBeUnused: true })
    expect(reported).toEqual([])
  })

  test.each([
    ['CREATING', ' is CREATING; only an AVAILABLE backup can be restored. Wait for it with operation: wait.'],
    ['FAILED', ' is FAILED; only an AVAILABLE backup can be restored.'],
  ] as const)('by its id: one that is %s is refused', async (status, sentence) => {
    await using cloud = await startSimulator()
    const backupId = add(cloud, HOUR, { status })
    const { chosen, items } = await choose(cloud, byId(backupId))
    expect(chosen).toBeInstanceOf(OperationFailed)
    // The step that waits for it is shown.
    const { clusterId } = cloud
    expect(items).toEqual(status === 'CREATING' ? [{ kind: 'backup', clusterId, backupId }] : [])
    expect(chosen.message).toBe(`Backup ${backupId} of cluster ${cloud.clusterId}${sentence}`)
  })

  test('by its id: a backup of collections cannot become a cluster, but serves otherwise', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud, HOUR, { backupType: 'COLLECTION' })
    const { chosen } = await choose(cloud, byId(backupId), 'CLUSTER')
    expect(chosen.message).toContain(
      'is of type COLLECTION, and a new cluster needs one of type CLUSTER. Its collections can be restored into an existing cluster with operation: restore-collections.',
    )
    expect((await choose(cloud, byId(backupId))).chosen).toMatchObject({ backupId })
  })

  test('by its id: one that is not there is named', async () => {
    await using cloud = await startSimulator()
    const { chosen } = await choose(cloud, byId('backup9_x'))
    expect(chosen).toBeInstanceOf(OperationFailed)
    expect(chosen.message).toMatch(
      new RegExp(
        `^Could not read backup backup9_x of cluster ${cloud.clusterId}: the service refused\\. Check backup-id and cluster-id\\. \\("Backup not found.*\\)$`,
      ),
    )
  })

  test('latest: the newest that is AVAILABLE and of a type that serves', async () => {
    await using cloud = await startSimulator()
    const whole = add(cloud, 2 * HOUR)
    const partly = add(cloud, HOUR, { backupType: 'COLLECTION' })
    add(cloud, 60, { status: 'CREATING' })
    const { chosen, reported } = await choose(cloud, latestCluster, 'CLUSTER')
    expect(chosen).toMatchObject({ backupId: whole })
    expect(reported[0]).toMatch(new RegExp(`^backup-id: latest is ${whole}, 2h.* old\\.$`))
    expect(reported[1]).toBe(`backupId=${whole}`)
    expect((await choose(cloud, latest)).chosen).toMatchObject({ backupId: partly })
  })

  test('latest: with none, what is there instead is named', async () => {
    await using cloud = await startSimulator()
    expect((await choose(cloud, latest)).chosen.message).toBe(
      `backup-id: latest finds no AVAILABLE backup of cluster ${cloud.clusterId}. Found instead: no backup at all.`,
    )
    const partly = add(cloud, HOUR, { backupType: 'COLLECTION' })
    expect((await choose(cloud, latestCluster, 'CLUSTER')).chosen.message).toBe(
      `backup-id: latest finds no AVAILABLE backup of type CLUSTER of cluster ${cloud.clusterId}. Found instead: ${partly} (COLLECTION, AVAILABLE).`,
    )
    for (let count = 0; count < 11; count++) add(cloud, HOUR + count, { backupType: 'COLLECTION' })
    expect((await choose(cloud, latestCluster, 'CLUSTER')).chosen.message).toMatch(/ and 2 more\.$/)
  })

  test('latest: its age is that of its description, and max-age limits it', async () => {
    await using cloud = await startSimulator({ variants: { listCreateTime: 'cluster' } })
    const backupId = add(cloud, 2 * DAY)
    const allowed = (maxAge: number) => choose(cloud, { ...latest, maxAge })
    expect((await allowed(2 * DAY * 1000 + 5_000)).chosen).toMatchObject({ backupId })
    const { chosen, reported } = await allowed(DAY * 1000)
    expect(chosen).toBeInstanceOf(OperationFailed)
    expect(chosen.message).toMatch(
      new RegExp(
        `^The newest AVAILABLE backup of cluster ${cloud.clusterId} is ${backupId}, 2d.* old; max-age allows 1d\\.$`,
      ),
    )
    expect(reported).toEqual([])
  })

  test('latest: a backup without a time is older than any max-age, but serves without max-age', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud, HOUR)
    const edit = (response: { data: object }) => ({
      ...response,
      data: { ...response.data, createTime: undefined },
    })
    cloud.faults.inject({ operation: 'describeBackup', times: 2, fault: { kind: 'edit', edit } })
    const { chosen } = await choose(cloud, { ...latest, maxAge: 1e12 })
    expect(chosen.message).toContain(`is ${backupId}, of unknown age; max-age allows`)
    const { reported } = await choose(cloud, latest)
    expect(reported[0]).toBe(`backup-id: latest is ${backupId}.`)
  })
})
