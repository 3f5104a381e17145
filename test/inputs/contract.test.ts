import { describe, expect, test } from 'vitest'
import {
  covers,
  type InputDeclaration,
  type InputName,
  inputs,
  type OperationName,
  operations,
  requiredInputs,
} from '../../src/contract.ts'
import { InputError } from '../../src/errors.ts'
import { openInputs } from '../../src/inputs/inputs.ts'
import { operations as files } from '../../src/operations/index.ts'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'

/** For each operation what it needs, and nothing else. */
const least: Readonly<Record<OperationName, Inputs>> = {
  'create-backup': { 'cluster-id': 'in01-a' },
  'restore-cluster': { 'cluster-id': 'in01-a', 'backup-id': 'latest', 'target-cluster': 'copy' },
  'restore-collections': {
    'cluster-id': 'in01-a',
    'backup-id': 'b1',
    'target-cluster': 'in01-b',
    collections: 'orders',
  },
  wait: { 'job-id': 'job-1' },
  'list-backups': {},
  'describe-backup': { 'cluster-id': 'in01-a', 'backup-id': 'latest' },
  'delete-backup': { 'cluster-id': 'in01-a', 'backup-id': 'b1' },
  'prune-backups': { 'cluster-id': 'in01-a', 'keep-last': '7' },
  'export-backup': { 'cluster-id': 'in01-a', 'backup-id': 'b1', 'integration-id': 'integ-a' },
  'delete-cluster': { 'target-cluster': 'copy' },
  'prune-clusters': {
    'name-pattern': 'shop-pr-{pr}',
    'target-project-id': 'proj-a',
    'github-token': 'token-123456',
  },
  verify: { 'target-cluster': 'copy' },
  'switch-alias': { 'target-cluster': 'copy', alias: 'orders', collections: 'orders_2' },
}

/** A value of each input that no operation takes for its default. */
const samples: Readonly<Record<InputName, string>> = {
  operation: 'wait',
  'api-key': 'key-123456',
  'base-url': 'https://api.cloud.zilliz.com.cn',
  'cluster-id': 'in01-x',
  'backup-id': 'backup0_x',
  'max-age': '1d',
  collections: 'orders',
  'target-cluster': 'other',
  'target-project-id': 'proj-x',
  alias: 'alias-x',
  'name-pattern': 'blog-pr-{pr}',
  'cu-size': '4',
  'collection-status': 'KEEP',
  'restore-version-policy': 'LATEST',
  'cross-region-copies': 'aws-us-east-1',
  'integration-id': 'integ-x',
  directory: 'dir/',
  'job-id': 'job-x',
  wait: 'false',
  timeout: '1h',
  'poll-interval': '5s',
  'if-busy': 'fail',
  'if-exists': 'reuse',
  'skip-if-newer-than': '1h',
  'safety-backup': 'true',
  verify: 'true',
  baseline: 'receipt.json',
  'allow-loss': '1',
  'data-token': 'user:secret-word',
  'protected-clusters': 'production',
  'delete-after-job': 'true',
  'backup-type': 'CLUSTER',
  'keep-last': '3',
  'keep-daily': '3',
  'keep-weekly': '3',
  'keep-monthly': '3',
  'protected-backups': 'b9',
  'older-than': '30d',
  'dry-run': 'true',
  'comment-on-pr': 'true',
  'github-token': 'token-123456',
}

const names = Object.keys(inputs) as InputName[]
const declared = (name: InputName): InputDeclaration => inputs[name]
const key = 'key-123456'

function minimal(operation: OperationName): Inputs {
  return { operation, 'api-key': key, ...least[operation] }
}

const namesOf = (problems: readonly string[]) =>
  problems.map(problem => problem.slice(0, problem.indexOf(':')))

describe.each(operations)('%s', operation => {
  test('reads each input that the contract gives it, and no other but to refuse it', async () => {
    const reads: InputName[] = []
    const values = minimal(operation)
    const record = (name: InputName) => {
      reads.push(name)
      return values[name]
    }
    const environment = {
      apiKey: '',
      baseUrl: '',
      getsNoSecrets: () => false,
      inputVariables: new Map<string, string>(),
    }
    const { reader, common, check } = await openInputs(record, environment)
    const { read } = await files[operation]()
    await read(reader, common)
    check()
    for (const name of names) {
      // An input that it does not use is read by the rules that refuse it; the operation may not read it.
      const rules = declared(name).guard ? [name, name] : [name]
      if (covers(inputs[name].operations, operation)) expect(reads).toContain(name)
      else expect(reads.filter(read => read === name)).toEqual(rules)
    }
  })

  test('needs exactly what the contract requires', async () => {
    expect(await problemsOf(minimal(operation))).toEqual([])
    const required = names.filter(name => covers(requiredInputs[name], operation))
    const present = Object.keys(minimal(operation))
    // Of `wait`, `job-id` is one of three that will do; the token of `prune-clusters` comes from the runner.
    const more = { wait: ['job-id'], 'prune-clusters': ['github-token'] }[operation as string] ?? []
    expect(present.sort()).toEqual([...required, ...more].sort())
    for (const name of required) {
      const { [name]: _, ...rest } = minimal(operation)
      const problems = await problemsOf(rest)
      expect(namesOf(problems)).toEqual([name])
      expect(problems[0]).toMatch(/; it is empty|wait needs at least one/)
    }
  })

  const unused = names.filter(name => !covers(inputs[name].operations, operation))
  const used = names.filter(name => covers(inputs[name].operations, operation))

  test('refuses every input that it does not use, all at once', async () => {
    for (const name of unused) {
      expect(await problemsOf({ ...minimal(operation), [name]: samples[name] })).toEqual([
        `${name}: ${operation} does not use it; got "${samples[name]}"`,
      ])
    }
    const all = Object.fromEntries(unused.map(name => [name, samples[name]]))
    expect(namesOf(await problemsOf({ ...minimal(operation), ...all }))).toEqual(unused)
  })

  test('takes an empty value as absent, but for a guard ("Empty guard")', async () => {
    const request = await parse(minimal(operation))
    for (const name of names) {
      const { guard, default: byDefault } = declared(name)
      const given = { ...minimal(operation), [name]: '' }
      if (guard) {
        expect(await problemsOf(given)).toEqual([
          `${name}: it is empty, which must not be taken for ${byDefault}. Leave it out, or write \${{ inputs.${name} || '${byDefault}' }}`,
        ])
      } else if (!covers(requiredInputs[name], operation) && !(name in minimal(operation)))
        expect(await parse(given)).toEqual(request)
    }
  })

  test('takes the declared default as absent, a word in any case, also where it is not used ("Empty guard")', async () => {
    const request = await parse(minimal(operation))
    for (const name of names) {
      const { guard, words, default: byDefault } = declared(name)
      // The token that the runner puts in the place of its default is needed where it is given here.
      if (byDefault === undefined || name in minimal(operation)) continue
      const isWord = guard || words || ['true', 'false'].includes(byDefault)
      for (const text of isWord ? [byDefault, byDefault.toUpperCase()] : [byDefault])
        expect(await parse({ ...minimal(operation), [name]: text })).toEqual(request)
    }
  })

  test('reports everything that is wrong at once, each with its name', async () => {
    // What may contain any text: a folder, and the token that is only passed on.
    const free = ['github-token', 'operation', 'directory']
    const wrong = used.filter(name => !free.includes(name))
    const values = Object.fromEntries(wrong.map(name => [name, '../?']))
    const problems = await problemsOf({ ...minimal(operation), ...values })
    expect(new Set(namesOf(problems))).toEqual(new Set(wrong))
    expect(problems).toEqual([...new Set(problems)])
  })
})

test('without an operation, or with one that is none, what is common is checked anyway', async () => {
  const list = operations.join(', ')
  expect(await problemsOf({ timeout: 'soon' })).toEqual([
    `operation: expected one of ${list}; it is empty`,
    expect.stringMatching(/^api-key: expected a Zilliz Cloud API key here or in the environment variable/),
    'timeout: expected a duration such as 90s, 45m or 1h30m; got "soon"',
  ])
  expect(await problemsOf({ operation: 'backup', 'api-key': key, 'cluster-id': 'a' })).toEqual([
    `operation: expected one of ${list}; got "backup"`,
  ])
})

test('the token is for the comment, and no operation has it but the one that asks GitHub', async () => {
  const token = 'token-123456'
  const values: Inputs = { ...minimal('wait'), 'comment-on-pr': 'true', 'github-token': token }
  const environment = {
    apiKey: '',
    baseUrl: '',
    getsNoSecrets: () => false,
    inputVariables: new Map<string, string>(),
  }
  const commentOf = async (given: Inputs) => (await openInputs(name => given[name], environment)).comment
  expect(await commentOf(values)).toEqual({ token })
  expect(await commentOf({ ...values, 'github-token': '' })).toEqual({ token: '' })
  expect(await commentOf({ ...values, 'comment-on-pr': 'false' })).toBeUndefined()
  // JSON has no numbers of any size.
  const asText = (request: unknown) =>
    JSON.stringify(request, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
  const requests = await Promise.all(
    operations.map(operation => parse({ ...minimal(operation), 'github-token': token })),
  )
  const having = operations.filter((_, index) => asText(requests[index]).includes(token))
  expect(having).toEqual(['prune-clusters'])
})

test('these are the guards, and no others ("Empty guard")', () => {
  expect(names.filter(name => declared(name).guard)).toEqual([
    'max-age',
    'safety-backup',
    'verify',
    'baseline',
    'protected-clusters',
    'backup-type',
    'keep-daily',
    'keep-weekly',
    'keep-monthly',
    'protected-backups',
    'older-than',
    'dry-run',
  ])
})

test('a misspelt input is a problem beside the others, before any request ("Misspelt input")', async () => {
  const inputVariables = new Map([
    ['INPUT_CLUSTER-ID', 'in01-a'],
    ['INPUT_DRY_RUN', 'true'],
  ])
  const given = { ...minimal('delete-backup'), timeout: 'soon' }
  expect(await problemsOf(given, '', { inputVariables })).toEqual([
    'dry_run: no such input; did you mean dry-run? Or the workflow sets the environment variable INPUT_DRY_RUN: rename it.',
    'timeout: expected a duration such as 90s, 45m or 1h30m; got "soon"',
  ])
})

test('what stands in for the key and the address is no misspelt one ("Misspelt input")', async () => {
  const inputVariables = new Map([
    ['INPUT_API_KEY', key],
    ['INPUT_BASE_URL', 'https://api.cloud.zilliz.com/'],
  ])
  const { 'api-key': _, ...given } = minimal('wait')
  expect(await problemsOf(given, key, { inputVariables })).toEqual([])
  const baseUrl = 'https://api.cloud.zilliz.com.cn'
  expect(namesOf(await problemsOf(given, key, { inputVariables, baseUrl }))).toEqual(['base_url'])
})

test('the message of the error is all problems, one per line', () => {
  const error = new InputError(['a: b', 'c: d'])
  expect(error.message).toBe('a: b\nc: d')
  expect(error.name).toBe('InputError')
})
