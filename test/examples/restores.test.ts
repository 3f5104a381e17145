import { expect } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { byHand, describeExample, runId, schedule } from '../harness/workflow/example.ts'

const oldBackup = ({ world, clusterId }: Simulator) => void world.addBackup({ clusterId })
const gone = ['DELETING', 'DELETED']
const repository = {
  repository: {
    'test.sh': '#!/usr/bin/env bash\necho "$MILVUS_URI $1"; test -n "$MILVUS_TOKEN$MILVUS_PASSWORD"\n',
  },
}
const failing = { repository: { 'test.sh': '#!/usr/bin/env bash\nexit 1\n' } }

describeExample('restore-by-hand.yml', {
  async 'restores a cluster from the backup of the plan'({ cloud, run }) {
    oldBackup(cloud)
    const { results, step } = await run(
      byHand({ operation: 'restore-cluster', 'target-cluster': 'second-copy' }),
    )
    expect(results).toEqual({
      'plan-cluster': 'success',
      'restore-cluster': 'success',
      'plan-collections': 'skipped',
      'restore-collections': 'skipped',
    })
    expect(step('plan-cluster', 'plan').outputs.status).toBe('planned')
    expect(step('plan-cluster', 'backup').outputs.backupName).toBe('production_backup1')
    expect(step('restore-cluster', 'restore').outputs).toMatchObject({ clusterName: 'second-copy' })
    expect(cloud.world.collections('second-copy')).toHaveLength(5)
  },
  async 'restores collections into a cluster that is there, after a safety backup'({ cloud, run }) {
    oldBackup(cloud)
    const inputs = {
      operation: 'restore-collections',
      'target-cluster': 'staging',
      collections: 'sales.* -> restored.*',
    }
    const { results, step } = await run(byHand(inputs))
    expect(results).toEqual({
      'plan-cluster': 'skipped',
      'restore-cluster': 'skipped',
      'plan-collections': 'success',
      'restore-collections': 'success',
    })
    expect(step('restore-collections', 'restore').outputs.safetyBackupId).toMatch(/^backup/)
    expect(cloud.world.collections('staging')).toEqual([
      'default.smoke_test LOADED',
      'restored.orders LOADED',
      'restored.items LOADED',
    ])
  },
  async 'stops at the plan for a protected cluster, an old backup, and an empty guard'({ cloud, run }) {
    oldBackup(cloud)
    const inputs = { operation: 'restore-collections', 'target-cluster': 'staging' }
    const guards = [{ 'protected-clusters': 'staging' }, { 'max-age': '30m' }, { 'max-age': '' }]
    for (const guard of guards) {
      const { results } = await run(byHand({ ...inputs, ...guard }))
      expect(results).toMatchObject({ 'plan-collections': 'failure', 'restore-collections': 'skipped' })
    }
    expect(cloud.world.jobs).toHaveLength(0)
  },
})

const throwAway = `throw-away-${runId}`
const leftByAnEarlierAttempt = ({ world, projectId }: Simulator) =>
  void world.addCluster({ clusterName: throwAway, projectId })

describeExample('throw-away-cluster.yml', {
  async 'makes the cluster and drops it when the job ends, so that nothing is left to sweep'({ cloud, run }) {
    oldBackup(cloud)
    const { results, step } = await run(schedule, repository)
    expect(results).toEqual({ test: 'success', sweep: 'success' })
    const { clusterName, username, connectAddress } = step('test', 'restore').outputs
    expect({ clusterName, username }).toEqual({ clusterName: throwAway, username: 'db_admin' })
    expect(step('test', './test.sh').log).toEqual([`${connectAddress} `])
    expect(step('sweep', 'sweep').outputs.status).toBe('skipped')
    expect(gone).toContain(cloud.world.cluster(throwAway).status)
  },
  async 'drops it after failed tests too'({ cloud, run }) {
    oldBackup(cloud)
    expect((await run(byHand(), failing)).results).toEqual({ test: 'failure', sweep: 'success' })
    expect(gone).toContain(cloud.world.cluster(throwAway).status)
  },
  async 'replaces what an earlier attempt has left'({ cloud, run }) {
    oldBackup(cloud)
    leftByAnEarlierAttempt(cloud)
    expect((await run(byHand(), repository)).results.test).toBe('success')
    const made = cloud.world.clusters.filter(({ clusterName }) => clusterName === throwAway)
    expect(made.map(({ status }) => gone.includes(status))).toEqual([true, true])
    expect(cloud.world.cluster('production').status).toBe('RUNNING')
  },
  async 'sweeps up a cluster whose job was lost'({ cloud, run }) {
    leftByAnEarlierAttempt(cloud)
    const { results, step } = await run(byHand(), repository)
    expect(results).toEqual({ test: 'failure', sweep: 'success' })
    expect(step('sweep', 'sweep').outputs.status).toBe('succeeded')
    expect(gone).toContain(cloud.world.cluster(throwAway).status)
  },
})

const parallel = `test-${runId}`
const shards = ['test (1)', 'test (2)', 'test (3)']

describeExample('test-in-parallel.yml', {
  async 'hands the address to each test and drops the cluster'({ cloud, run }) {
    oldBackup(cloud)
    const { results, step } = await run(schedule, repository)
    expect(results).toMatchObject({ restore: 'success', test: 'success', drop: 'success' })
    const { connectAddress } = step('restore', 'restore').outputs
    expect(shards.map(shard => step(shard, './test.sh "$SHARD"').log)).toEqual(
      [1, 2, 3].map(shard => [`${connectAddress} ${shard}`]),
    )
    expect(gone).toContain(cloud.world.cluster(parallel).status)
  },
  async 'drops the cluster after failed tests too'({ cloud, run }) {
    oldBackup(cloud)
    const { results } = await run(byHand(), failing)
    expect(results).toMatchObject({ restore: 'success', test: 'failure', drop: 'success' })
    expect(gone).toContain(cloud.world.cluster(parallel).status)
  },
  async 'has nothing to drop when there is no backup'({ run }) {
    const { results, step } = await run(byHand(), repository)
    expect(results).toEqual({ restore: 'failure', test: 'skipped', drop: 'success' })
    expect(step('drop', 'drop').outputs.status).toBe('skipped')
  },
})
