import { expect } from 'vitest'
import { startDataPlane } from '../harness/workflow/data-plane.ts'
import { byHand, call, describeExample, push, runId } from '../harness/workflow/example.ts'

const script = (text: string) => ({ repository: { 'migrations/run.sh': `#!/usr/bin/env bash\n${text}\n` } })
const works = script('test -n "$MILVUS_TOKEN"')
const fails = script('exit 3')

describeExample('backup-before-migration.yml', {
  async 'migrates after the backup, and says which writes are in it'({ cloud, run }) {
    const { results, step } = await run(push, works)
    expect(results).toEqual({ backup: 'success', migrate: 'success', 'way-back': 'skipped' })
    const { backupId, createdAt } = cloud.world.backups[0] ?? { createdAt: 0 }
    const time = new Date(createdAt).toISOString().replace(/\.\d+Z$/, 'Z')
    expect(step('backup', 'backup').outputs).toMatchObject({ created: 'true', backupTime: time })
    expect(step('migrate', 'Say which writes are in the backup').summary).toBe(
      `Backup \`${backupId}\` has the writes up to **${time}**. Later ones are not in it.\n`,
    )
  },
  async 'joins a backup that is running, whose time is in the summary'({ cloud, run }) {
    const { backupId } = cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: 20 })
    const { results, step } = await run(push, works)
    expect(results.migrate).toBe('success')
    expect(step('backup', 'backup').outputs).toMatchObject({ created: 'false', backupId })
    expect(step('migrate', 'Say which writes are in the backup').summary).toContain(backupId)
    expect(cloud.world.backups).toHaveLength(1)
  },
  async 'uses the backup of an earlier attempt'({ cloud, run }) {
    cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 600 })
    const { step } = await run(push, { ...works, attempt: 2 })
    expect(step('backup', 'backup').outputs).toMatchObject({ status: 'skipped', created: 'false' })
  },
  async 'does not migrate without a backup'({ cloud, run }) {
    cloud.world.nextJob({ outcome: 'FAILED', reason: 'disk full' })
    const { results } = await run(push, works)
    expect(results).toEqual({ backup: 'failure', migrate: 'skipped', 'way-back': 'skipped' })
  },
  async 'restores the state before a failed migration into a new cluster'({ cloud, run }) {
    const { results, step } = await run(push, fails)
    expect(results).toEqual({ backup: 'success', migrate: 'failure', 'way-back': 'success' })
    const name = `before-migration-${runId}-1`
    expect(step('way-back', 'restore').outputs).toMatchObject({ status: 'succeeded', clusterName: name })
    expect(cloud.world.collections(name)).toHaveLength(5)
  },
})

describeExample('rollback-collections.yml', {
  async 'leaves everything as it is after a migration that works'({ cloud, run }) {
    const before = cloud.world.collections('production')
    const { results, step } = await run(byHand(), works)
    expect(results).toEqual({ migrate: 'success' })
    expect(step('migrate', 'restore').outcome).toBe('skipped')
    expect(cloud.world.collections('production')).toEqual(before)
  },
  async 'restores beside the live collection and moves the alias'({ cloud, run }) {
    await using dataPlane = await startDataPlane()
    cloud.world.cluster('production').shown = { connectAddress: dataPlane.url }
    const { results, step } = await run(byHand(), fails)
    expect(results).toEqual({ migrate: 'failure' })
    const restored = `orders_run_${runId}_1`
    expect(cloud.world.collections('production')).toEqual(
      expect.arrayContaining(['sales.orders LOADED', `sales.${restored} LOADED`]),
    )
    expect(step('migrate', 'Move the alias to the restored collection').outcome).toBe('success')
    expect(dataPlane.requests).toEqual([
      {
        path: 'aliases/alter',
        token: `Bearer ${cloud.apiKey}`,
        body: { dbName: 'sales', aliasName: 'orders_live', collectionName: restored },
      },
    ])
  },
  async 'is red where the alias is refused'({ cloud, run }) {
    await using dataPlane = await startDataPlane({ 'aliases/alter': { code: 1600, message: 'no alias' } })
    cloud.world.cluster('production').shown = { connectAddress: dataPlane.url }
    const { step } = await run(byHand(), fails)
    expect(step('migrate', 'Move the alias to the restored collection').outcome).toBe('failure')
  },
})

const asked = (clusterId: string) => ({
  'cluster-id': clusterId,
  collections: 'sales.orders',
  'way-back': 'sales.orders -> orders_before',
})
const secret = 'zilliz-api-key'

describeExample('migrate-with-way-back.yml', {
  async 'backs up and migrates'({ cloud, run }) {
    const { results } = await run(call(asked(cloud.clusterId)), { ...works, secret })
    expect(results).toEqual({ backup: 'success', migrate: 'success', 'way-back': 'skipped' })
    expect(cloud.world.backups[0]).toMatchObject({ backupType: 'COLLECTION', status: 'AVAILABLE' })
  },
  async 'restores next to the live collections after a failure'({ cloud, run }) {
    const { results } = await run(call(asked(cloud.clusterId)), { ...fails, secret })
    expect(results).toEqual({ backup: 'success', migrate: 'failure', 'way-back': 'success' })
    expect(cloud.world.collections('production')).toContain('sales.orders_before LOADED')
  },
  async 'plans both in a dry run, from a backup that is fresh enough'({ cloud, run }) {
    cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 7200 })
    const inputs = { ...asked(cloud.clusterId), 'dry-run': true, 'max-age': '1d' }
    const { results, step } = await run(call(inputs), { ...works, secret })
    expect(results).toEqual({ backup: 'success', migrate: 'skipped', 'way-back': 'skipped' })
    expect(step('backup', 'backup').outputs.status).toBe('planned')
    expect(step('backup', 'plan').outputs.status).toBe('planned')
    expect(cloud.world.jobs).toHaveLength(0)
  },
  async 'passes each guard on'({ cloud, run }) {
    const { clusterId } = cloud
    cloud.world.addBackup({ clusterId, ageSeconds: 7200 })
    const guards = [{ 'max-age': '1h' }, { 'protected-clusters': 'production' }, { 'safety-backup': true }]
    const ended: string[] = []
    for (const guard of guards) {
      const inputs = { ...asked(clusterId), 'dry-run': true, ...guard }
      const { step } = await run(call(inputs), { ...works, secret })
      const { outcome, outputs } = step('backup', 'plan')
      ended.push(`${outcome} ${JSON.parse(outputs.plan ?? '[]').length}`)
    }
    // With a safety backup there is one more request.
    expect(ended).toEqual(['failure 0', 'failure 0', 'success 2'])
  },
  async 'stops at a guard that is empty'({ cloud, run }) {
    const inputs = { ...asked(cloud.clusterId), 'protected-clusters': '', 'dry-run': true }
    const { results } = await run(call(inputs), { ...works, secret })
    expect(results.backup).toBe('failure')
  },
})

describeExample('call-migration.yml', {
  async 'migrates when it is pushed, and knows the backup'({ cloud, run }) {
    const { results, step } = await run(push, works)
    expect(results).toEqual({
      'migrate / backup': 'success',
      'migrate / migrate': 'success',
      'migrate / way-back': 'skipped',
      migrate: 'success',
      report: 'success',
    })
    const [line] = step('report', 'echo "Backup $BACKUP_ID has the writes up to $BACKUP_TIME."').log
    expect(line).toContain(`Backup ${cloud.world.backups[0]?.backupId} has the writes up to 20`)
  },
  async 'restores after a failure'({ cloud, run }) {
    const { results } = await run(push, fails)
    expect(results).toMatchObject({ migrate: 'failure', 'migrate / way-back': 'success', report: 'success' })
    expect(cloud.world.collections('production')).toContain(`sales.orders_run_${runId}_1 LOADED`)
  },
  async 'changes nothing by hand'({ cloud, run }) {
    cloud.world.addBackup({ clusterId: cloud.clusterId })
    const { results } = await run(byHand(), works)
    expect(results).toMatchObject({ migrate: 'success', 'migrate / migrate': 'skipped', report: 'skipped' })
    expect(cloud.world.jobs).toHaveLength(0)
  },
})
