import { describe, expect, test } from 'vitest'
import { type BackupDraft, type Simulator, startSimulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { describeBackup } from './steps.ts'
import { errorOf, type StoryResult, sent } from './story.ts'

const hour = 3_600

function add(cloud: Simulator, more: Omit<BackupDraft, 'clusterId'> = {}) {
  return cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 26 * hour, ...more })
}

/** The table about the backup, by the names of its rows. */
function shown({ step }: StoryResult): Record<string, string> {
  const [, table = ''] = /<table>(<tr><td>Backup\u00a0id.*?)<\/table>/s.exec(step.summary) ?? []
  const rows = table.replaceAll('<wbr>', '').matchAll(/<tr><td>(.*?)<\/td><td>(.*?)<\/td><\/tr>/gs)
  return Object.fromEntries(
    [...rows].map(([, name = '', value = '']) => [name.replaceAll('\u00a0', ' '), value]),
  )
}

const described = ({ step }: StoryResult) => JSON.parse(step.outputs.backup ?? '')

describe.each(nodes)('describe-backup on Node %s', node => {
  test('by its id', async () => {
    await using cloud = await startSimulator()
    const { backupId, backupName } = add(cloud)
    add(cloud, { ageSeconds: hour })
    const story = await describeBackup(cloud, { 'backup-id': backupId }, { node })
    expect(story.step).toMatchObject({ exitCode: 0, outputs: { status: 'succeeded', backupId, backupName } })
    expect(story.requests.map(({ operationId }) => operationId)).toEqual(['describeBackup'])
    expect(described(story)).toMatchObject({ backupId, regionId: 'aws-us-west-2', size: 18_803_136_896 })
    expect(story.step.receipt).toMatchObject({ backup: described(story) })
    await expect(story.text).toMatchFileSnapshot('transcripts/describe-backup.txt')
  })

  test('the newest', async () => {
    await using cloud = await startSimulator()
    add(cloud, { ageSeconds: 50 * hour })
    const { backupId } = add(cloud)
    add(cloud, { status: 'CREATING', ageSeconds: 0 })
    const story = await describeBackup(cloud, { 'backup-id': 'latest', 'max-age': '2d' }, { node })
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', backupId })
    expect(described(story)).toMatchObject({ backupId })
    await expect(story.text).toMatchFileSnapshot('transcripts/describe-backup-latest.txt')
  })
})

test('the newest of a type', async () => {
  await using cloud = await startSimulator()
  const whole = add(cloud, { ageSeconds: 3 * hour })
  const partly = add(cloud, { ageSeconds: 2 * hour, backupType: 'COLLECTION' })
  for (const [type, { backupId }] of [
    ['CLUSTER', whole],
    ['collection', partly],
    ['Any', partly],
  ] as const) {
    const story = await describeBackup(cloud, { 'backup-id': 'latest', 'backup-type': type })
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', backupId })
  }
})

test('no newest of a type is an error that says what is there', async () => {
  await using cloud = await startSimulator()
  const { backupId } = add(cloud)
  const story = await describeBackup(cloud, { 'backup-id': 'latest', 'backup-type': 'COLLECTION' })
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(story.step.outputs).not.toHaveProperty('backup')
  expect(errorOf(story)).toBe(
    `backup-id: latest finds no AVAILABLE backup of type COLLECTION of cluster ${cloud.clusterId}. Found instead: ${backupId} (CLUSTER, AVAILABLE).`,
  )
})

test('a newest that is older than max-age is an error that names it and its age', async () => {
  await using cloud = await startSimulator()
  const { backupId } = add(cloud, { backupType: 'COLLECTION' })
  add(cloud, { ageSeconds: hour })
  const story = await describeBackup(cloud, {
    'backup-id': 'latest',
    'max-age': '1d',
    'backup-type': 'COLLECTION',
  })
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(story.step.outputs).not.toHaveProperty('backup')
  expect(errorOf(story)).toBe(
    `The newest AVAILABLE backup of type COLLECTION of cluster ${cloud.clusterId} is ${backupId}, 1d 2h old; max-age allows 1d.`,
  )
})

const byDatabase = 'default.medium_articles, default.products, sales.orders, sales.items, archive.orders_2023'

test.each([
  ['nested', 'default', byDatabase],
  ['nested', '', byDatabase],
  ['both', '', byDatabase],
  ['flat', 'default', 'medium_articles, products, orders, items, orders_2023'],
  ['none', 'default', 'not listed by the service'],
] as const)('collections listed %s, the default database as %j', async (listed, name, holds) => {
  const variants = { backupCollections: listed, defaultDbName: name }
  await using cloud = await startSimulator({ variants })
  const story = await describeBackup(cloud, { 'backup-id': add(cloud).backupId })
  expect(story.step.outputs.status).toBe('succeeded')
  expect(shown(story).Contents).toBe(holds)
  // The output is what the service gave, with its own field names.
  expect('dbCollections' in described(story)).toBe(listed === 'nested' || listed === 'both')
  expect('collections' in described(story)).toBe(listed === 'flat' || listed === 'both')
})

test.each([
  ['CREATING', 'gone'],
  ['FAILED', 'gone'],
  ['DELETED', 'DELETED'],
] as const)('one that is %s is shown', async (status, deletedBackup) => {
  await using cloud = await startSimulator({ variants: { deletedBackup } })
  const { backupId, backupName } = add(cloud, { status })
  const story = await describeBackup(cloud, { 'backup-id': backupId })
  expect(story.step).toMatchObject({ exitCode: 0, outputs: { status: 'succeeded', backupId } })
  expect(described(story)).toMatchObject({ backupId, status })
  expect(shown(story).State).toBe(status)
  expect(story.step.summary).toContain(`<h2>✅ Backup ${backupName} of production is ${status}</h2>`)
  expect(story.step.log[0]).toMatch(new RegExp(`^${backupId} CLUSTER MANUAL ${status}, 0 B, 1d 2h old$`))
})

test.each([
  ['that never was', 'backup9_000000000000000', 200],
  ['that never was', 'backup9_000000000000000', 400],
  ['that is deleted', undefined, 200],
] as const)(
  'one %s (%s, HTTP %i) is an error with the message of the service',
  async (_, id, errorHttpStatus) => {
    await using cloud = await startSimulator({ variants: { errorHttpStatus } })
    const backupId = id ?? add(cloud, { status: 'DELETED' }).backupId
    const story = await describeBackup(cloud, { 'backup-id': backupId })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(story.step.outputs).not.toHaveProperty('backup')
    expect(story.step.outputs).not.toHaveProperty('backupId')
    const requestId = sent(story, 'describeBackup')[0]?.requestId
    // That it is not there is believed after the list of all; that the cluster's id is no name, after the list of clusters.
    expect(story.requests.map(({ operationId }) => operationId)).toEqual([
      'describeBackup',
      'listBackups',
      'listClusters',
    ])
    expect(errorOf(story)).toBe(
      `Could not read backup ${backupId} of cluster ${cloud.clusterId}: the service refused. Check backup-id and cluster-id. ("Backup not found. backupId: ${backupId}", HTTP ${errorHttpStatus}, code 40020, request id ${requestId})`,
    )
  },
)

test('one of another cluster is an error that names that cluster', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud.world.cluster('staging')
  const { backupId } = cloud.world.addBackup({ clusterId })
  const story = await describeBackup(cloud, { 'backup-id': backupId })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toBe(
    `Backup ${backupId} (AVAILABLE) belongs to cluster ${clusterId}, not to cluster ${cloud.clusterId}, so nothing is done with it. Check cluster-id and backup-id.`,
  )
})

test('a cluster that is not there is an error that says so', async () => {
  await using cloud = await startSimulator()
  const story = await describeBackup(cloud, {
    'backup-id': 'backup9_000000000000000',
    'cluster-id': 'in01-000000000000000',
  })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toMatch(
    /^Could not read backup \S+ of cluster in01-000000000000000: the service refused\. .* \("Cluster not found\. .*", HTTP 200, code 96018, /,
  )
})

test('more than an output holds omits its largest fields, and whole into the receipt', async () => {
  await using cloud = await startSimulator()
  const collections = Array.from({ length: 6_000 }, (_, index) => ({
    name: `collection_${index}`,
    description: '漢字',
    status: 'LOADED' as const,
    rows: 10,
  }))
  const { backupId, backupName } = add(cloud, { databases: [{ name: 'sales', collections }] })
  const story = await describeBackup(cloud, { 'backup-id': backupId })
  expect(story.step).toMatchObject({ exitCode: 0, outputs: { status: 'succeeded', backupId, backupName } })
  const { dbCollections, ...rest } = (story.step.receipt as { backup: Record<string, unknown> }).backup
  expect(dbCollections).toMatchObject([{ dbName: 'sales', collections: { length: 6_000 } }])
  expect(Buffer.byteLength(JSON.stringify(dbCollections))).toBeGreaterThan(400_000)
  expect(described(story)).toEqual(rest)
  expect(story.step.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    "warning: Output backup omits dbCollections, since a job's outputs are limited; the file of output receipt has all.",
  ])
  expect(shown(story).Contents).toMatch(/^sales\.collection_0, sales\.collection_1, .* and \d{4} more$/)
})

test.each(['null', 'missing', 'date'] as const)(
  'an automatic backup shows when it expires, a manual one never (with %s)',
  async manualExpireTime => {
    await using cloud = await startSimulator({ variants: { manualExpireTime } })
    const automatic = add(cloud, { creationMethod: 'AUTO', expiresInSeconds: 100 * hour })
    const story = await describeBackup(cloud, { 'backup-id': automatic.backupId })
    const expires = new Date(automatic.expiresAt ?? 0).toISOString().replace(/\.\d+/, '')
    expect(shown(story)).toMatchObject({ Method: 'AUTO', Expires: expires })
    const manual = await describeBackup(cloud, { 'backup-id': add(cloud).backupId })
    expect(shown(manual)).toMatchObject({ Method: 'MANUAL' })
    expect(shown(manual)).not.toHaveProperty('Expires')
    expect('expireTime' in described(manual)).toBe(manualExpireTime !== 'missing')
  },
)

test('what others named is text, in the log and on the page', async () => {
  await using cloud = await startSimulator()
  const text = '<b>\n::error::not ours\r##[group]x [a](https://evil.example) | @all'
  cloud.faults.inject({ operation: 'describeBackup', fault: { kind: 'hostile', text } })
  const story = await describeBackup(cloud, { 'backup-id': add(cloud).backupId })
  const { step } = story
  expect(step).toMatchObject({ outcome: 'success', commandErrors: [], annotations: [], groups: [] })
  expect(step.outputs).toMatchObject({ status: 'succeeded', backupName: text })
  expect(shown(story)['Name in the console']).toBe(
    '<code>&#60;b&#62;<br>::error::not ours<br>##&#91;group&#93;x &#91;a&#93;(https://evil.example) &#124; &#64;all</code>',
  )
  expect(
    step.summary.replaceAll(/<\/?(?:h2|p|br|wbr|table|tr|th|td|code|strong|details|summary)>/g, ''),
  ).not.toMatch(/[<>`|*~[\]\\@]/)
})
