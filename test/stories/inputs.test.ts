import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { problemsOf } from './problems.ts'
import { createBackup } from './steps.ts'
import { runStory, type StoryResult, sent } from './story.ts'

/** What holds whenever an input is wrong: it is reported in all places, and nothing was requested. */
function expectRefused(story: StoryResult, ...problems: (string | RegExp)[]): void {
  const { step, requests } = story
  expect(step).toMatchObject({ exitCode: 1, outcome: 'failure', outputs: { status: 'failed' } })
  expect(requests).toEqual([])
  const listed = problemsOf(story, step.given.operation ?? '')
  expect(listed).toHaveLength(problems.length)
  for (const [index, problem] of problems.entries()) expect(listed[index]).toMatch(problem)
}

describe.each(nodes)('inputs on Node %s', node => {
  test('that are wrong are reported all at once, before any request', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const wrong = {
      operation: 'create-backup',
      'cluster-id': '',
      collections: 'sales.orders\narchive.*\nproducts',
      wait: 'perhaps',
      timeout: '30 min',
      'poll-interval': '0s',
      'if-busy': 'hope',
      'dry-run': 'yes',
      'target-cluster': 'staging',
      'keep-last': '3',
      'skip-if-newer-than': '1h',
      'cross-region-copies': 'aws-us-east-1',
    }
    const story = await runStory(cloud, wrong, { node })
    expectRefused(
      story,
      /^cluster-id: expected an id; it is empty\. If it comes from a variable: is that set \(.*\)\?$/,
      /^collections: line 2 "archive\.\*": expected a collection or database\.collection/,
      /^wait: expected one of true, false; got "perhaps"$/,
      /^timeout: .*; got "30 min"$/,
      /^poll-interval: .*; got "0s"$/,
      /^if-busy: expected one of wait, fail, join; got "hope"$/,
      /^dry-run: expected one of true, false; got "yes"$/,
      /^target-cluster: create-backup does not use it; got "staging"$/,
      /^keep-last: create-backup does not use it; got "3"$/,
      /^skip-if-newer-than: cannot be combined with cross-region-copies/,
    )
    await expect(story.text).toMatchFileSnapshot('transcripts/inputs-wrong.txt')
  })

  test('without the key ask for its secret, which runs of forks and of Dependabot do not get', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const pullRequest = { pull_request: { head: { repo: { full_name: 'fork/app' } } } }
    const event = { ...pullRequest, repository: { full_name: 'owner/app' } }
    for (const options of [{ event }, { env: { GITHUB_ACTOR: 'dependabot[bot]' } }]) {
      const withoutSecrets = await createBackup(cloud, { 'api-key': '' }, { node, ...options })
      expectRefused(
        withoutSecrets,
        /^api-key: .*; it is empty\. Runs for pull requests from forks and from Dependabot get no secrets: skip this job for them\.$/,
      )
    }
    const story = await createBackup(cloud, { 'api-key': '' }, { node })
    expectRefused(
      story,
      /^api-key: .*; it is empty\. Is the secret's name right\? .* needs environment: .* needs secrets: inherit\.$/,
    )
    await expect(story.text).toMatchFileSnapshot('transcripts/inputs-no-key.txt')
  })
})

describe('the key', () => {
  test('may come from the environment, and is masked from there too', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const options = { env: { ZILLIZ_API_KEY: ` ${cloud.apiKey}\n` } }
    const { step } = await createBackup(cloud, { 'api-key': '', wait: 'false' }, options)
    expect(step.outputs.status).toBe('started')
    expect(step.masks.map(({ value }) => value)).toContain(cloud.apiKey)
  })

  test('of the input goes before that of the environment', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { step } = await createBackup(cloud, { wait: 'false' }, { env: { ZILLIZ_API_KEY: 'another-key' } })
    expect(step.outputs.status).toBe('started')
  })

  const notVisible = 'expected an API key of at least 6 visible ASCII characters; got something else'
  test.each([
    ['two words', 'has a blank or a line end in it'],
    ['line-one\nline-two', 'has a blank or a line end in it'],
    ['Bearer 0123456789abcdef', 'begins with "Bearer ", which is no part of a key'],
    ['Bearer:0123456789abcdef', 'begins with "Bearer ", which is no part of a key'],
    ['"0123456789abcdef"', 'has quotes around it'],
    ['“0123456789abcdef”', 'has quotes around it'],
    ["'0123456789abcdef", 'has quotes around it'],
    ['schlüssel', notVisible],
    ['zero\u200bwidth', notVisible],
    ['short', notVisible],
  ])('%j is refused and not shown', async (key, problem) => {
    await using cloud = await startSimulator({ speed: 30 })
    const story = await runStory(
      cloud,
      { operation: 'create-backup', 'cluster-id': cloud.clusterId, 'api-key': key },
      { passwords: key === 'short' ? [] : [key] },
    )
    expectRefused(story, `api-key: ${problem}`)
    // Nor is a piece of it.
    expect(story.text).not.toMatch(/0123456|line-one|schl/)
  })

  test('with blanks and line ends around it is the key', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { step } = await createBackup(cloud, { 'api-key': `  ${cloud.apiKey}\r\n`, wait: 'false' })
    expect(step.outputs.status).toBe('started')
  })
})

describe('the operation', () => {
  test.each([
    ['backup', 'got "backup"'],
    ['', 'it is empty'],
  ])('%j is not an operation, and all are listed', async (operation, problem) => {
    await using cloud = await startSimulator({ speed: 30 })
    const story = await runStory(cloud, { operation })
    expectRefused(
      story,
      new RegExp(`^operation: expected one of create-backup, .*, switch-alias; ${problem}$`),
    )
  })

  test.each([
    ['create-backup', 'protected-clusters', 'production'],
    ['create-backup', 'job-id', 'job-1'],
    ['wait', 'wait', 'false'],
    ['wait', 'if-busy', 'fail'],
    ['wait', 'dry-run', 'true'],
    ['wait', 'collections', 'products'],
  ])('%s takes no %s', async (operation, input, value) => {
    await using cloud = await startSimulator({ speed: 30 })
    const goal: Record<string, string> =
      operation === 'wait' ? { 'target-cluster': 'staging' } : { 'cluster-id': cloud.clusterId }
    const story = await runStory(cloud, { operation, ...goal, [input]: value })
    expectRefused(story, `${input}: ${operation} does not use it; got ${JSON.stringify(value)}`)
  })
})

describe('values', () => {
  test('that equal a declared default are not given', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const defaults = {
      wait: 'true',
      timeout: '2h',
      'poll-interval': '15s',
      'if-busy': 'wait',
      'if-exists': 'fail',
      'safety-backup': 'false',
      'delete-after-job': 'false',
      'dry-run': 'false',
      'comment-on-pr': 'false',
    }
    expect((await createBackup(cloud, defaults)).step.outputs.status).toBe('succeeded')
    const waited = await runStory(cloud, { ...defaults, operation: 'wait', 'target-cluster': 'staging' })
    expect(waited.step.outputs.status).toBe('succeeded')
  })

  test('that are empty or blank are not given', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const empty = { wait: ' ', timeout: '', 'keep-last': '', collections: ' \n ', 'if-busy': '\t' }
    const story = await createBackup(cloud, empty)
    expect(story.step.outputs.status).toBe('succeeded')
    expect(sent(story, 'createBackup')[0]?.body).toEqual({ backupType: 'CLUSTER' })
  })

  test('of a fixed set may be written in any case', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const anyCase = { operation: 'Create-Backup', wait: 'FALSE', 'if-busy': 'Fail', 'dry-run': 'False' }
    expect((await createBackup(cloud, anyCase)).step.outputs.status).toBe('started')
  })

  test('have lines of their own in the error', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const collections = 'sales.orders\n\n# twice\nsales.orders\narchive.orders_2023'
    const story = await createBackup(cloud, { collections })
    expectRefused(
      story,
      'collections: line 4 "sales.orders": sales.orders is given already in line 1 "sales.orders"',
      'collections: a backup takes collections of one database only; these are of sales and archive',
    )
  })

  test.each([
    ['cluster-id', 'in01/../x', 'an id of letters, digits, _ and -, no "/"; got "in01/../x"'],
    ['cluster-id', '..', 'no "."'],
    ['cluster-id', 'in01 x', 'no blank'],
    ['cross-region-copies', ',', 'cross-region-copies: holds no item'],
    ['cross-region-copies', '["aws-us-east-1",""]', 'has an empty entry in its JSON array'],
    ['collections', '# nothing', 'expected at least one collection'],
    ['collections', '[{"dbName":"sales"}]', 'entry 1'],
    ['collections', '[{"db":"sales"}]', 'unknown field "db"'],
    ['collections', '[{', 'is not valid JSON'],
    ['skip-if-newer-than', '1m1h', 'a duration such as'],
    ['timeout', '0s', 'a duration such as'],
  ])('%s: %j is refused', async (input, value, words) => {
    await using cloud = await startSimulator({ speed: 30 })
    const story = await createBackup(cloud, { [input]: value })
    expectRefused(story, words)
  })
})

describe('base-url', () => {
  test.each([
    'http://api.cloud.example',
    'http://127.example.com',
    'https://api.cloud.example/?x=1',
    'https://api.cloud.example/#x',
    'https://user:hunter2-hunter2@api.cloud.example',
    'ftp://127.0.0.1',
    'api.cloud.example',
  ])('%s is refused', async url => {
    await using cloud = await startSimulator({ speed: 30 })
    const story = await createBackup(cloud, { 'base-url': url })
    expectRefused(story, /^base-url: expected an https address without query, fragment or credentials/)
    expect(story.step.log.join('\n')).not.toContain('hunter2')
  })

  test('may end with a slash', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { step } = await createBackup(cloud, { 'base-url': `${cloud.baseUrl}/`, wait: 'false' })
    expect(step.outputs.status).toBe('started')
  })
})

describe('wait', () => {
  test.each([
    [{}, /^job-id: wait needs at least one of job-id, backup-id with cluster-id, and target-cluster$/],
    [{ 'backup-id': 'backup1_abc' }, /^cluster-id: expected the source cluster of backup-id; it is empty$/],
    [{ 'backup-id': 'Latest', 'cluster-id': 'in01-abc' }, /^backup-id: .*does not take "latest"$/],
    [{ 'job-id': 'job-1', 'cluster-id': 'in01-abc' }, /^cluster-id: has no effect without backup-id$/],
    [
      { 'job-id': 'job-1', 'target-project-id': 'proj-1' },
      /^target-project-id: has no effect without target/,
    ],
    [{ 'job-id': 'job-1, a/b' }, /^job-id: expected an id of letters, .*, no "\/"; got "a\/b"$/],
  ])('for %j is refused', async (goals, problem) => {
    await using cloud = await startSimulator({ speed: 30 })
    expectRefused(await runStory(cloud, { operation: 'wait', ...goals }), problem)
  })
})
