import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator, type Variants } from '../../simulator/index.ts'
import { nodes, type StepOptions } from '../harness/runner.ts'
import { applied, runStory, type StoryResult, sent, settlesAt } from './story.ts'

/** Restores collections of production into staging. */
function restore(
  cloud: Simulator,
  collections: string,
  inputs: Readonly<Record<string, string>> = {},
  options: StepOptions = {},
) {
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  return runStory(
    cloud,
    {
      operation: 'restore-collections',
      'cluster-id': cloud.clusterId,
      'backup-id': backupId,
      'target-cluster': 'staging',
      ...(collections === '' ? {} : { collections }),
      ...inputs,
    },
    options,
  )
}

interface Body {
  destClusterId: string
  dbCollections?: [
    {
      dbName: string
      destDbName: string
      collections: [{ collectionName: string; destCollectionName: string; destCollectionStatus: string }]
    },
  ]
}

/** What was sent, a line for each request: `database.collection -> database.collection STATUS`. */
function asked(story: StoryResult): string[] {
  return sent(story, 'restoreCollection').map(({ body }) => {
    const { dbCollections } = body as Body
    if (dbCollections === undefined) return 'everything'
    expect(dbCollections).toHaveLength(1)
    const [{ dbName, destDbName, collections }] = dbCollections
    expect(collections).toHaveLength(1)
    const [entry] = collections
    return `${dbName}.${entry.collectionName} -> ${destDbName}.${entry.destCollectionName} ${entry.destCollectionStatus}`
  })
}

function errorOf({ step }: StoryResult): string {
  return step.annotations.find(({ level }) => level === 'error')?.message ?? ''
}

function changed(story: StoryResult): string[] {
  return story.requests.filter(({ method }) => method !== 'GET').map(({ operationId }) => operationId)
}

/** Jobs that are done at once but are first seen at work: a story that is the same on a busy machine. */
function firstSeenOnTheirWay(cloud: Simulator, jobs: number) {
  const atWork = { status: 'IN_PROGRESS', progress: '40' }
  cloud.faults.inject({
    operation: 'describeJob',
    times: jobs,
    fault: { kind: 'edit', edit: answer => ({ ...answer, data: { ...answer.data, ...atWork } }) },
  })
}

/** Without the traces of what arranged it. */
function transcriptOf(story: StoryResult): string {
  return story.text.replaceAll(', fault edit', '')
}

describe.each(nodes)('restore-collections on Node %s', node => {
  test('each collection is a request of its own, and all jobs are awaited', async () => {
    await using cloud = await startSimulator({ speed: 20, jobSeconds: 0 })
    firstSeenOnTheirWay(cloud, 2)
    const lines = 'medium_articles\n# a comment\n\nsales.orders -> staging.orders_copy'
    const story = await restore(cloud, lines, {}, { node })
    expect(story.step.outcome).toBe('success')
    expect(cloud.world.collections('staging')).toEqual([
      'default.smoke_test LOADED',
      'default.medium_articles LOADED',
      'staging.orders_copy LOADED',
    ])
    await expect(transcriptOf(story)).toMatchFileSnapshot('transcripts/restore-collections.txt')
  })

  test('one of three fails: the others are awaited, and each is told', async () => {
    await using cloud = await startSimulator({ speed: 20, jobSeconds: 0 })
    firstSeenOnTheirWay(cloud, 3)
    cloud.world.nextJob({ type: 'RESTORE', durationSeconds: 0 })
    cloud.world.nextJob({ type: 'RESTORE', durationSeconds: 0, outcome: 'FAILED', reason: 'disk full' })
    const story = await restore(cloud, 'medium_articles\nproducts\nsales.orders', {}, { node })
    expect(story.step.outputs.status).toBe('failed')
    expect(JSON.parse(story.step.outputs.jobIds ?? '')).toHaveLength(3)
    expect(cloud.world.collections('staging')).toContain('sales.orders LOADED')
    await expect(transcriptOf(story)).toMatchFileSnapshot('transcripts/restore-collections-one-fails.txt')
  })
})

const everything = [
  'default.medium_articles -> default.medium_articles',
  'default.products -> default.products',
  'sales.orders -> sales.orders',
  'sales.items -> sales.items',
  'archive.orders_2023 -> archive.orders_2023',
]
const loaded = (lines: string[]) => lines.map(line => `${line} LOADED`)

test.each<[form: string, inputs: Record<string, string>, requests: string[]]>([
  ['products', {}, loaded(['default.products -> default.products'])],
  ['default.products', {}, loaded(['default.products -> default.products'])],
  ['sales.orders', { 'collection-status': 'unloaded' }, ['sales.orders -> sales.orders UNLOADED']],
  ['sales.orders -> orders_copy', {}, loaded(['sales.orders -> sales.orders_copy'])],
  ['sales.orders -> staging.orders_copy', {}, loaded(['sales.orders -> staging.orders_copy'])],
  ['sales.*', {}, loaded(['sales.orders -> sales.orders', 'sales.items -> sales.items'])],
  ['sales.* -> copy.*', {}, loaded(['sales.orders -> copy.orders', 'sales.items -> copy.items'])],
  ['*', {}, loaded(everything)],
  ['', {}, loaded(everything)],
  [
    '[{"dbName":"sales","destDbName":"copy","collections":[{"collectionName":"orders","destCollectionStatus":"unloaded"},{"collectionName":"items","destCollectionName":"things"}]},{"collections":[{"collectionName":"products"}]}]',
    {},
    [
      'sales.orders -> copy.orders UNLOADED',
      'sales.items -> copy.things LOADED',
      'default.products -> default.products LOADED',
    ],
  ],
])('collections written as %s', async (form, inputs, requests) => {
  await using cloud = await startSimulator({ speed: 60 })
  const story = await restore(cloud, form, inputs)
  expect(story.step.outputs.status).toBe('succeeded')
  expect(asked(story)).toEqual(requests)
})

test.each<[variants: Partial<Variants>, form: string, requests: string[]]>([
  [{ defaultDbName: '' }, 'products', loaded(['default.products -> default.products'])],
  [{ backupCollections: 'both' }, '*', loaded(everything)],
  [{ backupCollections: 'flat' }, 'sales.orders', loaded(['sales.orders -> sales.orders'])],
  [{ backupCollections: 'flat' }, '*', ['everything']],
  [{ backupCollections: 'none' }, 'sales.orders', loaded(['sales.orders -> sales.orders'])],
  [{ backupCollections: 'none' }, '', ['everything']],
  [{ restoreCollectionEntries: 'several' }, 'sales.*', loaded(everything.slice(2, 4))],
])('a service that plays %o is asked for "%s"', async (variants, form, requests) => {
  await using cloud = await startSimulator({ speed: 60, variants })
  const story = await restore(cloud, form)
  expect(story.step.outputs.status).toBe('succeeded')
  expect(asked(story)).toEqual(requests)
  const warnings = story.step.annotations.map(({ level, message }) => `${level}: ${message}`)
  expect(warnings).toEqual(
    requests[0] === 'everything' ? [expect.stringMatching(/^warning: .*arrive unloaded/)] : [],
  )
})

test.each(['flat', 'none'] as const)(
  'sales.* is an error that says why where the list is %s',
  async backupCollections => {
    await using cloud = await startSimulator({ variants: { backupCollections } })
    const story = await restore(cloud, 'products\nsales.*')
    expect(errorOf(story)).toMatch(
      /line 2 "sales\.\*": the service does not list which collections .* in which database/,
    )
    expect(changed(story)).toEqual([])
  },
)

test('names that are not in the backup are told by line, with what the backup holds', async () => {
  await using cloud = await startSimulator()
  const story = await restore(cloud, 'product\nsales.orders\nbilling.*\nsales.item -> items')
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story).split('\n')).toEqual([
    'collections: line 1 "product": default.product is not in the backup',
    'collections: line 3 "billing.*": the backup holds no collections of that database',
    'collections: line 4 "sales.item -> items": sales.item is not in the backup',
    'collections: the backup holds default.medium_articles, default.products, sales.orders, sales.items, archive.orders_2023',
  ])
  expect(changed(story)).toEqual([])
})

test('nothing is waited for between the starts', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const story = await restore(cloud, 'sales.*')
  const operations = story.requests.map(({ operationId }) => operationId)
  const first = operations.indexOf('restoreCollection')
  expect(operations.slice(first, first + 3)).toEqual([
    'restoreCollection',
    'restoreCollection',
    'describeJob',
  ])
})

test('into the source itself by its id: what would keep its name is a problem before any request', async () => {
  await using cloud = await startSimulator()
  const story = await restore(cloud, 'products\nsales.*\nsales2.a -> b', {
    'target-cluster': cloud.clusterId,
  })
  expect(errorOf(story).split('\n')).toEqual([
    expect.stringMatching(/^collections: .*default\.products would keep its name.*->/),
    expect.stringMatching(/^collections: .*sales\.\* would keep its name.*->/),
  ])
  expect(story.requests).toEqual([])
})

test.each(['', '*', 'products'])(
  'into the source itself by its name: "%s" is the same problem',
  async form => {
    await using cloud = await startSimulator()
    const story = await restore(cloud, form, { 'target-cluster': 'production' })
    expect(errorOf(story)).toMatch(/^collections: the target is the source cluster itself/)
    expect(changed(story)).toEqual([])
  },
)

test('into the source itself a collection goes under a new name, or where its line says so', async () => {
  await using cloud = await startSimulator({ speed: 60, variants: { existingCollection: 'overwrite' } })
  const story = await restore(cloud, 'products -> products\nsales.* -> restored.*', {
    'target-cluster': 'production',
  })
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', clusterId: cloud.clusterId })
  expect(asked(story)).toHaveLength(3)
})

test('one of three is refused: the others go on, and the refusal is told', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const story = await restore(cloud, 'medium_articles\nproducts -> smoke_test\nsales.orders')
  expect(story.step.outputs.status).toBe('failed')
  expect(JSON.parse(story.step.outputs.jobIds ?? '')).toHaveLength(2)
  expect(errorOf(story)).toContain('2 of 3 have started')
  expect(errorOf(story)).toMatch(
    /Could not restore default\.products as default\.smoke_test.*Collection already exists/,
  )
  expect(cloud.world.collections('staging')).toEqual(
    expect.arrayContaining(['default.medium_articles LOADED', 'sales.orders LOADED']),
  )
})

test('a lost answer on the second: nothing more is started, and the first is awaited', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const fault = { kind: 'reset' } as const
  cloud.faults.inject({ operation: 'restoreCollection', skip: 1, applied: true, fault })
  const story = await restore(cloud, 'medium_articles\nproducts\nsales.orders')
  const { jobId, jobIds } = story.step.outputs
  expect(story.step.outputs.status).toBe('failed')
  expect(jobIds).toBe(JSON.stringify([jobId]))
  expect(story.step.log.join('\n')).toContain(`Job ${jobId} (default.medium_articles): SUCCESSFUL`)
  expect(errorOf(story)).toContain('The restore of default.products may have started')
  expect(errorOf(story)).toContain('Nothing more was started.')
  expect(sent(story, 'restoreCollection')).toHaveLength(2)
})

test('load on a start is waited out', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'restoreCollection', skip: 1, fault: { kind: 'gateway', status: 429 } })
  const story = await restore(cloud, 'sales.*')
  expect(story.step.outputs.status).toBe('succeeded')
  expect(sent(story, 'restoreCollection')).toHaveLength(3)
  expect(applied(story, 'restoreCollection')).toHaveLength(2)
})

test('a target that each restore blocks is waited for before the next', async () => {
  await using cloud = await startSimulator({
    speed: 60,
    jobSeconds: 20,
    variants: { restoreCollectionBlocks: true },
  })
  const story = await restore(cloud, 'sales.*')
  expect(story.step.outputs.status).toBe('succeeded')
  expect(story.step.log.join('\n')).toContain('is RESTORE_BACKUP and refuses this for now')
  expect(applied(story, 'restoreCollection')).toHaveLength(2)
})

test('a target that is being resized is waited for', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const staging = cloud.world.cluster('staging')
  staging.status = 'RESIZING'
  cloud.faults.inject({
    operation: 'describeCluster',
    skip: 1,
    fault: {
      kind: 'edit',
      edit: answer => {
        staging.status = 'RUNNING'
        return answer
      },
    },
  })
  const story = await restore(cloud, 'products')
  expect(story.step.outputs.status).toBe('succeeded')
  expect(sent(story, 'restoreCollection')).toHaveLength(2)
})

test('a target that settles between the refusal and the look is asked again', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  settlesAt(cloud, 'staging', 'RESIZING', 'restoreCollection')
  const story = await restore(cloud, 'products')
  expect(story.step.outputs.status).toBe('succeeded')
})

test('a target that is asleep is a refusal with its state', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = Object.assign(cloud.world.cluster('staging'), { status: 'SUSPENDED' })
  const story = await restore(cloud, 'products')
  expect(story.step.outputs).toMatchObject({ status: 'failed', clusterId })
  expect(errorOf(story)).toContain(`Cluster ${clusterId} is SUSPENDED.`)
})

test('a name that several clusters have needs the id or the project', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const other = cloud.world.addProject()
  const twin = cloud.world.addCluster({ clusterName: 'staging', projectId: other.projectId })
  const ambiguous = await restore(cloud, 'products')
  expect(errorOf(ambiguous)).toContain('several clusters have the name "staging"')
  expect(errorOf(ambiguous)).toContain(`${twin.clusterId} in project ${other.projectId}, RUNNING`)
  expect(changed(ambiguous)).toEqual([])
  const narrowed = await restore(cloud, 'products', { 'target-project-id': other.projectId })
  expect(narrowed.step.outputs).toMatchObject({ status: 'succeeded', clusterId: twin.clusterId })
})

test('a target that is not there is named', async () => {
  await using cloud = await startSimulator()
  const story = await restore(cloud, 'products', { 'target-cluster': 'stagin' })
  expect(errorOf(story)).toContain('There is no cluster with the id or name "stagin"')
})

test.each(['id', 'name'])('nothing is restored into a protected cluster, given by its %s', async by => {
  await using cloud = await startSimulator()
  const { clusterId, clusterName } = cloud.world.cluster('staging')
  const story = await restore(cloud, 'products', {
    // Asked for by the other of the two.
    'target-cluster': by === 'id' ? clusterName : clusterId,
    'protected-clusters': `production, ${by === 'id' ? clusterId : clusterName}`,
  })
  expect(errorOf(story)).toContain(`Cluster ${clusterId} is one of protected-clusters`)
  expect(changed(story)).toEqual([])
})

test('a safety backup of the target comes first, and is waited for even where nothing else is', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const story = await restore(cloud, 'products', { 'safety-backup': 'true', wait: 'false' })
  const { safetyBackupId = '', jobIds, backupId } = story.step.outputs
  expect(story.step.outputs.status).toBe('started')
  expect(cloud.world.backup(safetyBackupId)).toMatchObject({ status: 'AVAILABLE' })
  expect(cloud.world.backup(safetyBackupId).source.clusterName).toBe('staging')
  expect(backupId).not.toBe(safetyBackupId)
  const [safetyJob, restoreJob] = cloud.world.jobs
  expect(jobIds).toBe(JSON.stringify([restoreJob?.jobId]))
  expect(safetyJob?.type).toBe('BACKUP')
  expect(changed(story)).toEqual(['createBackup', 'restoreCollection'])
})

test('a safety backup that fails ends the step before anything is restored', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.world.nextJob({ type: 'BACKUP', outcome: 'FAILED', reason: 'disk full' })
  const story = await restore(cloud, 'products', { 'safety-backup': 'true' })
  expect(story.step.outputs.status).toBe('failed')
  expect(story.step.outputs.safetyBackupId).toBeDefined()
  expect(errorOf(story)).toContain('disk full')
  expect(changed(story)).toEqual(['createBackup'])
})

test.each([
  ['wait', 'succeeded'],
  ['fail', 'failed'],
])('a target that is being backed up, if-busy: %s', async (ifBusy, status) => {
  await using cloud = await startSimulator({ speed: 60 })
  const running = cloud.world.startAutomaticBackup(cloud.world.cluster('staging').clusterId, {
    durationSeconds: ifBusy === 'fail' ? Number.POSITIVE_INFINITY : 45,
  })
  const inputs = { 'safety-backup': 'true', 'if-busy': ifBusy }
  const story = await restore(cloud, 'products', inputs)
  expect(story.step.outputs.status).toBe(status)
  const told = ifBusy === 'fail' ? errorOf(story) : story.step.log.join('\n')
  expect(told).toContain(running.backupId)
  expect(changed(story)).toEqual(ifBusy === 'fail' ? [] : ['createBackup', 'restoreCollection'])
})

test('a dry run plans the safety backup and one request for each collection, and sends none', async () => {
  await using cloud = await startSimulator()
  const { clusterId: destClusterId } = cloud.world.cluster('staging')
  const story = await restore(cloud, 'sales.orders -> copy', { 'safety-backup': 'true', 'dry-run': 'true' })
  expect(story.step.outputs.status).toBe('planned')
  expect(changed(story)).toEqual([])
  const { backupId } = story.step.outputs
  const entry = { collectionName: 'orders', destCollectionName: 'copy', destCollectionStatus: 'LOADED' }
  expect(JSON.parse(story.step.outputs.plan ?? '')).toEqual([
    {
      method: 'POST',
      path: `/v2/clusters/${destClusterId}/backups/create`,
      body: { backupType: 'CLUSTER' },
    },
    {
      method: 'POST',
      path: `/v2/clusters/${cloud.clusterId}/backups/${backupId}/restoreCollection`,
      body: {
        destClusterId,
        dbCollections: [{ dbName: 'sales', destDbName: 'sales', collections: [entry] }],
      },
    },
  ])
})

test('without waiting all jobs are told and none is looked at', async () => {
  await using cloud = await startSimulator()
  const story = await restore(cloud, '*', { wait: 'false' })
  const jobIds = cloud.world.jobs.map(({ jobId }) => jobId)
  expect(story.step.outputs).toMatchObject({
    status: 'started',
    jobId: jobIds[0],
    jobIds: JSON.stringify(jobIds),
  })
  expect(sent(story, 'describeJob')).toEqual([])
  expect(story.step.log.join('\n')).toContain(`job-id: ${jobIds.join(', ')}`)
})

test('a time-out names the jobs that still run, and the lines that resume', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.world.nextJob({ type: 'RESTORE', durationSeconds: Number.POSITIVE_INFINITY })
  cloud.world.nextJob({ type: 'RESTORE', durationSeconds: 0 })
  const story = await restore(cloud, 'sales.*', { timeout: '30s' })
  const [endless, done] = JSON.parse(story.step.outputs.jobIds ?? '')
  expect(story.step.outputs.status).toBe('timed-out')
  expect(errorOf(story)).toContain(`job ${endless} (sales.orders) is`)
  expect(errorOf(story)).not.toContain(done)
  expect(story.step.summary).toContain(`operation: wait\njob-id: ${endless}`)
})

test('a cancelled wait names all that still runs, and the lines that resume', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  const story = await restore(
    cloud,
    'sales.*',
    {},
    {
      onStart: control =>
        cloud.faults.inject({
          operation: 'describeJob',
          when: () => {
            control.cancel()
            return true
          },
          fault: { kind: 'stall' },
        }),
    },
  )
  const jobIds = cloud.world.jobs.map(({ jobId }) => jobId)
  // The first signal of the ladder was enough.
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(story.step.outputs).toMatchObject({ status: 'cancelled', jobIds: JSON.stringify(jobIds) })
  expect(story.step.receipt).toMatchObject({ status: 'cancelled', jobIds })
  expect(story.step.summary).toContain(`operation: wait\njob-id: ${jobIds.join(', ')}`)
})
