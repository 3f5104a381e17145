import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { always, endAtRead, interruptAt, kill, withFields } from './arrange.ts'
import { createBackup } from './steps.ts'
import { applied, errorOf, logLines, sent, withoutLastRead } from './story.ts'

const never = Number.POSITIVE_INFINITY

const waitInstead =
  'Do not run this step again as it is: that would start a second backup, unless it has if-busy: join and skip-if-newer-than. Wait with the step that stands in the log and on the job summary.'

describe.each(nodes)('create-backup on Node %s', node => {
  test('a cluster is backed up, and the step succeeds when the backup is AVAILABLE', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    cloud.world.nextJob({ durationSeconds: never })
    endAtRead(cloud, 3)
    const story = await createBackup(cloud, {}, { node })
    expect(story.step.outcome).toBe('success')
    expect(applied(story, 'createBackup')).toHaveLength(1)
    await expect(story.text).toMatchFileSnapshot('transcripts/create-backup-cluster.txt')
  })

  test('a job that fails is reported with its reason, and its ids are kept', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    cloud.world.nextJob({ durationSeconds: never, outcome: 'FAILED', reason: 'disk full' })
    endAtRead(cloud, 3)
    const story = await createBackup(cloud, {}, { node })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed', created: 'true' } })
    await expect(story.text).toMatchFileSnapshot('transcripts/create-backup-failed.txt')
  })

  test('a timeout: never a success, with the lines that resume', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    cloud.world.nextJob({ durationSeconds: never })
    const story = await createBackup(cloud, { timeout: '15s' }, { node })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
    const { jobId, backupId } = story.step.outputs
    expect(errorOf(story)).toBe(
      `Timed out after 15s: job ${jobId} is PENDING, 0 %. These go on at the service: job ${jobId}, backup ${backupId}. ${waitInstead}`,
    )
    const lines = ['operation: wait', `job-id: ${jobId}`, `cluster-id: ${cloud.clusterId}`]
    for (const line of [...lines, `backup-id: ${backupId}`]) {
      expect(logLines(story)).toContain(line)
      expect(story.step.summary).toContain(line)
    }
    await expect(withoutLastRead(story.text)).toMatchFileSnapshot('transcripts/create-backup-timed-out.txt')
  })

  test('killed at the first read of its job, it has published its ids', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { step: killed } = await createBackup(
      cloud,
      {},
      { node, ...interruptAt(cloud, 'describeJob', { act: kill }) },
    )
    expect(killed.signal).toBe('SIGKILL')
    const [backup] = cloud.world.backups
    const jobId = backup?.job?.jobId
    expect(killed.outputs).toEqual({
      jobId,
      jobIds: JSON.stringify([jobId]),
      backupId: backup?.backupId,
      backupName: backup?.backupName,
      created: 'true',
    })
  })
})

describe('collections', () => {
  test('are what the backup holds', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    cloud.world.nextJob({ durationSeconds: never })
    endAtRead(cloud, 3)
    const collections = '# the shop\n\n  sales.orders\n\n# and its lines\nsales.items\n'
    const story = await createBackup(cloud, { collections })
    expect(story.step.outcome).toBe('success')
    expect(cloud.world.backups[0]?.databases).toMatchObject([
      { name: 'sales', collections: [{ name: 'orders' }, { name: 'items' }] },
    ])
    await expect(story.text).toMatchFileSnapshot('transcripts/create-backup-collections.txt')
  })

  test.each([
    ['default.products\n   \n#sales.orders\nmedium_articles', 'default', ['products', 'medium_articles']],
    ['[{"dbName":"sales","collectionNames":["orders","items"]}]', 'sales', ['orders', 'items']],
  ])('%j', async (collections, dbName, collectionNames) => {
    await using cloud = await startSimulator({ speed: 30 })
    const story = await createBackup(cloud, { collections })
    expect(story.step.outcome).toBe('success')
    expect(sent(story, 'createBackup').map(({ body }) => body)).toEqual([
      { backupType: 'COLLECTION', dbCollections: [{ dbName, collectionNames }] },
    ])
  })

  test.each([
    ['nested', 'default', 'success'],
    ['nested', '', 'success'],
    ['flat', 'default', 'success'],
    ['both', '', 'success'],
    ['none', 'default', 'success'],
  ] as const)('of a backup that lists them %s, the default database as %j', async (listed, name, outcome) => {
    const variants = { backupCollections: listed, defaultDbName: name }
    await using cloud = await startSimulator({ speed: 30, variants })
    const { step } = await createBackup(cloud, { collections: 'medium_articles' })
    expect(step.outcome).toBe(outcome)
  })

  test.each(['nested', 'flat'] as const)(
    'that are missing in an AVAILABLE backup (%s) fail the step',
    async listed => {
      await using cloud = await startSimulator({ speed: 30, variants: { backupCollections: listed } })
      cloud.faults.inject({
        operation: 'describeBackup',
        fault: {
          kind: 'edit',
          edit(response) {
            const { dbCollections, collections } = response.data
            ;(collections ?? dbCollections[0].collections).pop()
            return response
          },
        },
      })
      const story = await createBackup(cloud, { collections: 'sales.orders\nsales.items' })
      expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed', created: 'true' } })
      expect(errorOf(story)).toMatch(/^Backup \S+ is AVAILABLE, but it does not hold sales\.items\.$/)
    },
  )
})

test('copies in other regions are requested and not waited for', async () => {
  await using cloud = await startSimulator({ speed: 20, jobSeconds: 15 })
  const story = await createBackup(cloud, { 'cross-region-copies': 'aws-us-east-1,\n aws-eu-central-1' })
  expect(story.step.outcome).toBe('success')
  expect(sent(story, 'createBackup')[0]?.body).toEqual({
    backupType: 'CLUSTER',
    crossRegionCopies: [{ regionId: 'aws-us-east-1' }, { regionId: 'aws-eu-central-1' }],
  })
  const copies = cloud.world.backups[0]?.copies.map(({ job }) => job?.jobId)
  expect(copies).toHaveLength(2)
  expect(sent(story, 'describeJob').map(({ path }) => path.split('/').at(-1))).not.toContain(copies?.[0])
  expect(story.step.log.join('\n')).toContain('so the step does not wait for them')
  await expect(story.text).toMatchFileSnapshot('transcripts/create-backup-copies.txt')
})

describe('without waiting', () => {
  test('wait: false ends with status started and the ids', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const story = await createBackup(cloud, { wait: 'false' })
    expect(story.step).toMatchObject({ exitCode: 0, outputs: { status: 'started', created: 'true' } })
    expect(story.step.outputs.jobId).toBe(cloud.world.jobs[0]?.jobId)
    expect(sent(story, 'describeJob')).toEqual([])
    await expect(story.text).toMatchFileSnapshot('transcripts/create-backup-started.txt')
  })

  test('a dry run shows the plan and changes nothing', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const story = await createBackup(cloud, {
      collections: 'sales.orders',
      'cross-region-copies': 'aws-us-east-1',
      'dry-run': 'true',
    })
    expect(story.step).toMatchObject({ exitCode: 0, outputs: { status: 'planned' } })
    expect(JSON.parse(story.step.outputs.plan ?? '')).toEqual([
      {
        method: 'POST',
        path: `/v2/clusters/${cloud.clusterId}/backups/create`,
        body: {
          backupType: 'COLLECTION',
          dbCollections: [{ dbName: 'sales', collectionNames: ['orders'] }],
          crossRegionCopies: [{ regionId: 'aws-us-east-1' }],
        },
      },
    ])
    expect(story.requests.map(({ method }) => method)).not.toContain('POST')
    expect(story.step.outputs).not.toHaveProperty('created')
    await expect(story.text).toMatchFileSnapshot('transcripts/create-backup-planned.txt')
  })

  test('a dry run for a cluster that is not there fails', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const story = await createBackup(cloud, { 'cluster-id': 'in01-000000000000000', 'dry-run': 'true' })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story)).toContain('code 96018')
  })
})

describe('the job', () => {
  test.each(['FAILED', 'CANCELED', 'CANCELLED', 'ERROR', 'TIMEOUT'])('%s is a failure', async outcome => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.world.nextJob({ outcome, reason: '' })
    const story = await createBackup(cloud)
    const { jobId, backupId } = story.step.outputs
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed', created: 'true' } })
    expect(backupId).toBe(cloud.world.backups[0]?.backupId)
    expect(errorOf(story)).toBe(
      `The service ended job ${jobId} as ${outcome}. Reason: none is given. Your data is unchanged. No backup was left (looked up after the failure). Run the step again. If it fails again, open a ticket at Zilliz with job ${jobId}.`,
    )
    expect(story.step.summary).not.toContain('Still running')
  })

  test('in an unknown state is logged once and waited out', async () => {
    const variants = { unknownJobState: 'THROTTLED', progress: 'missing' } as const
    await using cloud = await startSimulator({ speed: 30, jobSeconds: 15, variants })
    const { step } = await createBackup(cloud)
    expect(step.outcome).toBe('success')
    expect(step.log.filter(line => line.includes('THROTTLED'))).toEqual([
      expect.stringContaining('THROTTLED (a state this action does not know; it keeps waiting)'),
    ])
  })

  test.each([
    ['text', /^\d+s {2}\d+ % {2}IN/],
    ['number', /^\d+s {2}\d+ % {2}IN/],
    ['percent', /^\d+s {2}\d+ % {2}IN/],
    ['fraction', /^\d+s {2}\d+ % {2}IN/],
    ['missing', /^\d+s {2}IN_PROGRESS$/],
  ] as const)('has its progress logged, given as %s', async (progress, shown) => {
    await using cloud = await startSimulator({ speed: 30, jobSeconds: 12, variants: { progress } })
    const { step } = await createBackup(cloud)
    expect(step.outcome).toBe('success')
    expect(step.log.filter(line => line.includes('IN_PROGRESS'))[0]).toMatch(shown)
  })

  test.each([
    { jobEnvelope: false },
    { successCode: '0' },
    { successCode: 200 },
    { jobIdPrefix: 'job_' },
    { backupIdShape: 'hyphen' },
    { runningJobEndTime: 'null' },
    { runningJobEndTime: 'empty' },
    { jobEnvelope: false, successCode: 200, progress: 'number' },
  ] as const)('and its responses come as %j', async variants => {
    await using cloud = await startSimulator({ speed: 30, variants })
    const story = await createBackup(cloud)
    expect(story.step).toMatchObject({ outcome: 'success', outputs: { status: 'succeeded' } })
    expect(applied(story, 'createBackup')).toHaveLength(1)
    expect(story.step.log.join('\n')).not.toContain('Trying again')
  })

  test('that cannot be read for half a minute is waited out', async () => {
    await using cloud = await startSimulator({ speed: 15, variants: { notReadableForSeconds: 30 } })
    const { step } = await createBackup(cloud)
    expect(step.outcome).toBe('success')
    expect(step.log.join('\n')).toMatch(/^\d+s {2}not readable yet$/m)
  })

  test('that cannot be read for more than a minute fails the step, which keeps its ids', async () => {
    await using cloud = await startSimulator({ speed: 100, variants: { notReadableForSeconds: 86_400 } })
    const story = await createBackup(cloud)
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    const { jobId, backupId } = story.step.outputs
    expect(errorOf(story).split(' (')[0]).toBe(
      `Could not read job ${jobId}: the service refused. Backup ${backupId} cannot be read either: it may be running. Look at the backups in the console before running this step again.`,
    )
    // No look has shown it running.
    expect(story.step.log.join('\n')).not.toContain('Still running')
  })
})

describe('after its job was SUCCESSFUL', () => {
  const showing = (status: string) => withFields({ status })

  test('a backup that stays CREATING is never called done', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    cloud.faults.inject({ operation: 'describeBackup', ...always, fault: showing('CREATING') })
    const story = await createBackup(cloud, { timeout: '15s' })
    const { backupId } = story.step.outputs
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
    expect(errorOf(story)).toBe(
      `Timed out after 15s: backup ${backupId} is CREATING. Backup ${backupId} goes on at the service. ${waitInstead}`,
    )
    // The job has ended: only the backup is left to wait for.
    expect(logLines(story).join('\n')).not.toMatch(/^job-id:/m)
    expect(logLines(story)).toContain(`backup-id: ${backupId}`)
  })

  test('a backup that lags behind is waited for', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.faults.inject({ operation: 'describeBackup', times: 3, fault: showing('CREATING') })
    expect((await createBackup(cloud)).step.outcome).toBe('success')
  })

  test('a backup that cannot be read yet is waited for', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const fault = { kind: 'envelope', status: 200, code: 40020, message: 'Backup not found' } as const
    cloud.faults.inject({ operation: 'describeBackup', times: 3, fault })
    expect((await createBackup(cloud)).step.outcome).toBe('success')
  })

  test.each(['FAILED', 'DELETED', 'CANCELLED'])('a backup that is %s fails the step at once', async shown => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.faults.inject({ operation: 'describeBackup', fault: showing(shown) })
    const story = await createBackup(cloud)
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story)).toContain(`is ${shown} and will not become AVAILABLE.`)
  })
})
