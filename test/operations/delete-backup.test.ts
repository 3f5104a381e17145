import { expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { commonRequest, ofCluster } from './common.ts'

const least: Inputs = { ...ofCluster, operation: 'delete-backup', 'backup-id': 'backup0_a' }

test('the least, and everything', async () => {
  const request = { ...commonRequest, clusterId: 'in01-a', backupId: 'backup0_a', dryRun: false }
  expect(await parse(least)).toEqual(request)
  expect(await parse({ ...least, 'dry-run': 'TRUE' })).toEqual({ ...request, dryRun: true })
})

const noLatest = ['backup-id: expected the id of a backup; delete-backup does not take "latest"']

test.each<[Inputs, string[]]>([
  [{ 'backup-id': 'latest' }, noLatest],
  [{ 'backup-id': 'LaTeSt' }, noLatest],
  [{ 'backup-id': 'latest-of-all' }, []],
  [
    { 'backup-id': '' },
    [
      'backup-id: expected an id; it is empty. If it comes from a variable: is that set (Settings, Secrets and variables, Actions)?',
    ],
  ],
  [
    { 'cluster-id': '', 'dry-run': 'yes' },
    [
      'cluster-id: expected an id; it is empty. If it comes from a variable: is that set (Settings, Secrets and variables, Actions)?',
      'dry-run: expected one of true, false; got "yes"',
    ],
  ],
])('with %j', async (more, problems) => {
  expect(await problemsOf({ ...least, ...more })).toEqual(problems)
})
