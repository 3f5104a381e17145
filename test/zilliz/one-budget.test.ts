/** A look right before a DELETE that gets no response has had all its tries: the DELETE around it begins none again. */
import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import type { OperationName } from '../../src/contract.ts'
import { NoResponseError } from '../../src/zilliz/errors.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const times = Number.POSITIVE_INFINITY
const fault = { kind: 'gateway', status: 502 } as const

const cases: [OperationName, 'describeCluster' | 'describeBackup', arrange: (cloud: Simulator) => Inputs][] =
  [
    [
      'delete-cluster',
      'describeCluster',
      ({ world }) => ({ 'target-cluster': world.addCluster({ clusterName: 'scrap' }).clusterName }),
    ],
    [
      'delete-backup',
      'describeBackup',
      ({ world, clusterId }) => ({
        'cluster-id': clusterId,
        'backup-id': world.addBackup({ clusterId }).backupId,
      }),
    ],
  ]

test.each(cases)('%s, whose %s fails: one sentence, after about two minutes', async (...row) => {
  const [operation, read, arrange] = row
  await using cloud = await startSimulator()
  const inputs = arrange(cloud)
  cloud.faults.inject({ operation: read, skip: 1, times, fault })
  const { ended, error, time, changes } = await runIn(cloud, operation, inputs)
  expect(ended).toBeInstanceOf(NoResponseError)
  expect(error.match(/Could not/g)).toHaveLength(1)
  expect(error).toMatch(/^Could not read (cluster|backup) .*, HTTP 502, .*, tried \d+ times in [\dms ]+\)$/)
  expect(time).toBeGreaterThan(100_000)
  expect(time).toBeLessThan(135_000)
  expect(changes).toEqual([])
})
