import { expect, test } from 'vitest'
import { parseSelections } from '../../src/collections/mappings.ts'
import { sourceProblems } from '../../src/operations/restore-inputs.ts'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'

const common = { 'api-key': 'key-123456' }
const cluster: Inputs = {
  ...common,
  operation: 'restore-cluster',
  'cluster-id': 'in01-a',
  'backup-id': 'backup0_a',
  'target-cluster': 'copy',
}
const collections: Inputs = { ...cluster, operation: 'restore-collections', 'target-cluster': 'in01-b' }
const drop: Inputs = { ...common, operation: 'delete-cluster', 'target-cluster': 'copy' }

const parsedCommon = {
  apiKey: 'key-123456',
  baseUrl: 'https://api.cloud.zilliz.com',
  timeout: 7_200_000,
  pollInterval: 15_000,
  dryRun: false,
  protectedClusters: [],
}

test('restore-cluster: the least, and everything', () => {
  const least = {
    ...parsedCommon,
    operation: 'restore-cluster',
    clusterId: 'in01-a',
    backup: { backupId: 'backup0_a' },
    clusterName: 'copy',
    projectId: undefined,
    cuSize: undefined,
    collectionStatus: 'KEEP',
    versionPolicy: undefined,
    ifExists: 'fail',
    deleteAfterJob: false,
    wait: true,
  }
  expect(parse(cluster)).toEqual(least)
  expect(
    parse({
      ...cluster,
      'backup-id': 'LATEST',
      'max-age': '1d',
      'target-project-id': 'proj-a',
      'cu-size': '8',
      'collection-status': 'release',
      'restore-version-policy': 'original',
      'if-exists': 'Replace',
      'protected-clusters': 'production, in01-p\nmy cluster',
      'delete-after-job': 'TRUE',
      wait: 'False',
      'poll-interval': '30s',
      'dry-run': 'true',
    }),
  ).toEqual({
    ...least,
    backup: { latest: true, maxAge: 86_400_000 },
    projectId: 'proj-a',
    cuSize: 8,
    collectionStatus: 'RELEASE',
    versionPolicy: 'ORIGINAL',
    ifExists: 'replace',
    protectedClusters: ['production', 'in01-p', 'my cluster'],
    deleteAfterJob: true,
    wait: false,
    pollInterval: 30_000,
    dryRun: true,
  })
})

test('restore-collections: the least, and everything', () => {
  const least = {
    ...parsedCommon,
    operation: 'restore-collections',
    clusterId: 'in01-a',
    backup: { backupId: 'backup0_a' },
    target: { cluster: 'in01-b', projectId: undefined },
    selections: [{ kind: 'everything', line: expect.any(String) }],
    collectionStatus: 'LOADED',
    safetyBackup: false,
    ifBusy: 'wait',
    wait: true,
  }
  expect(parse(collections)).toEqual(least)
  expect(
    parse({
      ...collections,
      'backup-id': 'latest',
      collections: 'sales.* -> staging.*',
      'target-cluster': 'my cluster',
      'target-project-id': 'proj-a',
      'collection-status': 'Unloaded',
      'safety-backup': 'true',
      'if-busy': 'FAIL',
      'protected-clusters': 'production',
      wait: 'false',
    }),
  ).toEqual({
    ...least,
    backup: { latest: true, maxAge: undefined },
    target: { cluster: 'my cluster', projectId: 'proj-a' },
    selections: [
      { kind: 'database', line: 'line 1 "sales.* -> staging.*"', from: 'sales', to: 'staging', named: true },
    ],
    collectionStatus: 'UNLOADED',
    safetyBackup: true,
    ifBusy: 'fail',
    protectedClusters: ['production'],
    wait: false,
  })
})

test('delete-cluster: the least, and everything', () => {
  const least = {
    ...parsedCommon,
    operation: 'delete-cluster',
    target: { cluster: 'copy', projectId: undefined },
  }
  expect(parse(drop)).toEqual(least)
  expect(
    parse({ ...drop, 'target-project-id': 'p', 'protected-clusters': 'a,b', 'dry-run': 'true' }),
  ).toEqual({
    ...least,
    target: { cluster: 'copy', projectId: 'p' },
    protectedClusters: ['a', 'b'],
    dryRun: true,
  })
})

const notForThis = 'collection-status: expected one of'
const dropped = (by: string) => [
  `protected-clusters: holds the name of the new cluster, which ${by} may drop`,
]

test.each<[Inputs, Inputs, string[]]>([
  [cluster, { 'max-age': '1d' }, ['max-age: goes with backup-id: latest only']],
  [collections, { 'max-age': '1d' }, ['max-age: goes with backup-id: latest only']],
  [cluster, { 'collection-status': 'LOADED' }, [`${notForThis} KEEP, RELEASE; got "LOADED"`]],
  [collections, { 'collection-status': 'KEEP' }, [`${notForThis} LOADED, UNLOADED; got "KEEP"`]],
  [collections, { 'if-busy': 'fail' }, ['if-busy: is of no use without safety-backup: true']],
  [collections, { 'if-busy': 'wait' }, []],
  [collections, { 'if-busy': 'fail', 'safety-backup': 'true' }, []],
  [cluster, { 'protected-clusters': 'a, copy', 'if-exists': 'replace' }, dropped('if-exists: replace')],
  [cluster, { 'protected-clusters': 'copy', 'delete-after-job': 'true' }, dropped('delete-after-job')],
  [cluster, { 'protected-clusters': 'copy', 'if-exists': 'reuse' }, []],
  [cluster, { 'protected-clusters': 'copy' }, []],
  [
    cluster,
    { 'target-cluster': 'refs/pull/7' },
    [
      'target-cluster: expected at most 255 letters, digits, blanks, _, - and Han characters as the name of the new cluster; got "refs/pull/7". A safe name near it is refs-pull-7.',
    ],
  ],
  [cluster, { 'cu-size': '0' }, ['cu-size: expected a whole number from 1 to 1024; got "0"']],
  [collections, { 'target-cluster': 'refs/pull/7' }, []],
  [cluster, { 'backup-id': 'a/b' }, [expect.stringMatching(/^backup-id: expected an id without slashes/)]],
  [drop, { 'target-project-id': '..' }, [expect.stringMatching(/^target-project-id: expected an id/)]],
])('of %j with %j', (given, more, problems) => {
  expect(problemsOf({ ...given, ...more })).toEqual(problems)
})

test.each<[string | undefined, string[]]>([
  [
    undefined,
    [
      'collections: the target is the source cluster itself, and everything would keep its name. Name the collections, each with a new name (orders -> orders_restored) or, to keep it, with the arrow (orders -> orders, sales.* -> sales.*)',
    ],
  ],
  [
    'orders\nsales.*\nitems -> items_2',
    [
      'collections: the target is the source cluster itself, and default.orders would keep its name. Give it a new one (default.orders -> default.orders_restored) or say with the arrow that it is to keep it (default.orders -> default.orders)',
      'collections: the target is the source cluster itself, and sales.* would keep its name. Give it a new one (sales.* -> restored.*) or say with the arrow that it is to keep it (sales.* -> sales.*)',
    ],
  ],
  ['orders -> orders\nsales.* -> sales.*', []],
])('into the source cluster itself: %j', (text, problems) => {
  const given = { ...collections, 'target-cluster': 'in01-a', ...(text && { collections: text }) }
  expect(problemsOf(given)).toEqual(problems)
})

test('both ways on that a problem shows are ways on', () => {
  const [problem = ''] = sourceProblems(parseSelections('orders', () => {}) ?? [])
  const ways = [...problem.matchAll(/\(([^)]+)\)/g)].map(([, way = '']) => way)
  expect(ways).toHaveLength(2)
  for (const way of ways) {
    expect(problemsOf({ ...collections, 'target-cluster': 'in01-a', collections: way })).toEqual([])
  }
})
