import { expect, test } from 'vitest'
import { type InputName, inputs } from '../../src/contract.ts'
import { misspeltInputs } from '../../src/inputs/misspelt.ts'
import type { Inputs } from '../harness/inputs.ts'

/** What is reported of variables, where the workflow gave these inputs. */
function report(variables: Record<string, string>, given: Inputs = {}, fallbacks: Inputs = {}) {
  return misspeltInputs(new Map(Object.entries(variables)), name => given[name], fallbacks)
}

const problem = (written: string, meant: string, variable: string) =>
  `${written}: no such input; did you mean ${meant}? Or the workflow sets the environment variable ${variable}: rename it.`

test.each([
  ['INPUT_DRY_RUN', 'dry_run', 'dry-run'],
  ['INPUT_DRYRUN', 'dryrun', 'dry-run'],
  ['INPUT_DRY RUN', 'dry run', 'dry-run'],
  ['INPUT_OLDERTHAN', 'olderthan', 'older-than'],
  ['INPUT_TIME-OUT', 'time-out', 'timeout'],
  ['INPUT_time_out', 'time_out', 'timeout'],
  ['INPUT_PROTECTED-CLUSTER', 'protected-cluster', 'protected-clusters'],
  ['INPUT_PROTECTED-CLUSTERSS', 'protected-clusterss', 'protected-clusters'],
  ['INPUT_PROTECTED_CLUSTER', 'protected_cluster', 'protected-clusters'],
  ['INPUT_DRY-RUM', 'dry-rum', 'dry-run'],
  ['INPUT_DRY-RNU', 'dry-rnu', 'dry-run'],
  ['INPUT_RDY-RUN', 'rdy-run', 'dry-run'],
  ['INPUT_RY-RUN', 'ry-run', 'dry-run'],
  ['INPUT_XDRY-RUN', 'xdry-run', 'dry-run'],
  ['INPUT_OLDER-THEN', 'older-then', 'older-than'],
])('%s is a problem: %s, meant is %s ("Misspelt input")', (variable, written, meant) => {
  expect(report({ [variable]: '1' })).toEqual([problem(written, meant, variable)])
})

test.each([
  'INPUT_DRY-RUMS',
  'INPUT_UNDRY-RUN',
  'INPUT_NUR-YRD',
  'INPUT_TOKEN',
  'INPUT_',
  'INPUT_FAIL-FAST',
  'INPUT_NODE-VERSION',
  'INPUT_CLUSTER',
])('%s is left alone: some runners leak those of an outer action', variable => {
  expect(report({ [variable]: 'true' })).toEqual([])
})

test('none of our own inputs is taken for another one', () => {
  const names = Object.keys(inputs) as InputName[]
  expect(report(Object.fromEntries(names.map(name => [`INPUT_${name.toUpperCase()}`, 'x'])))).toEqual([])
})

test.each([
  ['INPUT_Dry-Run', 'dry-run'],
  ['INPUT_dry-run', 'dry-run'],
  ['input_DRY-RUN', 'dry-run'],
  ['input_protected-clusters', 'protected-clusters'],
  ['Input_Timeout', 'timeout'],
])('%s is not read, which is a problem: %s is given under another name', (variable, name) => {
  const expected = [
    `${name}: the environment variable ${variable} does not set this input, since its name is not in capitals: write ${name} under with, or rename the variable.`,
  ]
  expect(report({ [variable]: '1' })).toEqual(expected)
  expect(report({ [variable]: '1' }, { [name]: '2' })).toEqual(expected)
  // On Windows the names of variables ignore case, so that this is the input itself.
  expect(report({ [variable]: '1' }, { [name]: '1' })).toEqual([])
  expect(report({ [variable]: ' ' }, { [name]: '' })).toEqual([])
})

test.each<[variables: Record<string, string>, given: Inputs]>([
  [{ INPUT_DRY_RUN: 'true' }, { 'dry-run': 'true' }],
  [{ INPUT_DRY_RUN: ' true ' }, { 'dry-run': 'true' }],
  [{ INPUT_DRY_RUN: 'true' }, { 'dry-run': 'TRUE' }],
  [{ INPUT_IF_EXISTS: 'Replace' }, { 'if-exists': 'replace' }],
  [{ INPUT_COLLECTION_STATUS: 'keep' }, { 'collection-status': 'KEEP' }],
  [{ INPUT_TIME_OUT: '60m' }, { timeout: '1h' }],
  [{ INPUT_TIME_OUT: '120m' }, {}],
  [{ INPUT_POLLINTERVAL: '60s' }, { 'poll-interval': '1m' }],
  [{ INPUT_MAX_AGE: '24h' }, { 'max-age': '1d' }],
  [{ INPUT_OLDER_THAN: '24h' }, { 'older-than': '1d' }],
  [{ INPUT_SKIP_IF_NEWER_THAN: '24h' }, { 'skip-if-newer-than': '1d' }],
  [{ INPUT_JOB_ID: 'a, b' }, { 'job-id': '["a","b"]' }],
  [{ INPUT_CROSS_REGION_COPIES: 'a\nb' }, { 'cross-region-copies': 'a,b' }],
  [{ INPUT_PROTECTED_BACKUPS: 'Backup1_a,b' }, { 'protected-backups': 'backup1_a\nb' }],
  [{ INPUT_PROTECTED_CLUSTERS: 'Production,a' }, { 'protected-clusters': 'production\na' }],
  // The declared default and nothing are the same.
  [{ INPUT_DRY_RUN: 'false' }, {}],
  [{ INPUT_PROTECTED_CLUSTERS: 'None' }, {}],
  [{ INPUT_TIME_OUT: '' }, { timeout: '2h' }],
  [{ INPUT_BASE_URL: 'https://api.example.com' }, { 'base-url': 'https://API.example.com//' }],
])('%j is no problem, since %j has the same effective value', (variables, given) => {
  expect(report(variables, given)).toEqual([])
})

test('what stands in for an input that is not given is its effective value', () => {
  const fallbacks = { 'api-key': 'key-123456', 'base-url': 'https://api.cloud.zilliz.com' }
  for (const value of ['https://api.cloud.zilliz.com', 'https://api.cloud.zilliz.com/', '']) {
    expect(report({ INPUT_BASE_URL: value }, {}, fallbacks)).toEqual([])
  }
  expect(report({ INPUT_API_KEY: 'key-123456' }, {}, fallbacks)).toEqual([])
  expect(report({ INPUT_API_KEY: 'key-654321' }, {}, fallbacks)).toHaveLength(1)
  expect(report({ INPUT_API_KEY: 'key-123456' }, { 'api-key': 'key-654321' }, fallbacks)).toHaveLength(1)
  expect(report({ INPUT_BASE_URL: 'https://api.example.com' }, {}, fallbacks)).toHaveLength(1)
})

test.each<[variables: Record<string, string>, given: Inputs]>([
  [{ INPUT_DRY_RUN: 'true' }, { 'dry-run': 'false' }],
  [{ INPUT_DRY_RUN: 'false' }, { 'dry-run': 'true' }],
  [{ INPUT_DRY_RUN: 'yes' }, {}],
  [{ INPUT_TIME_OUT: '61m' }, { timeout: '1h' }],
  [{ INPUT_OLDER_THAN: '30D' }, { 'older-than': '30d' }],
  [{ INPUT_CLUSTER_ID: 'in01-a' }, { 'cluster-id': 'IN01-A' }],
  [{ INPUT_TARGET_CLUSTER: '60m' }, { 'target-cluster': '1h' }],
  [{ INPUT_JOB_ID: 'A' }, { 'job-id': 'a' }],
  [{ INPUT_JOB_ID: 'a,b' }, { 'job-id': 'b,a' }],
  [{ INPUT_PROTECTED_CLUSTERS: 'a' }, { 'protected-clusters': 'a, b' }],
  [{ INPUT_PROTECTED_CLUSTERS: '[]' }, { 'protected-clusters': 'none' }],
  [{ INPUT_PROTECTED_CLUSTERS: '[]' }, { 'protected-clusters': ',' }],
])('%j is a problem, since %j has another value', (variables, given) => {
  expect(report(variables, given)).toEqual([expect.stringContaining(': no such input; did you mean ')])
})

test.each([undefined, 'any', '30d'])(
  'a guard that came out empty under a wrong name: older-than %s',
  given => {
    const expected = [
      'older_than: no such input; did you mean older-than? It is empty, which must not be taken for any. Or the workflow sets the environment variable INPUT_OLDER_THAN: rename it.',
    ]
    for (const empty of ['', ' \n']) {
      expect(report({ INPUT_OLDER_THAN: empty }, given === undefined ? {} : { 'older-than': given })).toEqual(
        expected,
      )
    }
  },
)

test('each is reported', () => {
  expect(report({ INPUT_DRY_RUN: 'true', INPUT_BACKUPID: 'b1' })).toEqual([
    problem('dry_run', 'dry-run', 'INPUT_DRY_RUN'),
    problem('backupid', 'backup-id', 'INPUT_BACKUPID'),
  ])
})
