import { describe, expect, test } from 'vitest'
import { type BackupDraft, type Simulator, startSimulator, type Variants } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { always } from './arrange.ts'
import { listBackups } from './steps.ts'
import { errorOf, type StoryResult, sent } from './story.ts'

const hour = 3_600

function add(cloud: Simulator, ageHours: number, more: Omit<BackupDraft, 'clusterId'> = {}) {
  return cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: ageHours * hour, ...more }).backupId
}

// biome-ignore lint/suspicious/noExplicitAny: the response of the service
type Listed = any

/** Alters the list of every page. */
function edit(cloud: Simulator, change: (backups: Listed[]) => Listed[]) {
  cloud.faults.inject({
    operation: 'listBackups',
    ...always,
    fault: {
      kind: 'edit',
      edit: response => ({ ...response, data: { ...response.data, backups: change(response.data.backups) } }),
    },
  })
}

function listed({ step }: StoryResult): Listed[] {
  return JSON.parse(step.outputs.backups ?? '')
}

const idsOf = (backups: readonly Listed[]) => backups.map(({ backupId }) => backupId)

/** The page's table of backups, with those that are folded: of each row its cells by their columns, as text. */
function shown({ step }: StoryResult): Record<string, string>[] {
  const tables = [...step.summary.matchAll(/<table>(<tr><th>Created<\/th>.*?)<\/table>/gs)]
  return tables.flatMap(([, table = '']) => {
    const [columns = [], ...rows] = table.split('</tr>').slice(0, -1).map(cellsOf)
    return rows.map(cells => Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ''])))
  })
}

const cellsOf = (row: string) =>
  [...row.matchAll(/<t[dh]>(.*?)<\/t[dh]>/gs)].map(([, text = '']) => text.replace(/<\/?(?:code|wbr)>/g, ''))

describe.each(nodes)('list-backups on Node %s', node => {
  test('of a cluster, newest first', async () => {
    await using cloud = await startSimulator({ variants: { listOrder: 'shuffled' } })
    const whole = add(cloud, 26, { expiresInSeconds: 200 * hour, creationMethod: 'AUTO' })
    const { clusterId } = cloud.world.cluster('staging')
    cloud.world.addBackup({ clusterId })
    const old = add(cloud, 400, { size: 0 })
    const partly = add(cloud, 50, { backupType: 'COLLECTION' })
    const running = add(cloud, 0, { status: 'CREATING' })
    add(cloud, 30, { status: 'DELETED' })
    const story = await listBackups(cloud, { 'cluster-id': cloud.clusterId }, { node })
    expect(story.step).toMatchObject({ outcome: 'success', outputs: { status: 'succeeded' } })
    expect(idsOf(listed(story))).toEqual([running, whole, partly, old])
    expect(story.step.receipt).toMatchObject({ backups: listed(story) })
    expect(shown(story).map(({ Backup }) => Backup)).toEqual([running, whole, partly, old])
    await expect(story.text).toMatchFileSnapshot('transcripts/list-backups.txt')
  })
})

test('all that the key can see, of every cluster', async () => {
  await using cloud = await startSimulator()
  const own = add(cloud, 3)
  const { clusterId } = cloud.world.cluster('staging')
  const other = cloud.world.addBackup({ clusterId, ageSeconds: hour }).backupId
  const story = await listBackups(cloud)
  expect(idsOf(listed(story))).toEqual([other, own])
  expect(sent(story, 'listBackups')[0]?.query).toEqual({ pageSize: '100', currentPage: '1' })
  expect(story.step.log).toContain('2 backups that the key can see.')
  expect(story.step.summary).toContain('<h2>✅ 2 backups that the key can see</h2>')
})

test.each([
  [{}, ['first', 'second', 'third']],
  [{ 'backup-type': 'CLUSTER' }, ['first', 'third']],
  [{ 'backup-type': 'collection' }, ['second']],
])('of a cluster with %j', async (inputs, names) => {
  await using cloud = await startSimulator()
  add(cloud, 1, { backupName: 'first' })
  add(cloud, 2, { backupName: 'second', backupType: 'COLLECTION' })
  add(cloud, 3, { backupName: 'third' })
  cloud.world.addBackup({ clusterId: cloud.world.cluster('staging').clusterId })
  const story = await listBackups(cloud, { 'cluster-id': cloud.clusterId, ...inputs })
  expect(story.step.outputs.status).toBe('succeeded')
  expect(listed(story).map(({ backupName }) => backupName)).toEqual(names)
  expect(sent(story, 'listBackups').map(({ query }) => query.clusterId)).toEqual([cloud.clusterId])
})

test('none of another cluster where the service ignores the filter', async () => {
  await using cloud = await startSimulator()
  const own = add(cloud, 3)
  edit(cloud, backups => [
    { ...backups[0], backupId: 'backup9_other', clusterId: cloud.world.cluster('staging').clusterId },
    ...backups,
    // For one without its cluster the filter is enough.
    { ...backups[0], backupId: 'backup9_untold', clusterId: undefined },
  ])
  const story = await listBackups(cloud, { 'cluster-id': cloud.clusterId })
  expect(idsOf(listed(story))).toEqual([own, 'backup9_untold'])
  expect(story.step.log.join('\n')).not.toContain('backup9_other')
  expect(story.step.summary).not.toContain('backup9_other')
})

const orders: Variants['listOrder'][] = ['newest-first', 'oldest-first', 'shuffled']
const counts: Variants['listCount'][] = ['total', 'page']

test.each(orders.flatMap(listOrder => counts.map(listCount => ({ listOrder, listCount }))))(
  '250 backups on three pages, newest first, listed $listOrder and counted by $listCount',
  async variants => {
    await using cloud = await startSimulator({ variants })
    const ids = Array.from({ length: 250 }, (_, index) => add(cloud, ((index * 37) % 250) + 1))
    const newestFirst = ids.toSorted((one, other) => createdAt(cloud, other) - createdAt(cloud, one))
    const story = await listBackups(cloud, { 'cluster-id': cloud.clusterId })
    expect(idsOf(listed(story))).toEqual(newestFirst)
    expect(shown(story).map(({ Backup }) => Backup)).toEqual(newestFirst)
    const pages = sent(story, 'listBackups').map(({ query }) => query.currentPage)
    expect(pages).toEqual(['1', '2', '3'])
    const logged = story.step.log.filter(line => line.startsWith('backup'))
    expect(logged.map(line => line.split(' ')[0])).toEqual(newestFirst.slice(0, 20))
    expect(story.step.log).toContain('And 230 older ones.')
  },
)

const createdAt = (cloud: Simulator, backupId: string) => cloud.world.backup(backupId).createdAt

test.each([
  [0, 1],
  [1, 1],
  [99, 1],
  [100, 2],
  [101, 2],
  [200, 3],
])('%i backups take %i requests: a page that is not full is the last', async (backups, requests) => {
  await using cloud = await startSimulator()
  for (let number = 0; number < backups; number++) add(cloud, number)
  const story = await listBackups(cloud)
  expect(listed(story)).toHaveLength(backups)
  expect(story.requests).toHaveLength(requests)
})

test.each([[undefined], [null], [''], ['yesterday'], [0], [-1], [{}]])(
  'a backup whose time is %j comes last',
  async createTime => {
    await using cloud = await startSimulator()
    const [newest, undated, oldest] = [add(cloud, 1), add(cloud, 2), add(cloud, 3)]
    edit(cloud, backups => backups.map(one => (one.backupId === undated ? { ...one, createTime } : one)))
    const story = await listBackups(cloud)
    expect(idsOf(listed(story))).toEqual([newest, oldest, undated])
    expect(story.step.log.join('\n')).toMatch(new RegExp(`^${undated} .*, of unknown age$`, 'm'))
    expect(shown(story)[2]?.Created).toBe('unknown')
    expect(story.step.summary).toMatch(/<p>The newest is from 1h\sago,\s\S+\. 56\.4 GB in all\.<\/p>/)
  },
)

test.each([
  [(size: number) => ({ size: size === 2e9 ? undefined : size }), 'At least 1.0 GB in all.'],
  [() => ({ size: undefined }), 'Their size is unknown.'],
  [() => ({ status: 'CREATING' }), 'None is AVAILABLE. 3.0 GB in all.'],
])('what is not known of them is not made up: %#', async (change, words) => {
  await using cloud = await startSimulator()
  for (const size of [1e9, 2e9]) add(cloud, 1, { size })
  edit(cloud, backups => backups.map(one => ({ ...one, ...change(one.size) })))
  const story = await listBackups(cloud)
  expect(story.step.summary).toContain(`${words}</p>`)
})

test('no backups are a list without any, and no failure', async () => {
  await using cloud = await startSimulator()
  const story = await listBackups(cloud, { 'cluster-id': cloud.clusterId, 'backup-type': 'CLUSTER' })
  expect(story.step).toMatchObject({ exitCode: 0, outputs: { status: 'succeeded', backups: '[]' } })
  expect(story.step.receipt).toMatchObject({ backups: [] })
  expect(story.step.log).toContain(`0 backups of type CLUSTER of cluster ${cloud.clusterId}.`)
  expect(story.step.summary).not.toContain('<th>Backup</th>')
})

test('more than an output holds is cut there, with one warning, and whole in the receipt', async () => {
  await using cloud = await startSimulator()
  const ids = Array.from({ length: 250 }, (_, index) => add(cloud, index, { backupName: '漢'.repeat(900) }))
  const story = await listBackups(cloud)
  const output = story.step.outputs.backups ?? ''
  expect(story.step.outputs.status).toBe('succeeded')
  expect(Buffer.byteLength(output)).toBeLessThanOrEqual(400_000)
  expect(Buffer.byteLength(output)).toBeGreaterThan(390_000)
  const fitting = listed(story).length
  expect(idsOf(listed(story))).toEqual(ids.slice(0, fitting))
  expect(story.step.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    `warning: Output backups holds the first ${fitting} of 250 entries, since a job's outputs are limited; the file of output receipt has all.`,
  ])
  const receipt = story.step.receipt as { backups: Listed[] }
  expect(idsOf(receipt.backups)).toEqual(ids)
  expect(shown(story).map(({ Backup }) => Backup)).toEqual(ids)
})

const hostile = [
  '<script>alert(1)</script>',
  '</td></tr></table>\n\n# A heading',
  '[a link](https://evil.example) ![](https://evil.example/x.png)',
  '| a | `b` | *c* | ~~d~~ | @octocat',
  '::error::not ours',
  '\n::set-output name=status::hacked',
  '\r::add-mask::backup',
  '##[error]not ours',
  '\u2028::warning::\u202eright to left\u001b[31m',
]

test.each(hostile)('names such as %j are text', async text => {
  await using cloud = await startSimulator()
  const backupId = add(cloud, 1)
  // The page shows a column only where its rows differ.
  add(cloud, 2)
  edit(cloud, ([first, ...others]) => [
    {
      ...first,
      backupName: text,
      clusterName: text,
      backupType: text,
      creationMethod: text,
      status: text,
      [text]: text,
    },
    ...others,
  ])
  const story = await listBackups(cloud)
  const { step } = story
  expect(step).toMatchObject({ outcome: 'success', outputs: { status: 'succeeded' }, commandErrors: [] })
  expect(step.annotations).toEqual([])
  expect(step.masks.map(({ value }) => value)).not.toContain('backup')
  expect(step.groups).toEqual([])
  // The line about the backup stays one, and holds no command.
  const about = step.stdout.slice(step.stdout.indexOf('2 backups that the key can see.') + 1)
  expect(about[0]).toMatch(new RegExp(`^${backupId} .*, 1h.* old$`))
  expect(about[2]).toMatch(/^list-backups: succeeded after /)
  expect(about[0]).not.toMatch(/::|##\[|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  expect(shown(story)).toHaveLength(2)
  const columns = ['Created', 'Backup', 'Cluster', 'Type', 'Method', 'State', 'Size']
  expect(Object.keys(shown(story)[0] ?? {})).toEqual(columns)
  const page = step.summary.replaceAll(/<\/?(?:h2|p|br|wbr|table|tr|th|td|code|details|summary)>/g, '')
  expect(page).not.toMatch(/[<>`|*~[\]\\@]/)
  expect(step.summary.trimEnd()).not.toMatch(/\n[ \t]*\n/)
  // The output is the service's own word.
  expect(listed(story)[0]).toMatchObject({ backupName: text, [text]: text })
})

test('a list that breaks off on its second page for good is no list', async () => {
  await using cloud = await startSimulator({ speed: 100 })
  for (let number = 0; number < 150; number++) add(cloud, number)
  cloud.faults.inject({ operation: 'listBackups', skip: 1, ...always, fault: { kind: 'reset-in-body' } })
  const story = await listBackups(cloud, { 'cluster-id': cloud.clusterId })
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(story.step.outputs).not.toHaveProperty('backups')
  expect(story.step.receipt).not.toHaveProperty('backups')
  expect(errorOf(story)).toMatch(
    new RegExp(`^Could not list the backups of cluster ${cloud.clusterId}: .* \\(tried \\d+ times in `),
  )
})

test('a fault on the second page is tried again', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  for (let number = 0; number < 150; number++) add(cloud, number)
  cloud.faults.inject({ operation: 'listBackups', skip: 1, fault: { kind: 'html', status: 502 } })
  const story = await listBackups(cloud)
  expect(story.step.outputs.status).toBe('succeeded')
  expect(listed(story)).toHaveLength(150)
})

test.each([
  [
    { kind: 'envelope', status: 401, code: 21119, message: 'The apikey is illegal' },
    /^API key refused: could not list the backups\. Check the secret behind api-key, .*\. \("The apikey is illegal", HTTP 401, code 21119, /,
  ],
  [
    { kind: 'envelope', status: 200, code: 96016, message: 'Out of scope' },
    /^This API key may not list the backups\. It needs read access .*\. \("Out of scope", HTTP 200, code 96016, /,
  ],
  [
    { kind: 'gateway', status: 403, message: 'Forbidden' },
    /^Could not list the backups: something other than Zilliz Cloud responded at http:\S+\. Check base-url, .*\. \("Forbidden", HTTP 403, /,
  ],
] as const)('a refusal is reported and not retried: %j', async (fault, words) => {
  await using cloud = await startSimulator()
  add(cloud, 1)
  cloud.faults.inject({ operation: 'listBackups', fault })
  const story = await listBackups(cloud)
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(story.step.outputs).not.toHaveProperty('backups')
  expect(story.requests).toHaveLength(1)
  expect(errorOf(story)).toMatch(words)
})
