import { describe, expect, test } from 'vitest'
import { type BackupDraft, type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { cancel, endAtRead, interruptAt, unreachableOnce } from './arrange.ts'
import { exportBackup } from './steps.ts'
import { applied, errorOf, logLines, sent, withoutLastRead } from './story.ts'

const never = Number.POSITIVE_INFINITY
const hour = 3_600

function add(cloud: Simulator, more: Omit<BackupDraft, 'clusterId'> = {}) {
  return cloud.world.addBackup({ clusterId: cloud.clusterId, ...more }).backupId
}

describe.each(nodes)('export-backup on Node %s', node => {
  test('the files are copied, and the step succeeds when the job is SUCCESSFUL', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    cloud.world.nextJob({ durationSeconds: never })
    endAtRead(cloud, 3)
    const backupId = add(cloud)
    const story = await exportBackup(cloud, { 'backup-id': backupId, directory: 'nightly/2026' }, { node })
    const [job] = cloud.world.jobs
    expect(job?.type).toBe('EXPORT')
    expect(story.step).toMatchObject({
      exitCode: 0,
      outputs: { status: 'succeeded', backupId, jobId: job?.jobId, jobIds: JSON.stringify([job?.jobId]) },
    })
    expect(sent(story, 'exportBackup').map(({ body }) => body)).toEqual([
      { integrationId: 'integ-0123456789', directory: 'nightly/2026' },
    ])
    await expect(story.text).toMatchFileSnapshot('transcripts/export-backup.txt')
  })

  test('a job that fails is reported with its reason, and its ids are kept', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    cloud.world.nextJob({ durationSeconds: never, outcome: 'FAILED', reason: 'access to the bucket denied' })
    endAtRead(cloud, 3)
    const backupId = add(cloud)
    const story = await exportBackup(cloud, { 'backup-id': backupId }, { node })
    const jobId = cloud.world.jobs[0]?.jobId
    const ids = { backupId, jobId, jobIds: JSON.stringify([jobId]) }
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed', ...ids } })
    expect(errorOf(story)).toBe(
      `The service ended job ${jobId} as FAILED. Reason: "access to the bucket denied". Run the step again. If it fails again, open a ticket at Zilliz with job ${jobId}.`,
    )
    expect(story.step.log.join('\n')).not.toContain('operation: wait')
    await expect(story.text).toMatchFileSnapshot('transcripts/export-backup-failed.txt')
  })

  test('a timeout: never a success, with the lines that resume', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    cloud.world.nextJob({ durationSeconds: never })
    const story = await exportBackup(cloud, { 'backup-id': add(cloud), timeout: '15s' }, { node })
    const { jobId } = story.step.outputs
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
    expect(errorOf(story)).toBe(
      `Timed out after 15s: job ${jobId} is PENDING, 0 %. Job ${jobId} goes on at the service. Do not run this step again as it is: that would start a second export. Wait with the step that stands in the log and on the job summary.`,
    )
    for (const line of ['operation: wait', `job-id: ${jobId}`]) {
      expect(logLines(story)).toContain(line)
      expect(story.step.summary).toContain(line)
    }
    await expect(withoutLastRead(story.text)).toMatchFileSnapshot('transcripts/export-backup-timed-out.txt')
  })
})

test('without a directory none is sent', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const story = await exportBackup(cloud, { 'backup-id': add(cloud) })
  expect(story.step.outputs.status).toBe('succeeded')
  expect(sent(story, 'exportBackup').map(({ body }) => body)).toEqual([{ integrationId: 'integ-0123456789' }])
})

test('wait: false ends with status started, the ids and the lines that resume', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  const backupId = add(cloud)
  const story = await exportBackup(cloud, { 'backup-id': backupId, wait: 'false' })
  const jobId = cloud.world.jobs[0]?.jobId
  expect(story.step).toMatchObject({ exitCode: 0, outputs: { status: 'started', backupId, jobId } })
  expect(sent(story, 'describeJob')).toEqual([])
  expect(logLines(story)).toEqual(expect.arrayContaining(['operation: wait', `job-id: ${jobId}`]))
})

test('latest is the newest that is AVAILABLE, of either type', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  add(cloud, { ageSeconds: 9 * hour })
  const newest = add(cloud, { ageSeconds: 3 * hour, backupType: 'COLLECTION' })
  add(cloud, { ageSeconds: 1, status: 'CREATING' })
  const story = await exportBackup(cloud, { 'backup-id': 'latest', 'max-age': '4h' })
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', backupId: newest })
  expect(sent(story, 'exportBackup').map(({ path }) => path)).toEqual([
    `/v2/clusters/${cloud.clusterId}/backups/${newest}/export`,
  ])
  const old = await exportBackup(cloud, { 'backup-id': 'latest', 'max-age': '2h' })
  expect(old.step.outputs.status).toBe('failed')
  expect(errorOf(old)).toContain(`is ${newest}, 3h`)
  expect(sent(old, 'exportBackup')).toEqual([])
})

test.each([
  ['CREATING', ' Wait for it with operation: wait.'],
  ['FAILED', ''],
  ['DELETED', ''],
] as const)('a backup that is %s is refused before anything is sent', async (status, next) => {
  await using cloud = await startSimulator({ variants: { deletedBackup: 'DELETED' } })
  const backupId = add(cloud, { status })
  const story = await exportBackup(cloud, { 'backup-id': backupId })
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed', backupId } })
  expect(errorOf(story)).toBe(
    `Backup ${backupId} of cluster ${cloud.clusterId} is ${status}; only an AVAILABLE backup can be exported. Nothing was started.${next}`,
  )
  expect(sent(story, 'exportBackup')).toEqual([])
  expect(logLines(story).includes(`backup-id: ${backupId}`)).toBe(status === 'CREATING')
})

test('a backup that is not there is an error, and nothing is sent', async () => {
  await using cloud = await startSimulator()
  const story = await exportBackup(cloud, { 'backup-id': 'backup9_000000000000000' })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toMatch(
    /^Could not read backup backup9_0{15} of cluster \S+: the service refused\. Nothing was started\. Check backup-id and cluster-id\. \("Backup not found\. .*code 40020, request id \S+\)$/,
  )
  expect(sent(story, 'exportBackup')).toEqual([])
})

test.each<Fault>([{ kind: 'reset' }, { kind: 'without-ids', ids: ['jobId'] }])(
  'a start whose response is lost is never sent again: %j',
  async fault => {
    await using cloud = await startSimulator({ speed: 60 })
    cloud.faults.inject({ operation: 'exportBackup', applied: true, fault })
    const backupId = add(cloud)
    const story = await exportBackup(cloud, { 'backup-id': backupId })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed', backupId } })
    expect(story.step.outputs).not.toHaveProperty('jobId')
    expect(sent(story, 'exportBackup')).toHaveLength(1)
    expect(cloud.world.jobs).toHaveLength(1)
    expect(errorOf(story)).toMatch(new RegExp(`^Could not export backup ${backupId}: `))
    expect(errorOf(story)).toContain(
      `The export of backup ${backupId} may have started anyway. Look at the jobs in the console and at the storage before running this step again.`,
    )
  },
)

test('a refused connection is no lost response: the start is sent again, and once only', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const story = await exportBackup(cloud, { 'backup-id': add(cloud) }, unreachableOnce('POST', '/export$'))
  expect(story.step.outputs.status).toBe('succeeded')
  expect(story.step.log.join('\n')).toContain('ECONNREFUSED')
  expect(sent(story, 'exportBackup')).toHaveLength(1)
})

test('throttling is waited out', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const fault = { kind: 'gateway', status: 429, retryAfter: 2 } as const
  cloud.faults.inject({ operation: 'exportBackup', times: 2, fault })
  const story = await exportBackup(cloud, { 'backup-id': add(cloud) })
  expect(story.step.outputs.status).toBe('succeeded')
  expect(sent(story, 'exportBackup')).toHaveLength(3)
  expect(applied(story, 'exportBackup')).toHaveLength(1)
})

test('a project of another plan is refused with the message of the service', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const { clusterId } = cloud.world.addCluster({ plan: 'Standard' })
  const { backupId } = cloud.world.addBackup({ clusterId })
  const story = await exportBackup(cloud, { 'backup-id': backupId, 'cluster-id': clusterId })
  const requestId = sent(story, 'exportBackup')[0]?.requestId
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed', backupId } })
  expect(sent(story, 'exportBackup')).toHaveLength(1)
  expect(errorOf(story)).toMatch(
    new RegExp(
      `^Could not export backup ${backupId}: the service refused\\. Nothing was started\\. This is for projects of the Enterprise plan only\\. \\("Only for clusters of the Enterprise plan", HTTP 200, code 96028, request id ${requestId}\\)$`,
    ),
  )
  expect(errorOf(story)).not.toContain('may have started')
})

test('an integration that is not there is refused, whatever the HTTP status', async () => {
  for (const errorHttpStatus of [200, 400] as const) {
    await using cloud = await startSimulator({ variants: { errorHttpStatus } })
    const story = await exportBackup(cloud, { 'backup-id': add(cloud), 'integration-id': 'bucket-1' })
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain('"Integration not found. integrationId: bucket-1"')
    expect(sent(story, 'exportBackup')).toHaveLength(1)
  }
})

test('an untrusted folder name is text in the log and in the summary', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const directory = '<b>::error::a ##[group]b @all [c](d)'
  const story = await exportBackup(cloud, { 'backup-id': add(cloud), directory })
  expect(story.step).toMatchObject({ outputs: { status: 'succeeded' }, annotations: [], groups: [] })
  expect(sent(story, 'exportBackup')[0]?.body).toMatchObject({ directory })
  expect(story.step.summary).toContain(
    '<code>&#60;b&#62;::error::a ##&#91;group&#93;b &#64;all &#91;c&#93;(d)</code>',
  )
})

test('cancelled while it waits: the lines that resume, and no further request', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  cloud.world.nextJob({ durationSeconds: never })
  const backupId = add(cloud)
  const cancelled = interruptAt(cloud, 'describeJob', { act: cancel })
  const story = await exportBackup(cloud, { 'backup-id': backupId }, cancelled)
  const jobId = cloud.world.jobs[0]?.jobId
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(story.step.outputs).toMatchObject({ status: 'cancelled', backupId, jobId })
  expect(story.step.receipt).toMatchObject({ status: 'cancelled', jobIds: [jobId] })
  expect(logLines(story)).toEqual(expect.arrayContaining(['operation: wait', `job-id: ${jobId}`]))
  expect(story.step.summary).toMatch(
    new RegExp(`    operation: wait\\n(?:    .*\\n)*    job-id: ${jobId}</pre>`),
  )
  expect(sent(story, 'describeJob')).toHaveLength(1)
})

test('cancelled while it is being sent: its ids are kept where the response still comes', async () => {
  await using cloud = await startSimulator()
  cloud.world.nextJob({ durationSeconds: never })
  const cancelled = interruptAt(cloud, 'exportBackup', {
    act: cancel,
    fault: { kind: 'drip', bytes: 20, everyMs: 20 },
  })
  const story = await exportBackup(cloud, { 'backup-id': add(cloud) }, cancelled)
  expect(story.step.outputs).toMatchObject({ status: 'cancelled', jobId: cloud.world.jobs[0]?.jobId })
})

test('cancelled while it is being sent, and no response comes: it may have been carried out', async () => {
  await using cloud = await startSimulator()
  const cancelled = interruptAt(cloud, 'exportBackup', { act: cancel, applied: true })
  const story = await exportBackup(cloud, { 'backup-id': add(cloud) }, cancelled)
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, outputs: { status: 'cancelled' } })
  expect(story.step.outputs).not.toHaveProperty('jobId')
  expect(story.step.receipt).toMatchObject({ error: expect.stringContaining('may have been carried out') })
})

test.each([
  ['if-busy', { 'if-busy': 'fail' }, 'if-busy: export-backup does not use it; got "fail"'],
  ['directory', { directory: 'a\nb' }, 'directory: expected a folder without line ends'],
  ['integration-id', { 'integration-id': '' }, 'integration-id: expected an id; it is empty'],
] as const)('an input that is wrong (%s) is reported before any request', async (_, more, words) => {
  await using cloud = await startSimulator()
  const story = await exportBackup(cloud, { 'backup-id': 'latest', ...more })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toContain(words)
  expect(story.requests).toEqual([])
})

test.each([undefined, 'nightly'])(
  'a dry run sends nothing and shows what it would, folder %s',
  async directory => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    const story = await exportBackup(cloud, {
      'backup-id': backupId,
      'dry-run': 'true',
      ...(directory && { directory }),
    })
    expect(story.step).toMatchObject({ exitCode: 0, outputs: { status: 'planned', backupId } })
    expect(JSON.parse(story.step.outputs.plan ?? '')).toEqual([
      {
        method: 'POST',
        path: `/v2/clusters/${cloud.clusterId}/backups/${backupId}/export`,
        body: { integrationId: 'integ-0123456789', ...(directory && { directory }) },
      },
    ])
    expect(story.step.outputs).not.toHaveProperty('jobId')
    expect(sent(story, 'exportBackup')).toEqual([])
    expect(cloud.world.jobs).toEqual([])
  },
)

test('a dry run for a backup that cannot be exported fails as the run would', async () => {
  await using cloud = await startSimulator()
  const story = await exportBackup(cloud, {
    'backup-id': add(cloud, { status: 'CREATING' }),
    'dry-run': 'true',
  })
  expect(story.step.outputs.status).toBe('failed')
  expect(story.step.outputs).not.toHaveProperty('plan')
  expect(errorOf(story)).toContain('is CREATING; only an AVAILABLE backup can be exported.')
})
