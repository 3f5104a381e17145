import { expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { commonRequest, expected, ofCluster } from './common.ts'

const least: Inputs = { ...ofCluster, operation: 'create-backup' }

test('the least, and everything', async () => {
  const request = {
    ...commonRequest,
    clusterId: 'in01-a',
    collections: undefined,
    crossRegionCopies: [],
    skipIfNewerThan: undefined,
    ifBusy: 'wait',
    wait: true,
    pollInterval: 15_000,
    dryRun: false,
  }
  expect(await parse(least)).toEqual(request)
  expect(
    await parse({
      ...least,
      operation: 'Create-Backup',
      collections: 'sales.orders\nsales.items',
      'if-busy': 'FAIL',
      wait: 'FALSE',
      'dry-run': 'True',
      'poll-interval': '1m',
      timeout: '45m',
      'skip-if-newer-than': '1d',
    }),
  ).toEqual({
    ...request,
    collections: { database: 'sales', collections: ['orders', 'items'] },
    ifBusy: 'fail',
    wait: false,
    dryRun: true,
    pollInterval: 60_000,
    timeout: 2_700_000,
    skipIfNewerThan: 86_400_000,
  })
  expect(await parse({ ...least, 'if-busy': 'Join' })).toEqual({ ...request, ifBusy: 'join' })
  expect(await parse({ ...least, 'cross-region-copies': 'aws-us-east-1, aws-us-west-2' })).toEqual({
    ...request,
    crossRegionCopies: ['aws-us-east-1', 'aws-us-west-2'],
  })
})

test.each<[Inputs, string[]]>([
  [
    { 'skip-if-newer-than': '1h', 'cross-region-copies': 'aws-us-east-1' },
    [
      'skip-if-newer-than: cannot be combined with cross-region-copies: a backup does not show which copies it has',
    ],
  ],
  [
    { 'if-busy': 'Join', 'cross-region-copies': 'aws-us-east-1' },
    ['if-busy: join cannot be combined with cross-region-copies: a backup does not show which copies it has'],
  ],
  [
    { 'cross-region-copies': 'a b\nc/d' },
    [
      `cross-region-copies: ${expected.id('blank')} "a b"`,
      `cross-region-copies: ${expected.id('"/"')} "c/d"`,
    ],
  ],
  [
    { collections: 'a -> b\nsales.*' },
    [
      'collections: line 1 "a -> b": expected a collection or database.collection; it has an arrow or *, which are for restores',
      'collections: line 2 "sales.*": expected a collection or database.collection; it has an arrow or *, which are for restores',
    ],
  ],
  [{ 'if-busy': 'skip' }, ['if-busy: expected one of wait, fail, join; got "skip"']],
])('with %j', async (more, problems) => {
  expect(await problemsOf({ ...least, ...more })).toEqual(problems)
})
