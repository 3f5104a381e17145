import { expect } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { startGitHub } from '../harness/github.ts'
import { startDataPlane } from '../harness/workflow/data-plane.ts'
import { describeExample, pullRequest, type Stories } from '../harness/workflow/example.ts'

const oldBackup = ({ world, clusterId }: Simulator) => void world.addBackup({ clusterId })
const gone = ['DELETING', 'DELETED']
const repository = {
  repository: {
    'test.sh': '#!/usr/bin/env bash\necho "$MILVUS_URI $MILVUS_DATABASE"; test -n "$MILVUS_TOKEN"\n',
  },
}

/** Neither forks nor Dependabot have secrets. */
const withoutSecrets = (jobs: Record<string, 'skipped'>, settings = {}): Stories => ({
  async 'is skipped for forks and Dependabot'({ cloud, run }) {
    const strangers = [{ repository: 'somebody/fork' }, { user: 'dependabot[bot]' }]
    for (const from of strangers) {
      for (const action of ['opened', 'closed']) {
        expect((await run(pullRequest(action, from), settings)).results).toEqual(jobs)
      }
    }
    expect(cloud.requests).toEqual([])
  },
})

describeExample('pull-request-environment.yml', {
  ...withoutSecrets({ environment: 'skipped', test: 'skipped', drop: 'skipped' }),
  async 'makes the cluster once, keeps it for the next push, drops it at the end'({ cloud, run }) {
    oldBackup(cloud)
    const opened = await run(pullRequest('opened'), repository)
    expect(opened.results).toEqual({ environment: 'success', test: 'success', drop: 'skipped' })
    const { clusterName, created, connectAddress } = opened.step('environment', 'restore').outputs
    expect({ clusterName, created }).toEqual({ clusterName: 'shop-pr-42', created: 'true' })
    expect(opened.job('environment').url).toBe(connectAddress)
    expect(opened.step('test', './test.sh').log).toEqual([`${connectAddress} `])

    const pushed = await run(pullRequest('synchronize'), repository)
    expect(pushed.results).toEqual({ environment: 'success', test: 'success', drop: 'skipped' })
    const reused = pushed.step('environment', 'restore').outputs
    expect(reused).toMatchObject({ created: 'false', connectAddress })
    expect(reused.password).toBeUndefined()
    expect(pushed.job('environment').url).toBe(connectAddress)

    const closed = await run(pullRequest('closed'))
    expect(closed.results).toEqual({ environment: 'skipped', test: 'skipped', drop: 'success' })
    expect(gone).toContain(cloud.world.cluster('shop-pr-42').status)
    expect(cloud.world.cluster('production').status).toBe('RUNNING')
  },
  async 'keeps one comment that says how the cluster is, and at last that it is gone'({ cloud, run }) {
    await using github = await startGitHub()
    oldBackup(cloud)
    const comments = () => (github.comments.get(42) ?? []).map(({ body }) => body)
    const opened = await run(pullRequest('opened'), { ...repository, github })
    expect(comments()).toEqual([
      expect.stringContaining(opened.step('environment', 'restore').outputs.connectAddress ?? ''),
    ])
    await run(pullRequest('synchronize'), { ...repository, github })
    expect(comments()).toEqual([expect.stringContaining('cluster shop-pr-42 used, nothing restored')])
    await run(pullRequest('closed'), { github })
    expect(comments()[0]).toContain('Cluster shop-pr-42 is gone')
  },
  async 'is usable before the tests begin'({ cloud, run }) {
    oldBackup(cloud)
    cloud.world.endpoint('shop-pr-42', { refusesForSeconds: 30 })
    expect((await run(pullRequest('opened'), repository)).results.test).toBe('success')
    const { clusterId } = cloud.world.cluster('shop-pr-42')
    const asked = cloud.dataRequests.filter(request => request.clusterId === clusterId)
    const [before, after] = [503, 200].map(code => asked.filter(({ status }) => status === code).length)
    expect(before).toBeGreaterThan(0)
    expect(after).toBeGreaterThan(5)
  },
  async 'does not test with less than the backup contains'({ cloud, run }) {
    oldBackup(cloud)
    cloud.world.nextRestored('sales.orders', { missing: true })
    const { results, step } = await run(pullRequest('opened'), repository)
    expect(results).toEqual({ environment: 'failure', test: 'skipped', drop: 'skipped' })
    expect(step('environment', 'restore').log.join('\n')).toContain('sales.orders: is not there')
  },
  async 'is content when there is nothing to drop'({ run }) {
    const { results, step } = await run(pullRequest('closed'))
    expect(results.drop).toBe('success')
    expect(step('drop', 'drop').outputs.status).toBe('skipped')
  },
  async 'does not test with data that is too old'({ cloud, run }) {
    cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 8 * 86_400 })
    const { results } = await run(pullRequest('opened'), repository)
    expect(results).toEqual({ environment: 'failure', test: 'skipped', drop: 'skipped' })
  },
})

const shared = { ...repository, vars: { ZILLIZ_TEST_CLUSTER_ID: 'staging' } }

describeExample('pull-request-database.yml', {
  ...withoutSecrets({ data: 'skipped', test: 'skipped', drop: 'skipped' }, shared),
  async 'restores once, tests each push'({ cloud, run }) {
    oldBackup(cloud)
    const opened = await run(pullRequest('opened'), shared)
    expect(opened.results).toEqual({ data: 'success', test: 'success', drop: 'skipped' })
    expect(cloud.world.collections('staging')).toEqual([
      'default.smoke_test LOADED',
      'pr_42.orders LOADED',
      'pr_42.items LOADED',
    ])
    const { connectAddress } = opened.step('data', 'cluster').outputs
    expect(opened.step('test', './test.sh').log).toEqual([`${connectAddress} pr_42`])

    const pushed = await run(pullRequest('synchronize'), shared)
    expect(pushed.results).toEqual({ data: 'success', test: 'success', drop: 'skipped' })
    expect(pushed.step('data', 'restore').outcome).toBe('skipped')
    expect(pushed.step('test', './test.sh').log).toEqual([`${connectAddress} pr_42`])
  },
  async 'drops the database at the end'({ cloud, run }) {
    await using dataPlane = await startDataPlane({
      'collections/list': { code: 0, data: ['orders', 'items'] },
    })
    cloud.world.cluster('staging').shown = { connectAddress: dataPlane.url }
    const { results } = await run(pullRequest('closed'), shared)
    expect(results).toEqual({ data: 'skipped', test: 'skipped', drop: 'success' })
    expect(dataPlane.requests.map(({ path, body }) => [path, body])).toEqual([
      ['collections/list', { dbName: 'pr_42' }],
      ['collections/drop', { dbName: 'pr_42', collectionName: 'orders' }],
      ['collections/drop', { dbName: 'pr_42', collectionName: 'items' }],
      ['databases/drop', { dbName: 'pr_42' }],
    ])
  },
  async 'drops a database that is empty'({ cloud, run }) {
    await using dataPlane = await startDataPlane({ 'collections/list': { code: 0, data: [] } })
    cloud.world.cluster('staging').shown = { connectAddress: dataPlane.url }
    expect((await run(pullRequest('closed'), shared)).results.drop).toBe('success')
    expect(dataPlane.requests.map(({ path }) => path)).toEqual(['collections/list', 'databases/drop'])
  },
  async 'is content when there is no database'({ cloud, run }) {
    await using dataPlane = await startDataPlane({ 'collections/list': { code: 800, message: 'not found' } })
    cloud.world.cluster('staging').shown = { connectAddress: dataPlane.url }
    expect((await run(pullRequest('closed'), shared)).results.drop).toBe('success')
    expect(dataPlane.requests).toHaveLength(1)
  },
  async 'is red when something cannot be dropped'({ cloud, run }) {
    for (const path of ['collections/list', 'collections/drop', 'databases/drop']) {
      await using dataPlane = await startDataPlane({
        'collections/list': { code: 0, data: ['orders'] },
        [path]: { code: 1100, message: 'refused' },
      })
      cloud.world.cluster('staging').shown = { connectAddress: dataPlane.url }
      expect((await run(pullRequest('closed'), shared)).results.drop, path).toBe('failure')
    }
  },
})
