import { expect, test } from 'vitest'
import type { InputName } from '../../src/contract.ts'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'

const common = { 'api-key': 'key-123456' }
const ofCluster = { ...common, 'cluster-id': 'in01-a' }
const backUp: Inputs = { ...ofCluster, operation: 'create-backup' }
const list: Inputs = { ...common, operation: 'list-backups' }
const describeOne: Inputs = { ...ofCluster, operation: 'describe-backup', 'backup-id': 'backup0_a' }
const deleteOne: Inputs = { ...ofCluster, operation: 'delete-backup', 'backup-id': 'backup0_a' }
const prune: Inputs = { ...ofCluster, operation: 'prune-backups', 'keep-last': '7' }
const exportOne: Inputs = {
  ...ofCluster,
  operation: 'export-backup',
  'backup-id': 'backup0_a',
  'integration-id': 'integ-a',
}

const parsedCommon = {
  apiKey: 'key-123456',
  baseUrl: 'https://api.cloud.zilliz.com',
  timeout: 7_200_000,
}

test('create-backup: the least, and everything', () => {
  const least = {
    ...parsedCommon,
    operation: 'create-backup',
    clusterId: 'in01-a',
    collections: undefined,
    crossRegionCopies: [],
    skipIfNewerThan: undefined,
    ifBusy: 'wait',
    wait: true,
    pollInterval: 15_000,
    dryRun: false,
  }
  expect(parse(backUp)).toEqual(least)
  expect(
    parse({
      ...backUp,
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
    ...least,
    collections: { database: 'sales', collections: ['orders', 'items'] },
    ifBusy: 'fail',
    wait: false,
    dryRun: true,
    pollInterval: 60_000,
    timeout: 2_700_000,
    skipIfNewerThan: 86_400_000,
  })
  expect(parse({ ...backUp, 'cross-region-copies': 'aws-us-east-1, aws-us-west-2' })).toEqual({
    ...least,
    crossRegionCopies: ['aws-us-east-1', 'aws-us-west-2'],
  })
})

test('list-backups: the least, and everything', () => {
  const least = { ...parsedCommon, operation: 'list-backups', clusterId: undefined, backupType: undefined }
  expect(parse(list)).toEqual(least)
  expect(parse({ ...list, 'cluster-id': 'in01-a', 'backup-type': 'collection' })).toEqual({
    ...least,
    clusterId: 'in01-a',
    backupType: 'COLLECTION',
  })
})

test('describe-backup: the least, and everything', () => {
  const least = {
    ...parsedCommon,
    operation: 'describe-backup',
    clusterId: 'in01-a',
    backup: { backupId: 'backup0_a' },
    backupType: undefined,
  }
  expect(parse(describeOne)).toEqual(least)
  const newest = { ...describeOne, 'backup-id': 'Latest' }
  expect(parse(newest)).toEqual({ ...least, backup: { latest: true, maxAge: undefined } })
  expect(parse({ ...newest, 'max-age': '1d12h', 'backup-type': 'Cluster' })).toEqual({
    ...least,
    backup: { latest: true, maxAge: 129_600_000 },
    backupType: 'CLUSTER',
  })
})

test('delete-backup: the least, and everything', () => {
  const least = {
    ...parsedCommon,
    operation: 'delete-backup',
    clusterId: 'in01-a',
    backupId: 'backup0_a',
    dryRun: false,
  }
  expect(parse(deleteOne)).toEqual(least)
  expect(parse({ ...deleteOne, 'dry-run': 'TRUE' })).toEqual({ ...least, dryRun: true })
})

test('prune-backups: the least, and everything', () => {
  const least = {
    ...parsedCommon,
    operation: 'prune-backups',
    clusterId: 'in01-a',
    keepLast: 7,
    olderThan: undefined,
    backupType: undefined,
    dryRun: false,
  }
  expect(parse(prune)).toEqual(least)
  expect(parse({ ...prune, 'older-than': '30d', 'backup-type': 'CLUSTER', 'dry-run': 'true' })).toEqual({
    ...least,
    olderThan: 2_592_000_000,
    backupType: 'CLUSTER',
    dryRun: true,
  })
})

test('export-backup: the least, and everything', () => {
  const least = {
    ...parsedCommon,
    operation: 'export-backup',
    clusterId: 'in01-a',
    backup: { backupId: 'backup0_a' },
    integrationId: 'integ-a',
    directory: undefined,
    wait: true,
    pollInterval: 15_000,
    dryRun: false,
  }
  expect(parse(exportOne)).toEqual(least)
  expect(
    parse({
      ...exportOne,
      'backup-id': 'LATEST',
      'max-age': '2h',
      directory: 'nightly backups/2026/',
      wait: 'false',
      'poll-interval': '30s',
      'dry-run': 'true',
    }),
  ).toEqual({
    ...least,
    backup: { latest: true, maxAge: 7_200_000 },
    directory: 'nightly backups/2026/',
    wait: false,
    pollInterval: 30_000,
    dryRun: true,
  })
})

const anId = 'expected an id without slashes, blanks and control characters'
const ids = 'expected ids without slashes, blanks and control characters'
const noLatest = ['backup-id: expected the id of a backup; delete-backup does not take "latest"']
const keepLast = (got: string) => [`keep-last: expected a whole number from 1 to 1000000; got ${got}`]
const notForAnId = (name: InputName) => `${name}: goes with backup-id: latest only`
const folder = (got: string) => [
  `directory: expected a folder without line ends and control characters; got ${got}`,
]
const noType = 'backup-type: expected one of CLUSTER, COLLECTION; got'
const noDuration = 'expected a duration such as 90s, 45m or 1h30m; got'

test.each<[Inputs, Inputs, string[]]>([
  [
    backUp,
    { 'skip-if-newer-than': '1h', 'cross-region-copies': 'aws-us-east-1' },
    ['skip-if-newer-than: does not go with cross-region-copies: a backup does not tell what copies it has'],
  ],
  [
    backUp,
    { 'cross-region-copies': 'a b\nc/d' },
    [`cross-region-copies: ${ids}; got "a b"`, `cross-region-copies: ${ids}; got "c/d"`],
  ],
  [
    backUp,
    { collections: 'a -> b\nsales.*' },
    [
      'collections: line 1 "a -> b": expected a collection or database.collection; arrows and * are for restores',
      'collections: line 2 "sales.*": expected a collection or database.collection; arrows and * are for restores',
    ],
  ],
  [backUp, { 'if-busy': 'skip' }, ['if-busy: expected one of wait, fail; got "skip"']],

  [list, { 'cluster-id': '../a' }, [`cluster-id: ${anId}; got "../a"`]],
  [list, { 'backup-type': 'FULL' }, [`${noType} "FULL"`]],

  [describeOne, { 'backup-id': 'a b' }, [`backup-id: ${anId}; got "a b"`]],
  [describeOne, { 'backup-type': 'CLUSTER' }, [notForAnId('backup-type')]],
  [describeOne, { 'max-age': '1d' }, [notForAnId('max-age')]],
  [
    describeOne,
    { 'backup-type': 'FULL', 'max-age': '1w' },
    [`max-age: ${noDuration} "1w"`, notForAnId('max-age'), notForAnId('backup-type'), `${noType} "FULL"`],
  ],
  [
    describeOne,
    { 'backup-id': 'latest', 'max-age': '0s', 'backup-type': 'FULL' },
    [`max-age: ${noDuration} "0s"`, `${noType} "FULL"`],
  ],

  [deleteOne, { 'backup-id': 'latest' }, noLatest],
  [deleteOne, { 'backup-id': 'LaTeSt' }, noLatest],
  [deleteOne, { 'backup-id': 'latest-of-all' }, []],
  [deleteOne, { 'backup-id': '' }, ['backup-id: expected an id; got nothing']],
  [
    deleteOne,
    { 'cluster-id': '', 'dry-run': 'yes' },
    ['cluster-id: expected an id; got nothing', 'dry-run: expected one of true, false; got "yes"'],
  ],

  [prune, { 'keep-last': '' }, keepLast('nothing')],
  [prune, { 'keep-last': '0' }, keepLast('"0"')],
  [prune, { 'keep-last': '-1' }, keepLast('"-1"')],
  [prune, { 'keep-last': '1.5' }, keepLast('"1.5"')],
  [prune, { 'keep-last': '1e3' }, keepLast('"1e3"')],
  [prune, { 'keep-last': 'all' }, keepLast('"all"')],
  [prune, { 'keep-last': '1000001' }, keepLast('"1000001"')],
  [prune, { 'keep-last': '9'.repeat(40) }, keepLast(`"${'9'.repeat(40)}"`)],
  [prune, { 'keep-last': '1' }, []],
  [prune, { 'keep-last': '1000000' }, []],
  [prune, { 'older-than': '30' }, [`older-than: ${noDuration} "30"`]],
  [prune, { 'backup-type': 'AUTO' }, [`${noType} "AUTO"`]],

  [exportOne, { 'integration-id': '' }, ['integration-id: expected an id; got nothing']],
  [exportOne, { 'integration-id': 'a/b' }, [`integration-id: ${anId}; got "a/b"`]],
  [exportOne, { 'max-age': '1d' }, [notForAnId('max-age')]],
  [
    exportOne,
    { 'backup-id': '', 'max-age': '1d' },
    ['backup-id: expected an id; got nothing', notForAnId('max-age')],
  ],
  [exportOne, { directory: 'a\nb' }, folder('"a\\nb"')],
  [exportOne, { directory: 'a\rb' }, folder('"a\\rb"')],
  [exportOne, { directory: 'a\u0000b' }, folder('"a\\u0000b"')],
  [exportOne, { directory: 'a\u001b[2Jb' }, folder('"a\\u001b[2Jb"')],
  [exportOne, { directory: 'a\u2028b' }, folder('"a\u2028b"')],
  [exportOne, { directory: '备份/2026 "x"' }, []],
])('of %j with %j', (given, more, problems) => {
  expect(problemsOf({ ...given, ...more })).toEqual(problems)
})
