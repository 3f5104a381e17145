/** What GitHub lets pass with a warning or in silence must not switch a guard off. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { problemsOf } from './problems.ts'
import { deleteCluster, type Inputs, pruneBackups, waitFor } from './steps.ts'
import { errorOf, type StoryResult } from './story.ts'

/** The step ends before any request, with these problems. */
function expectProblems(cloud: Simulator, story: StoryResult, ...problems: (string | RegExp)[]): void {
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(story.requests).toEqual([])
  const lines = problemsOf(story, story.step.given.operation ?? '')
  expect(lines).toHaveLength(problems.length)
  for (const [index, problem] of problems.entries()) expect(lines[index]).toMatch(problem)
  expect(cloud.world.cluster('staging').status).toBe('RUNNING')
}

describe('a misspelt input', () => {
  const dropStaging = (cloud: Simulator, inputs: Inputs) =>
    deleteCluster(cloud, { 'target-cluster': 'staging', ...inputs })

  test.each([
    ['dry_run', 'true', 'dry-run'],
    ['dryRun', 'true', 'dry-run'],
    ['dry run', 'true', 'dry-run'],
    ['dryy-run', 'true', 'dry-run'],
    ['protected_clusters', 'staging', 'protected-clusters'],
    ['protectedClusters', 'staging', 'protected-clusters'],
    ['protected-cluster', 'staging', 'protected-clusters'],
    ['protectde-clusters', 'staging', 'protected-clusters'],
    ['protected-klusters', 'staging', 'protected-clusters'],
    ['time-out', '5m', 'timeout'],
  ])('%s: %s drops nothing, and says that %s is meant', async (name, value, meant) => {
    await using cloud = await startSimulator()
    const story = await dropStaging(cloud, { [name]: value })
    const variable = `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
    expectProblems(
      cloud,
      story,
      `${variable.slice(6).toLowerCase()}: no such input; did you mean ${meant}? Or the workflow sets the environment variable ${variable}: rename it.`,
    )
  })

  test('older_than deletes nothing', async () => {
    await using cloud = await startSimulator()
    for (const ageSeconds of [1, 2]) cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds })
    const story = await pruneBackups(cloud, { older_than: '30d' })
    expectProblems(cloud, story, /^older_than: no such input; did you mean older-than\?/)
  })

  test('with the value that the right one has too is none: dispatch inputs reach scripts so', async () => {
    await using cloud = await startSimulator()
    const same = { 'dry-run': 'true', dry_run: 'true', protected_clusters: 'none', OLDER_THAN: 'any' }
    expect((await dropStaging(cloud, same)).step.outputs.status).toBe('planned')
    const other = await dropStaging(cloud, { 'dry-run': 'false', dry_run: 'true' })
    expectProblems(cloud, other, /^dry_run: no such input/)
  })

  // The name of a variable in another case is another name, and is not read. On Windows it is the same.
  test.runIf(process.platform !== 'win32').each(['INPUT_Dry-Run', 'input_dry-run'])(
    'that the environment sets as %s drops nothing',
    async variable => {
      await using cloud = await startSimulator()
      const story = await deleteCluster(
        cloud,
        { 'target-cluster': 'staging' },
        { env: { [variable]: 'true' } },
      )
      expectProblems(
        cloud,
        story,
        `dry-run: the environment variable ${variable} does not set this input, since its name is not in capitals: write dry-run under with, or rename the variable.`,
      )
    },
  )

  test('that came out empty is an empty guard', async () => {
    await using cloud = await startSimulator()
    const story = await dropStaging(cloud, { protected_clusters: '' })
    expectProblems(cloud, story, /^protected_clusters: .* It is empty, which must not be taken for none\./)
  })

  test('that resembles none of ours is left alone: runners leak those of an outer action', async () => {
    await using cloud = await startSimulator()
    const inputs = { colour: 'red', 'fetch-depth': '0', dry: 'true', clusters: 'staging', 'dry-run': 'true' }
    expect((await dropStaging(cloud, inputs)).step.outputs.status).toBe('planned')
  })
})

const guards = {
  'dry-run': 'false',
  'safety-backup': 'false',
  'older-than': 'any',
  'max-age': 'any',
  'backup-type': 'any',
  'protected-clusters': 'none',
}

describe('a guard', () => {
  test.each(Object.entries(guards))('%s that came out empty stops any operation', async (name, word) => {
    await using cloud = await startSimulator()
    for (const empty of ['', ' \n ']) {
      const story = await waitFor(cloud, { 'target-cluster': 'staging', [name]: empty })
      expectProblems(
        cloud,
        story,
        `${name}: it is empty, which must not be taken for ${word}. Leave it out, or write \${{ inputs.${name} || '${word}' }}`,
      )
    }
  })

  test('that has its default word is no problem to any operation', async () => {
    await using cloud = await startSimulator()
    const words = Object.fromEntries(Object.entries(guards).map(([name, word]) => [name, word.toUpperCase()]))
    const story = await waitFor(cloud, { 'target-cluster': 'staging', ...words })
    expect(story.step.outputs.status).toBe('succeeded')
  })

  test('that has another word stops an operation that would not heed it', async () => {
    await using cloud = await startSimulator()
    const story = await waitFor(cloud, { 'target-cluster': 'staging', 'dry-run': 'true' })
    expectProblems(cloud, story, 'dry-run: wait does not use it; got "true"')
  })
})

describe('protected-clusters', () => {
  const dropWith = (cloud: Simulator, protectedClusters: string, target = 'staging') =>
    deleteCluster(cloud, { 'target-cluster': target, 'protected-clusters': protectedClusters })

  test.each<[written: string, value: (clusterId: string) => string]>([
    ['an id in capitals', id => id.toUpperCase()],
    ['a name in another case', () => 'STAGING'],
    ['lines, with a comment', () => '# never these\nproduction\r\n  staging  \n'],
    ['a list with commas', id => `production, ${id}`],
    ['a JSON array, as an output has it', id => JSON.stringify(['production', id])],
    ['a JSON array on lines', () => '[\n  "production",\n  "Staging"\n]'],
  ])('given as %s protects', async (_, value) => {
    await using cloud = await startSimulator()
    const { clusterId } = cloud.world.cluster('staging')
    const story = await dropWith(cloud, value(clusterId))
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain(`Cluster ${clusterId} (RUNNING) is one of protected-clusters`)
    expect(cloud.world.cluster('staging').status).toBe('RUNNING')
  })

  const byId = 'a cluster whose name has other characters is given by its id'
  test.each<[value: string, problem: string]>([
    ['"staging"', `has """, which no id has, and no name that this action takes: ${byId}`],
    ["'staging', production", `has "'"`],
    ['- production', 'begins with "- " as YAML lists have it: one per line, without a hyphen'],
    ['production; staging', 'has ";"'],
    ['staging # never', 'has "#"'],
    ['stag\u200bing', `has U+200B, which no id has, and no name that this action takes: ${byId}`],
    ['stag\u00a0ing', 'has U+00A0'],
    ['stag*', 'has "*"'],
    ['in01-0123456789abcde staging', 'has an id and another word in it: one per line, or comma separated'],
    ['[staging]', 'begins with [ but is not a JSON array of texts'],
    ['["staging", 7]', 'begins with [ but is not a JSON array of texts'],
  ])('given as %j is a problem, and drops nothing', async (value, problem) => {
    await using cloud = await startSimulator()
    const story = await dropWith(cloud, value)
    expectProblems(cloud, story, /^protected-clusters: /)
    expect(errorOf(story)).toContain(problem)
  })

  const noName = 'holds no id or name, which must not be taken for none. Leave it out, or write none; got'
  test.each([
    ['[]', noName],
    [',', noName],
    [' , \n ,', noName],
    ['# none', noName],
    ['# staging\n# production', noName],
    ['[""]', 'has an empty entry in its JSON array; got'],
    ['[" "]', 'has an empty entry in its JSON array; got'],
    ['["production",""]', 'has an empty entry in its JSON array; got'],
  ])('given as %j came out empty, and drops nothing', async (value, problem) => {
    await using cloud = await startSimulator()
    const story = await dropWith(cloud, value)
    expectProblems(cloud, story, `protected-clusters: ${problem} ${JSON.stringify(value.trim())}`)
  })

  test('that this key cannot see are named in one notice', async () => {
    await using cloud = await startSimulator()
    const story = await dropWith(cloud, 'productoin\nin01-0123456789abcde\nPRODUCTION')
    expect(story.step.outputs.status).toBe('succeeded')
    expect(story.step.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'notice: protected-clusters: not among the clusters that this key can see: "productoin", "in01-0123456789abcde".',
    ])
  })

  test('with a name among them protect what has no name that can be read', async () => {
    await using cloud = await startSimulator()
    const { clusterId } = Object.assign(cloud.world.cluster('staging'), { shown: { clusterName: undefined } })
    const refused = await dropWith(cloud, `${cloud.clusterId}, production`, clusterId)
    expect(errorOf(refused)).toContain('has no name that can be read, and protected-clusters has names')
    expect(cloud.world.cluster('staging').status).toBe('RUNNING')
    const ids = await dropWith(cloud, cloud.clusterId, clusterId)
    expect(ids.step.outputs.status).toBe('succeeded')
  })
})

test("an output's JSON array is a list of job ids", async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const jobIds = ['production', 'staging'].map(
    name => cloud.world.startManualBackup(cloud.world.cluster(name).clusterId).job?.jobId,
  )
  const story = await waitFor(cloud, { 'job-id': JSON.stringify(jobIds) })
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', jobIds: JSON.stringify(jobIds) })
})

describe('base-url', () => {
  const api = 'expected the address of the API, '
  test.each([
    ['https://api.cloud.zilliz.com/v2/', 'expected the address without /v2, https://api.cloud.zilliz.com;'],
    ['https://cloud.zilliz.com', `${api}https://api.cloud.zilliz.com, not that of the console;`],
    ['https://cloud.zilliz.com.cn/orgs', `${api}https://api.cloud.zilliz.com.cn, not that of the console;`],
  ])('%s is a problem that offers the right one', async (url, problem) => {
    await using cloud = await startSimulator()
    const story = await waitFor(cloud, { 'target-cluster': 'staging', 'base-url': url })
    expectProblems(cloud, story, /^base-url: /)
    expect(errorOf(story)).toContain(problem)
  })
})
