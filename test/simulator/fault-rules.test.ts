import { expect, test } from 'vitest'
import { type Fault, type OperationId, type Simulator, startSimulator } from '../../simulator/index.ts'
import { backupPath, type ClientRequest, get, post, request, restoreBody } from './client.ts'

test('rules skip and repeat, and are hit in the order of injection', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({
    operation: 'listProjects',
    skip: 1,
    times: 2,
    fault: { kind: 'gateway', status: 503 },
  })
  cloud.faults.inject({ operation: 'listProjects', fault: { kind: 'gateway', status: 502 } })
  cloud.faults.inject({
    operation: '*',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'gateway', status: 504 },
  })
  const status = async (path: string) => (await get(cloud, path)).status
  expect(await status('/v2/regions')).toBe(504)
  expect(await status('/v2/projects')).toBe(502)
  expect(await status('/v2/projects')).toBe(503)
  expect(cloud.faults.pending()).toHaveLength(1)
  expect(await status('/v2/projects')).toBe(503)
  expect(await status('/v2/projects')).toBe(504)
  expect(await status('/nowhere')).toBe(504)
  expect(cloud.faults.pending()).toEqual([])
  cloud.faults.clear()
  expect(await status('/v2/projects')).toBe(200)
})

test('a rule can select requests of its operation', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({
    operation: 'describeCluster',
    when: record => record.path.endsWith('-2'),
    fault: { kind: 'gateway', status: 503 },
  })
  expect((await get(cloud, '/v2/clusters/in01-1')).status).toBe(200)
  expect((await get(cloud, '/v2/clusters/in01-2')).status).toBe(503)
})

test.each(['reset', 'reset-in-body', 'cut', 'empty'] as const)(
  'with %s a POST is performed only with `applied`',
  async kind => {
    await using cloud = await startSimulator()
    const path = `/v2/clusters/${cloud.clusterId}/backups/create`
    const create = () => post(cloud, path, { backupType: 'CLUSTER' }).catch(() => undefined)
    cloud.faults.inject({ operation: 'createBackup', fault: { kind } })
    await create()
    expect(cloud.world.backups).toHaveLength(0)
    cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind } })
    await create()
    expect(cloud.world.backups).toHaveLength(1)
    expect(cloud.requests.map(record => [record.fault, record.applied])).toEqual([
      [kind, false],
      [kind, true],
    ])
  },
)

/** Every operation that changes something, on the seeded clusters and a backup of the first. */
function changes(cloud: Simulator): [operation: OperationId, request: ClientRequest][] {
  const { clusterId } = cloud
  const { backupId } = cloud.world.addBackup({ clusterId })
  const cluster = `/v2/clusters/${clusterId}`
  const destClusterId = cloud.world.cluster('scratch').clusterId
  const onBackup = (action: string) => ({ method: 'POST', path: backupPath(cloud, backupId, action) })
  return [
    ['restoreCluster', { ...onBackup('/restoreCluster'), body: restoreBody(cloud) }],
    ['restoreCollection', { ...onBackup('/restoreCollection'), body: { destClusterId } }],
    ['exportBackup', { ...onBackup('/export'), body: { integrationId: 'integ-1' } }],
    ['createBackup', { method: 'POST', path: `${cluster}/backups/create`, body: { backupType: 'CLUSTER' } }],
    ['setBackupPolicy', { method: 'POST', path: `${cluster}/backups/policy`, body: { enabled: true } }],
    ['deleteBackup', { method: 'DELETE', path: backupPath(cloud, backupId) }],
    ['dropCluster', { method: 'DELETE', path: `/v2/clusters/${destClusterId}/drop` }],
    ['modifyCluster', { method: 'POST', path: `${cluster}/modify`, body: { cuSize: 4 } }],
    ['suspendCluster', { method: 'POST', path: `/v2/clusters/${stagingOf(cloud)}/suspend` }],
  ]
}

const stagingOf = (cloud: Simulator) => cloud.world.cluster('staging').clusterId

/** All that the operations above change, as one text. */
function stateOf({ world }: Simulator): string {
  return JSON.stringify([
    world.jobs.length,
    world.clusters.map(cluster => [cluster.status, cluster.cuSize]),
    world.backups.map(backup => backup.status),
  ])
}

test.each<Fault & { kind: 'envelope' }>([
  { kind: 'envelope', status: 504, code: 96038 },
  { kind: 'envelope', status: 200, code: 96038 },
  { kind: 'envelope', status: 200, code: 'BUSY' },
  { kind: 'envelope', status: 500, code: 'INTERNAL' },
  { kind: 'envelope', status: 503 },
])('an operation that is answered with %j is carried out only with `applied`', async fault => {
  await using cloud = await startSimulator()
  for (const [operation, change] of changes(cloud)) {
    const before = stateOf(cloud)
    for (const applied of [false, true]) {
      cloud.faults.inject({ operation, applied, fault })
      const response = await request(cloud, change)
      expect([response.status, response.body.code]).toEqual([fault.status, fault.code])
      expect(cloud.requests.at(-1)).toMatchObject({ operationId: operation, applied, code: fault.code })
      expect([operation, stateOf(cloud) === before]).toEqual([operation, !applied])
    }
  }
  expect(cloud.problems).toEqual([])
})

test('another cluster takes the name while a restore asks for it', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const act = () => cloud.world.addCluster({ clusterName: 'copy', projectId: cloud.projectId })
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'meanwhile', act } })
  const { body } = await post(cloud, backupPath(cloud, backupId, '/restoreCluster'), restoreBody(cloud))
  expect([body.code, cloud.world.cluster('copy').status]).toEqual([96017, 'RUNNING'])
})

test('what happens meanwhile leaves the response to the next rule', async () => {
  await using cloud = await startSimulator()
  const happened: number[] = []
  const act = ({ number }: { number: number }) => happened.push(number)
  cloud.faults.inject({ operation: 'listProjects', skip: 1, fault: { kind: 'meanwhile', act } })
  cloud.faults.inject({ operation: 'listProjects', times: 2, fault: { kind: 'gateway', status: 503 } })
  for (const expected of [503, 503, 200]) expect((await get(cloud, '/v2/projects')).status).toBe(expected)
  expect(happened).toEqual([2])
  expect(cloud.requests.map(({ fault }) => fault)).toEqual(['gateway', 'gateway', undefined])
  expect(cloud.faults.pending()).toEqual([])
})

test('the newest entry can be left out of one page of many', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud
  for (let age = 1; age <= 5; age++) cloud.world.addBackup({ clusterId, ageSeconds: age })
  const newest = cloud.world.backups[0]?.backupId
  cloud.faults.inject({ operation: 'listBackups', fault: { kind: 'without-entry' } })
  const page = async (number: number) => {
    const { data } = (await get(cloud, `/v2/backups?pageSize=2&currentPage=${number}`)).body
    return [data.count, data.backups.map((backup: { backupId: string }) => backup.backupId === newest)]
  }
  expect([await page(1), await page(1)]).toEqual([
    [4, [false, false]],
    [5, [true, false]],
  ])
})
