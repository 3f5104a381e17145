import { expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { commonRequest, forLatestOnly, ofCluster } from './common.ts'

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

test('the least', () => {
  expect(parse(least)).toEqual(request)
})

test('everything', () => {
  expect(
    parse({
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

const mayDrop = (what: string) => [
  `protected-clusters: holds the name of the new cluster, which ${what} may drop`,
]

test.each<[Inputs, string[]]>([
  [{ 'max-age': '1d' }, [forLatestOnly('max-age')]],
  [{ 'collection-status': 'LOADED' }, ['collection-status: expected one of KEEP, RELEASE; got "LOADED"']],
  [{ 'protected-clusters': 'a, copy', 'if-exists': 'replace' }, mayDrop('if-exists: replace')],
  [{ 'protected-clusters': 'copy', 'delete-after-job': 'true' }, mayDrop('delete-after-job')],
  [{ 'protected-clusters': 'copy', 'if-exists': 'reuse' }, []],
  [{ 'protected-clusters': 'copy' }, []],
  [
    { 'target-cluster': 'refs/pull/7' },
    [
      'target-cluster: expected at most 255 letters, digits, blanks, _, - and Han characters as the name of the new cluster; got "refs/pull/7". Try refs-pull-7.',
    ],
  ],
  [{ 'cu-size': '0' }, ['cu-size: expected a whole number from 1 to 1024; got "0"']],
  [{ 'backup-id': 'a/b' }, [expect.stringMatching(/^backup-id: expected an id without slashes/)]],
])('with %j', (more, problems) => {
  expect(problemsOf({ ...least, ...more })).toEqual(problems)
})
