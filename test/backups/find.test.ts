import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { chooseBackup, missingCollections, newest, newestFirst } from '../../src/backups/find.ts'
import { OperationFailed } from '../../src/step.ts'
import { decodeBackup } from '../../src/zilliz/decode.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import { listBackups } from '../../src/zilliz/reads.ts'
import { stepIn } from '../harness/step.ts'

const HOUR = 3_600
const DAY = 86_400

async function newestOf(cloud: Simulator, serves = () => true) {
  const { step } = stepIn(cloud)
  const listed = await listBackups(step.cloud, cloud.clusterId)
  return (await newest(step, cloud.clusterId, listed, serves))?.backupId
}

const add = (cloud: Simulator, ageSeconds: number, more: object = {}) =>
  cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds, ...more }).backupId

const described = (cloud: Simulator) =>
  cloud.requests.filter(({ operationId }) => operationId === 'describeBackup')

describe('the newest', () => {
  test.each(['newest-first', 'oldest-first', 'shuffled'] as const)(
    'by its time, whatever the order of the list: %s',
    async listOrder => {
      await using cloud = await startSimulator({ variants: { listOrder } })
      add(cloud, 3 * DAY)
      const id = add(cloud, HOUR)
      add(cloud, 2 * DAY)
      expect(await newestOf(cloud)).toBe(id)
      // Only the one that was chosen had to be described.
      expect(described(cloud)).toHaveLength(1)
    },
  )

  test('when the list tells the time of the cluster for all of them, descriptions settle it', async () => {
    await using cloud = await startSimulator({ variants: { listCreateTime: 'cluster' } })
    add(cloud, 3 * DAY)
    const id = add(cloud, HOUR)
    add(cloud, 2 * DAY)
    expect(await newestOf(cloud)).toBe(id)
    expect(described(cloud)).toHaveLength(3)
  })

  test('what is gone, or does not serve, when it is described is passed over', async () => {
    await using cloud = await startSimulator()
    const old = add(cloud, 2 * DAY)
    const middle = add(cloud, DAY)
    const young = add(cloud, HOUR)
    const { step } = stepIn(cloud)
    const listed = await listBackups(step.cloud, cloud.clusterId)
    cloud.world.backup(young).status = 'DELETED'
    const found = await newest(step, cloud.clusterId, listed, ({ backupId }) => backupId !== middle)
    expect(found?.backupId).toBe(old)
    expect(await newest(step, cloud.clusterId, listed, () => false)).toBeUndefined()
    expect(await newest(step, cloud.clusterId, [], () => true)).toBeUndefined()
  })

  test('what has no time comes last', async () => {
    await using cloud = await startSimulator()
    const dated = add(cloud, 9 * DAY)
    const { step } = stepIn(cloud)
    const undated = decodeBackup({ backupId: add(cloud, HOUR), status: 'AVAILABLE' })
    const listed = (await listBackups(step.cloud, cloud.clusterId)).filter(
      ({ backupId }) => backupId === dated,
    )
    expect((await newest(step, cloud.clusterId, [undated, ...listed], () => true))?.backupId).toBe(dated)
  })

  test.each([
    [12345, 200],
    [96036, 400],
    ['gone?', 404],
  ])('a description that is refused with %s lets no older one in its place', async (code, status) => {
    await using cloud = await startSimulator()
    add(cloud, DAY)
    const young = add(cloud, HOUR)
    cloud.faults.inject({ operation: 'describeBackup', fault: { kind: 'envelope', status, code } })
    await expect(newestOf(cloud)).rejects.toThrow(
      new RegExp(
        `^Could not read backup ${young} .*code ${code.toString().replace('?', '\\?')}.* Yet the list of backups has it\\.$`,
      ),
    )
  })

  test('a description that is refused for the key ends it', async () => {
    await using cloud = await startSimulator()
    add(cloud, HOUR)
    cloud.faults.inject({
      operation: 'describeBackup',
      fault: { kind: 'envelope', status: 200, code: 96016 },
    })
    await expect(newestOf(cloud)).rejects.toThrow(ApiError)
  })
})

async function choose(cloud: Simulator, choice: Parameters<typeof chooseBackup>[2], type?: 'CLUSTER') {
  const { step, told } = stepIn(cloud)
  const chosen = await chooseBackup(step, cloud.clusterId, choice, type).catch(error => error)
  return { chosen, told }
}

const latest = { latest: true } as const

describe('the choice', () => {
  test('by its id: published, and AVAILABLE', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud, HOUR)
    const { chosen, told } = await choose(cloud, { backupId }, 'CLUSTER')
    expect(chosen).toMatchObject({ backupId, status: 'AVAILABLE' })
    expect(told).toEqual([`backupId=${backupId}`, 'backupName=production_backup1'])
  })

  test.each([
    ['CREATING', ' is CREATING; only an AVAILABLE backup can be restored. Wait for it with operation: wait.'],
    ['FAILED', ' is FAILED; only an AVAILABLE backup can be restored.'],
  ] as const)('by its id: one that is %s is refused', async (status, sentence) => {
    await using cloud = await startSimulator()
    const backupId = add(cloud, HOUR, { status })
    const { chosen } = await choose(cloud, { backupId })
    expect(chosen).toBeInstanceOf(OperationFailed)
    expect(chosen.message).toBe(`Backup ${backupId} of cluster ${cloud.clusterId}${sentence}`)
  })

  test('by its id: a backup of collections makes no cluster, but serves otherwise', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud, HOUR, { backupType: 'COLLECTION' })
    const { chosen } = await choose(cloud, { backupId }, 'CLUSTER')
    expect(chosen.message).toContain('is of type COLLECTION, and a new cluster needs one of type CLUSTER.')
    expect((await choose(cloud, { backupId })).chosen).toMatchObject({ backupId })
  })

  test('by its id: one that is not there is named', async () => {
    await using cloud = await startSimulator()
    const { chosen } = await choose(cloud, { backupId: 'backup9_x' })
    expect(chosen).toBeInstanceOf(OperationFailed)
    expect(chosen.message).toContain(`Could not read backup backup9_x of cluster ${cloud.clusterId}.`)
  })

  test('latest: the newest that is AVAILABLE and of a type that serves', async () => {
    await using cloud = await startSimulator()
    const whole = add(cloud, 2 * HOUR)
    const partly = add(cloud, HOUR, { backupType: 'COLLECTION' })
    add(cloud, 60, { status: 'CREATING' })
    const { chosen, told } = await choose(cloud, latest, 'CLUSTER')
    expect(chosen).toMatchObject({ backupId: whole })
    expect(told[0]).toMatch(new RegExp(`^backup-id: latest is ${whole}, 2h.* old\\.$`))
    expect(told[1]).toBe(`backupId=${whole}`)
    expect((await choose(cloud, latest)).chosen).toMatchObject({ backupId: partly })
  })

  test('latest: none there tells what is', async () => {
    await using cloud = await startSimulator()
    expect((await choose(cloud, latest)).chosen.message).toBe(
      `backup-id: latest finds no AVAILABLE backup of cluster ${cloud.clusterId}. Found instead: no backup at all.`,
    )
    const partly = add(cloud, HOUR, { backupType: 'COLLECTION' })
    expect((await choose(cloud, latest, 'CLUSTER')).chosen.message).toBe(
      `backup-id: latest finds no AVAILABLE backup of type CLUSTER of cluster ${cloud.clusterId}. Found instead: ${partly} (COLLECTION, AVAILABLE).`,
    )
    for (let count = 0; count < 11; count++) add(cloud, HOUR + count, { backupType: 'COLLECTION' })
    expect((await choose(cloud, latest, 'CLUSTER')).chosen.message).toMatch(/ and 2 more\.$/)
  })

  test('latest: its age is that of its description, and max-age holds it', async () => {
    await using cloud = await startSimulator({ variants: { listCreateTime: 'cluster' } })
    const backupId = add(cloud, 2 * DAY)
    const allowed = (maxAge: number) => choose(cloud, { latest: true, maxAge })
    expect((await allowed(2 * DAY * 1000 + 5_000)).chosen).toMatchObject({ backupId })
    const { chosen, told } = await allowed(DAY * 1000)
    expect(chosen).toBeInstanceOf(OperationFailed)
    expect(chosen.message).toMatch(
      new RegExp(
        `^The newest AVAILABLE backup of cluster ${cloud.clusterId} is ${backupId}, 2d.* old; max-age allows 1d\\.$`,
      ),
    )
    expect(told).toEqual([])
  })

  test('latest: a backup that tells no age is older than any max-age, but serves without one', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud, HOUR)
    const edit = (answer: { data: object }) => ({
      ...answer,
      data: { ...answer.data, createTime: undefined },
    })
    cloud.faults.inject({ operation: 'describeBackup', times: 2, fault: { kind: 'edit', edit } })
    const { chosen } = await choose(cloud, { latest: true, maxAge: 1e12 })
    expect(chosen.message).toContain(`is ${backupId}, of an age the service does not tell; max-age allows`)
    const { told } = await choose(cloud, latest)
    expect(told[0]).toBe(`backup-id: latest is ${backupId}.`)
  })
})

const asked = [
  { database: 'sales', collection: 'orders' },
  { database: 'default', collection: 'articles' },
]

test.each([
  [{ kind: 'unlisted' } as const, undefined],
  [{ kind: 'flat' as const, collections: ['orders', 'articles'] }, []],
  [{ kind: 'flat' as const, collections: ['orders'] }, ['default.articles']],
  [{ kind: 'by-database' as const, collections: [...asked] }, []],
  [
    { kind: 'by-database' as const, collections: [{ database: 'archive', collection: 'orders' }] },
    ['sales.orders', 'default.articles'],
  ],
])('%j lacks %j', (contents, names) => {
  expect(missingCollections(contents, asked)).toEqual(names)
})

test('newest first, and what has no time last, in the order of the list', () => {
  const listed = [undefined, 2, 9, null, 5, 9].map((createTime, index) =>
    decodeBackup({ backupId: `b${index}`, status: 'AVAILABLE', createTime }),
  )
  const before = [...listed]
  expect(newestFirst(listed).map(({ backupId }) => backupId)).toEqual(['b2', 'b5', 'b4', 'b1', 'b0', 'b3'])
  expect(listed).toEqual(before)
})
