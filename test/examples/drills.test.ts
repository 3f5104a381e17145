import { expect } from 'vitest'
import { describeExample, type Stage, schedule } from '../harness/workflow/example.ts'

const runId = '2000000000'
const drilled = `restore-drill-${runId}`
const gone = ['DELETING', 'DELETED']

/** The backup of the night, with what was there right before it, and then the drill. */
async function drillAfterBackup({ run, runOther }: Stage) {
  expect((await runOther('backup-with-receipt.yml', schedule)).results).toEqual({ backup: 'success' })
  return run(schedule, { runId })
}

describeExample('restore-drill.yml', {
  async 'restores the newest backup, counts, compares, and drops the cluster'(stage) {
    const { cloud, artifacts } = stage
    Object.assign(cloud.world.collection('production', 'sales.orders'), { deleted: 50_000 })
    const { results, step } = await drillAfterBackup(stage)
    expect(results).toEqual({ drill: 'success', sweep: 'success' })
    expect(step('drill', 'newest').outputs.backupId).toBe(step('drill', 'restore').outputs.backupId)
    expect(step('drill', 'counted').summary).toContain('compared with the baseline')
    const [text = ''] = Object.values(artifacts.get(`${runId} restore-drill-1`) ?? {})
    expect(JSON.parse(text)).toMatchObject({ operation: 'verify', status: 'succeeded', clusterName: drilled })
    expect(JSON.parse(text).verifiedCollections).toHaveLength(5)
    expect(gone).toContain(cloud.world.cluster(drilled).status)
    expect(step('sweep', 'sweep').outputs.status).toBe('skipped')
    expect(cloud.world.jobs.map(({ type }) => type)).toEqual(['BACKUP', 'RESTORE'])
  },
  async 'asks the new cluster with its own user'(stage) {
    const { cloud } = stage
    cloud.world.endpoint(drilled, { acceptsApiKey: false })
    expect((await drillAfterBackup(stage)).results.drill).toBe('success')
  },
  async 'allows for what was deleted between the counting and the backup, and for no more'(stage) {
    const { cloud, artifacts } = stage
    cloud.world.nextRestored('sales.orders', { rows: 990_000 })
    expect((await drillAfterBackup(stage)).results.drill).toBe('success')

    cloud.world.nextRestored('sales.orders', { rows: 989_999 })
    const { results, step } = await stage.run(schedule, { runId, attempt: 2 })
    expect(results).toEqual({ drill: 'failure', sweep: 'success' })
    expect(step('drill', 'counted').summary).toContain('989,999')
    expect([...artifacts.keys()]).toContain(`${runId} restore-drill-2`)
    expect(gone).toContain(cloud.world.cluster(drilled).status)
  },
  async 'is red when there was too little already'(stage) {
    Object.assign(stage.cloud.world.collection('production', 'sales.orders'), { rows: 999 })
    const { step } = await drillAfterBackup(stage)
    expect(step('drill', 'counted').log.join('\n')).toContain('999, asked for 1,000')
  },
  async 'is red when a collection is not restored, and drops the cluster'(stage) {
    const { cloud } = stage
    cloud.world.nextRestored('archive.orders_2023', { missing: true })
    const { results, step } = await drillAfterBackup(stage)
    expect(results).toEqual({ drill: 'failure', sweep: 'success' })
    expect(step('drill', 'restore').log.join('\n')).toContain('archive.orders_2023: is not there')
    expect(gone).toContain(cloud.world.cluster(drilled).status)
  },
  async 'restores nothing without a fresh backup, and without what was there before it'({ cloud, run }) {
    const { clusterId } = cloud
    for (const ageSeconds of [3 * 86_400, 3_600]) {
      cloud.world.addBackup({ clusterId, ageSeconds, creationMethod: 'AUTO' })
      expect((await run(schedule, { runId })).results).toEqual({ drill: 'failure', sweep: 'success' })
    }
    expect(cloud.world.jobs).toEqual([])
  },
})
