import { expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { commonRequest, expected, forLatestOnly, ofCluster } from './common.ts'

const least: Inputs = {
  ...ofCluster,
  operation: 'restore-cluster',
  'backup-id': 'backup0_a',
  'target-cluster': 'copy',
}

const request = {
  ...commonRequest,
  clusterId: 'in01-a',
  backup: { kind: 'id', backupId: 'backup0_a' },
  clusterName: 'copy',
  projectId: undefined,
  cuSize: undefined,
  collectionStatus: 'KEEP',
  versionPolicy: undefined,
  ifExists: 'fail',
  protectedClusters: [],
  deleteAfterJob: false,
  wait: true,
  pollInterval: 15_000,
  dryRun: false,
}

test('the least', async () => {
  expect(await parse(least)).toEqual(request)
})

test('everything', async () => {
  expect(
    await parse({
      ...least,
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
    ...request,
    // Only a backup of a whole cluster makes a cluster.
    backup: { kind: 'latest', maxAge: 86_400_000, backupType: 'CLUSTER' },
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

const mayDrop = (entry: string, what: string) => [
  `protected-clusters: has "${entry}", the name of the new cluster, which ${what} may drop`,
]

test.each<[Inputs, string[]]>([
  [{ 'max-age': '1d' }, [forLatestOnly('max-age')]],
  [{ 'collection-status': 'LOADED' }, ['collection-status: expected one of KEEP, RELEASE; got "LOADED"']],
  [{ 'protected-clusters': 'a, copy', 'if-exists': 'replace' }, mayDrop('copy', 'if-exists: replace')],
  [{ 'protected-clusters': 'Copy', 'delete-after-job': 'true' }, mayDrop('Copy', 'delete-after-job')],
  [{ 'protected-clusters': 'copy', 'if-exists': 'reuse' }, []],
  [{ 'protected-clusters': 'copy' }, []],
  [
    { 'target-cluster': 'refs/pull/7' },
    [
      'target-cluster: expected at most 255 letters, digits, blanks, _, - and Han characters as the name of the new cluster; got "refs/pull/7". Try refs-pull-7.',
    ],
  ],
  [
    { 'target-cluster': 'in01-3e5d8a4b2f6c1d7' },
    [
      'target-cluster: "in01-3e5d8a4b2f6c1d7" has the shape of a cluster id, and expected is the name of a new cluster: restore-cluster makes one, restore-collections writes into an existing one',
    ],
  ],
  [
    { 'protected-clusters': '- prod\nb' },
    ['protected-clusters: "- prod" begins with "- " as YAML lists have it: one per line, without a hyphen'],
  ],
  [{ 'cu-size': '0' }, ['cu-size: expected a whole number from 1 to 1024; got "0"']],
  [{ 'backup-id': 'a/b' }, [`backup-id: ${expected.id('"/"')} "a/b"`]],
])('with %j', async (more, problems) => {
  expect(await problemsOf({ ...least, ...more })).toEqual(problems)
})
