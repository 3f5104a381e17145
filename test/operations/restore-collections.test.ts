import { expect, test } from 'vitest'
import { problemsIntoSource } from '../../src/collections/into-source.ts'
import { parseMappings } from '../../src/collections/mappings.ts'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { commonRequest, forLatestOnly, ofCluster } from './common.ts'

const least: Inputs = {
  ...ofCluster,
  operation: 'restore-collections',
  'backup-id': 'backup0_a',
  'target-cluster': 'in01-b',
  collections: '*',
}

const request = {
  ...commonRequest,
  clusterId: 'in01-a',
  backup: { kind: 'id', backupId: 'backup0_a' },
  target: { cluster: 'in01-b', projectId: undefined },
  mappings: [{ kind: 'everything', line: expect.any(String) }],
  collectionStatus: 'LOADED',
  safetyBackup: undefined,
  protectedClusters: [],
  wait: true,
  pollInterval: 15_000,
  dryRun: false,
}

test('the least', async () => {
  expect(await parse(least)).toEqual(request)
})

test('a safety backup waits for another one, where the workflow does not say otherwise', async () => {
  expect(await parse({ ...least, 'safety-backup': 'TRUE' })).toEqual({
    ...request,
    safetyBackup: { ifBusy: 'wait' },
  })
})

test('everything', async () => {
  const line = 'line 1 "sales.* -> staging.*"'
  expect(
    await parse({
      ...least,
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
    ...request,
    backup: { kind: 'latest', maxAge: undefined, backupType: undefined },
    target: { cluster: 'my cluster', projectId: 'proj-a' },
    mappings: [{ kind: 'database', line, from: 'sales', to: 'staging', explicit: true }],
    collectionStatus: 'UNLOADED',
    safetyBackup: { ifBusy: 'fail' },
    protectedClusters: ['production'],
    wait: false,
  })
})

test.each<[Inputs, string[]]>([
  [{ 'max-age': '1d' }, [forLatestOnly('max-age')]],
  [{ 'collection-status': 'KEEP' }, ['collection-status: expected one of LOADED, UNLOADED; got "KEEP"']],
  [{ 'if-busy': 'fail' }, ['if-busy: has no effect without safety-backup: true']],
  [{ 'if-busy': 'wait' }, []],
  [{ 'if-busy': 'fail', 'safety-backup': 'true' }, []],
  [
    { 'target-cluster': 'refs/pull/7' },
    [
      'target-cluster: "refs/pull/7" has "/", which no id has, and no name that this action takes: a cluster whose name has other characters is given by its id',
    ],
  ],
  // It writes into a cluster that lives, so all of the backup must be asked for.
  [
    { collections: '' },
    ['collections: expected collections, or * for everything in the backup; it is empty'],
  ],
  [{ 'if-busy': 'join', 'safety-backup': 'true' }, ['if-busy: expected one of wait, fail; got "join"']],
])('with %j', async (more, problems) => {
  expect(await problemsOf({ ...least, ...more })).toEqual(problems)
})

const intoSource: Inputs = { ...least, 'target-cluster': 'in01-a' }

test.each<[string, string[]]>([
  [
    '*',
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
])('into the source cluster itself: %j', async (text, problems) => {
  expect(await problemsOf({ ...intoSource, collections: text })).toEqual(problems)
})

test('both solutions that a problem offers are solutions', async () => {
  const [problem = ''] = problemsIntoSource((await parseMappings('orders', () => {})) ?? [])
  const solutions = [...problem.matchAll(/\(([^)]+)\)/g)].map(([, solution = '']) => solution)
  expect(solutions).toHaveLength(2)
  for (const collections of solutions) expect(await problemsOf({ ...intoSource, collections })).toEqual([])
})
