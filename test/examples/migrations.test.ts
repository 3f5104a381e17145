import { expect } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
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

const restored = `sales.orders_run_${runId}_1`

/** The collection that the application reads by its alias. */
function liveOrders({ world }: Simulator) {
  return Object.assign(world.collection('production', 'sales.orders'), { aliases: ['orders_live'] })
}

describeExample('rollback-collections.yml', {
  async 'leaves everything as it is after a migration that works'({ cloud, run }) {
    const before = cloud.world.collections('production')
    const { results, step } = await run(byHand(), works)
    expect(results).toEqual({ migrate: 'success' })
    expect(step('migrate', 'restore').outcome).toBe('skipped')
    expect(cloud.world.collections('production')).toEqual(before)
  },
  async 'restores beside the live collection and switches the alias'({ cloud, run }) {
    const live = liveOrders(cloud)
    const { results, step } = await run(byHand(), fails)
    expect(results).toEqual({ migrate: 'failure' })
    expect(cloud.world.collections('production')).toEqual(
      expect.arrayContaining(['sales.orders LOADED', `${restored} LOADED`]),
    )
    expect(step('migrate', 'switch').outputs).toMatchObject({
      status: 'succeeded',
      collection: restored,
      previousCollection: 'sales.orders',
    })
    expect(live.aliases).toEqual([])
    expect(cloud.world.collection('production', restored).aliases).toEqual(['orders_live'])
  },
  async 'is red without such an alias, and where the restored collection is short of data'({ cloud, run }) {
    const { step } = await run(byHand(), fails)
    expect(step('migrate', 'switch').log.join('\n')).toContain('There is no alias "orders_live"')

    const live = liveOrders(cloud)
    cloud.world.nextRestored(`sales.orders_run_${runId}_2`, { rows: 999 })
    const second = await run(byHand(), { ...fails, attempt: 2 })
    expect(second.step('migrate', 'switch').outcome).toBe('failure')
    expect(live.aliases).toEqual(['orders_live'])
  },
})

/** Before the second verify, which comes after the migration. */
function duringTheMigration({ faults }: Simulator, act: () => void) {
  faults.inject({ operation: 'listDatabases', skip: 1, fault: { kind: 'meanwhile', act } })
}

describeExample('migration-with-proof.yml', {
  async 'migrates, and proves that nothing is lost'({ cloud, run, artifacts }) {
    const live = liveOrders(cloud)
    duringTheMigration(cloud, () => void live.rows++)
    const { results, step } = await run(byHand(), works)
    expect(results).toEqual({ backup: 'success', migrate: 'success', 'way-back': 'skipped' })
    const [after] = JSON.parse(step('migrate', 'after').outputs.verifiedCollections ?? '')
    expect(after).toMatchObject({ entities: 1_000_001, exact: true, aliases: ['orders_live'] })
    expect([...artifacts.keys()]).toEqual([`${runId} before-1`, `${runId} after-1`])
  },
  async 'goes back when it has lost data'({ cloud, run }) {
    const live = liveOrders(cloud)
    duringTheMigration(cloud, () => void live.rows--)
    const { results, step } = await run(byHand(), works)
    expect(results).toEqual({ backup: 'success', migrate: 'failure', 'way-back': 'success' })
    expect(step('migrate', 'after').summary).toContain('999,999')
    expect(step('way-back', 'switch').outputs.previousCollection).toBe('sales.orders')
    expect(cloud.world.collection('production', restored)).toMatchObject({
      rows: 1_000_000,
      aliases: ['orders_live'],
    })
  },
  async 'goes back when it has failed'({ cloud, run }) {
    liveOrders(cloud)
    const { results } = await run(byHand(), fails)
    expect(results).toEqual({ backup: 'success', migrate: 'failure', 'way-back': 'success' })
  },
  async 'does not switch to a copy that differs from what was there'({ cloud, run }) {
    const live = liveOrders(cloud)
    cloud.world.nextRestored(restored, { withoutFields: ['vector'] })
    const { results, step } = await run(byHand(), fails)
    expect(results['way-back']).toBe('failure')
    expect(step('way-back', 'compare').log.join('\n')).toContain('field "vector" is gone')
    expect(step('way-back', 'switch').outcome).toBe('skipped')
    expect(live.aliases).toEqual(['orders_live'])
  },
  async 'does not begin with less than there must be'({ cloud, run }) {
    liveOrders(cloud).rows = 999
    const { results } = await run(byHand(), works)
    expect(results).toEqual({ backup: 'failure', migrate: 'skipped', 'way-back': 'skipped' })
    expect(cloud.world.jobs).toEqual([])
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
