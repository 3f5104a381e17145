/** A key that may work with backups need not be allowed to describe the cluster: a dry run plans all the same. */
import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import type { OperationName } from '../../src/contract.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const operations: [OperationName, Inputs][] = [
  ['create-backup', {}],
  ['restore-cluster', { 'target-cluster': 'pr-42', 'cu-size': '1' }],
  ['restore-collections', { 'target-cluster': 'staging', collections: '*' }],
  ['export-backup', { 'integration-id': 'integ-0123456789' }],
]

/** Every description of the source cluster is refused so. */
function refuse({ faults, clusterId }: Simulator, fault: Fault) {
  const when = ({ path }: { path: string }) => path === `/v2/clusters/${clusterId}`
  faults.inject({ operation: 'describeCluster', times: Number.POSITIVE_INFINITY, when, fault })
}

describe.each(operations)('%s %o', (operation, more) => {
  const plan = (cloud: Simulator) => {
    const { clusterId, world } = cloud
    const { backupId } = world.addBackup({ clusterId })
    const ids = operation === 'create-backup' ? {} : { 'backup-id': backupId }
    return runIn(cloud, operation, { 'cluster-id': clusterId, ...ids, ...more, 'dry-run': 'true' })
  }

  test.each([96016, 96012, 40022])('with a key that may not describe it: code %d', async code => {
    await using cloud = await startSimulator()
    refuse(cloud, { kind: 'envelope', status: 403, code })
    const { ended, error, changes, reported } = await plan(cloud)
    expect([ended, error, changes]).toEqual(['planned', '', []])
    expect(reported.find(line => line.startsWith('plan='))).toContain('"method":"POST"')
    expect(cloud.requests.some(({ path }) => path === `/v2/clusters/${cloud.clusterId}`)).toBe(true)
  })

  test('not with a key that is refused', async () => {
    await using cloud = await startSimulator()
    refuse(cloud, { kind: 'envelope', status: 401, code: 21119 })
    const { ended, reported } = await plan(cloud)
    expect(ended).toBeInstanceOf(ApiError)
    expect(reported.filter(line => line.startsWith('plan='))).toEqual([])
  })
})
