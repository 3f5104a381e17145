import { expect } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { byHand, describeExample, schedule } from '../harness/workflow/example.ts'

const hours = 3600
const days = 24 * hours

describeExample('backup-on-dispatch.yml', {
  async 'backs up the cluster'({ cloud, run }) {
    const { results, step } = await run(byHand())
    expect(results).toEqual({ backup: 'success' })
    expect(step('backup', 'backup').outputs).toMatchObject({ status: 'succeeded', created: 'true' })
    expect(step('backup', 'echo "The backup is $BACKUP_ID"').log).toEqual([
      `The backup is ${cloud.world.backups[0]?.backupId}`,
    ])
  },
})

const clusterIds = ({ world }: Simulator) =>
  JSON.stringify(['production', 'staging', 'scratch'].map(name => world.cluster(name).clusterId))
const backedUp = ({ world }: Simulator) =>
  world.backups
    .filter(({ status }) => status === 'AVAILABLE')
    .map(({ source }) => source.clusterName)
    .sort()

describeExample('backup-several-clusters.yml', {
  async 'backs up each at night'({ cloud, run }) {
    const { results } = await run(schedule, { vars: { ZILLIZ_CLUSTER_IDS: clusterIds(cloud) } })
    expect(results.backup).toBe('success')
    expect(Object.keys(results)).toHaveLength(4)
    expect(backedUp(cloud)).toEqual(['production', 'scratch', 'staging'])
  },
  async 'goes on after a failed one, and backs up only that one when it is run again'({ cloud, run }) {
    const settings = { vars: { ZILLIZ_CLUSTER_IDS: clusterIds(cloud) } }
    cloud.world.nextJob({ outcome: 'FAILED', reason: 'disk full' })
    expect((await run(schedule, settings)).results.backup).toBe('failure')
    expect(backedUp(cloud)).toEqual(['scratch', 'staging'])
    expect((await run(schedule, { ...settings, attempt: 2 })).results.backup).toBe('success')
    expect(backedUp(cloud)).toEqual(['production', 'scratch', 'staging'])
  },
})

describeExample('backup-freshness.yml', {
  async 'is green with a backup of today, an automatic one too'({ cloud, run }) {
    cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 23 * hours, creationMethod: 'AUTO' })
    expect((await run(schedule)).results).toEqual({ check: 'success' })
  },
  async 'is red when the newest is older than a day'({ cloud, run }) {
    cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 25 * hours })
    const { results, step } = await run(schedule)
    expect(results).toEqual({ check: 'failure' })
    expect(step('check', 'newest').log.join('\n')).toContain('max-age')
  },
  async 'is red when only collections were backed up today'({ cloud, run }) {
    const { clusterId } = cloud
    cloud.world.addBackup({ clusterId, ageSeconds: 2 * days })
    cloud.world.addBackup({ clusterId, ageSeconds: hours, backupType: 'COLLECTION' })
    expect((await run(schedule)).results).toEqual({ check: 'failure' })
  },
  async 'is red without any'({ run }) {
    expect((await run(byHand())).results).toEqual({ check: 'failure' })
  },
})

describeExample('china-site.yml', {
  async 'asks the China site alone'({ cloud, run }) {
    const { results } = await run(schedule, { site: 'https://api.cloud.zilliz.com.cn' })
    expect(results).toEqual({ backup: 'success' })
    expect(backedUp(cloud)).toEqual(['production'])
  },
  async 'lists the backups after a failure too'({ cloud, run }) {
    cloud.world.nextJob({ outcome: 'FAILED', reason: 'disk full' })
    const { results, step } = await run(byHand(), { site: 'https://api.cloud.zilliz.com.cn' })
    expect(results).toEqual({ backup: 'failure' })
    expect(step('backup', 'list').outputs.status).toBe('succeeded')
  },
})

const exportVars = { vars: { ZILLIZ_INTEGRATION_ID: 'integ-0123456789abcdef' } }

describeExample('export-backup.yml', {
  async 'makes a backup and exports it'({ cloud: { world, requests }, run }) {
    const { results, step } = await run(schedule, exportVars)
    expect(results).toEqual({ export: 'success', finish: 'success' })
    expect(world.jobs.map(({ type }) => type)).toEqual(['BACKUP', 'EXPORT'])
    const { jobId = '' } = step('finish', 'finish').outputs
    expect(jobId).toBe(world.jobs[1]?.jobId)
    expect(world.jobStatus(jobId)).toBe('SUCCESSFUL')
    expect(requests.find(({ operationId }) => operationId === 'exportBackup')?.body).toEqual({
      integrationId: 'integ-0123456789abcdef',
      directory: `zilliz-backups/${world.backups[0]?.backupId}`,
    })
  },
  async 'exports the backup of today'({ cloud, run }) {
    cloud.world.addBackup({ clusterId: cloud.clusterId })
    const { results, step } = await run(byHand(), exportVars)
    expect(results).toEqual({ export: 'success', finish: 'success' })
    expect(step('export', 'backup').outputs).toMatchObject({ status: 'skipped', created: 'false' })
    expect(cloud.world.backups).toHaveLength(1)
  },
  async 'is red when the export fails'({ cloud, run }) {
    cloud.world.nextJob({ type: 'EXPORT', outcome: 'FAILED', reason: 'no such bucket' })
    expect((await run(schedule, exportVars)).results).toEqual({ export: 'success', finish: 'failure' })
  },
})

/** Manual backups of those ages in days, at the same time of the day, and an automatic one. */
function addBackups({ world, clusterId }: Simulator, ...ages: number[]): string[] {
  const ids = ages.map(age => world.addBackup({ clusterId, ageSeconds: age * days }).backupId)
  world.addBackup({ clusterId, ageSeconds: 900 * days, creationMethod: 'AUTO' })
  return ids
}

/** The ages in days of what is there. */
function agesOf({ world, clusterId }: Simulator): number[] {
  const available = world.backups.filter(
    ({ status, source }) => status === 'AVAILABLE' && source.clusterId === clusterId,
  )
  return available.map(({ createdAt }) => Math.round((world.now() - createdAt) / 1000 / days))
}

/** As GitHub has a variable that is not set. */
const unset = { PROTECTED_BACKUPS: '' }

/** Two and a half years, of which the newest 15 days are kept by the daily rule and those before 2 years by none. */
const ages = [900, 800, ...Array.from({ length: 20 }, (_, index) => 20 - index)]

describeExample('nightly-prune.yml', {
  async 'shows by hand what would be deleted, of each cluster'({ cloud, run }) {
    addBackups(cloud, ...ages)
    const before = agesOf(cloud)
    const { results, step } = await run(byHand(), {
      vars: { ZILLIZ_CLUSTER_IDS: clusterIds(cloud), ...unset },
    })
    expect(results).toMatchObject({ prune: 'success', 'delete-one': 'skipped' })
    expect(Object.keys(results)).toHaveLength(5)
    const { status, plan = '' } = step(`prune (${cloud.clusterId})`, 'prune').outputs
    expect(status).toBe('planned')
    expect(JSON.parse(plan)).not.toEqual([])
    expect(agesOf(cloud)).toEqual(before)
  },
  async 'deletes at night what no rule keeps'({ cloud, run }) {
    const [oldest = ''] = addBackups(cloud, ...ages)
    const settings = { vars: { ZILLIZ_CLUSTER_IDS: clusterIds(cloud), PROTECTED_BACKUPS: oldest } }
    const { results } = await run(schedule, settings)
    expect(results).toMatchObject({ prune: 'success', 'delete-one': 'skipped' })
    const left = agesOf(cloud)
    // The protected one, the newest 14 days, and the automatic one; what a week or a month keeps depends on the day.
    expect(left).toEqual(
      expect.arrayContaining([900, ...Array.from({ length: 14 }, (_, index) => 14 - index)]),
    )
    expect(left.length).toBeLessThan(ages.length + 1)
    expect((await run(schedule, settings)).results.prune).toBe('success')
    expect(agesOf(cloud)).toEqual(left)
  },
  async 'keeps the newest, however old they are'({ cloud, run }) {
    addBackups(cloud, 70, 60, 50, 40)
    const settings = { vars: { ZILLIZ_CLUSTER_IDS: JSON.stringify([cloud.clusterId]), ...unset } }
    const { step } = await run(schedule, settings)
    const pruned = step(`prune (${cloud.clusterId})`, 'prune').outputs
    expect(pruned).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expect(agesOf(cloud)).toEqual([70, 60, 50, 40, 900])
  },
  async 'deletes by hand the one that is named, unless it is protected'({ cloud, run }) {
    const [backupId = ''] = addBackups(cloud, 50, 1)
    const event = byHand({ 'dry-run': false, 'backup-id': backupId, 'cluster-id': cloud.clusterId })
    const vars = { ZILLIZ_CLUSTER_IDS: '[]', ...unset }
    const refused = await run(event, { vars: { ...vars, PROTECTED_BACKUPS: backupId } })
    expect(refused.results).toMatchObject({ 'delete-one': 'failure' })
    const { results } = await run(event, { vars })
    expect(results).toMatchObject({ prune: 'skipped', 'delete-one': 'success' })
    expect(agesOf(cloud)).toEqual([1, 900])
  },
})
