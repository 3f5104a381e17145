import { expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { commonRequest, expected, forLatestOnly, ofCluster } from './common.ts'

const least: Inputs = { ...ofCluster, operation: 'describe-backup', 'backup-id': 'backup0_a' }

test('the least, and everything', async () => {
  const request = {
    ...commonRequest,
    clusterId: 'in01-a',
    backup: { kind: 'id', backupId: 'backup0_a' },
  }
  expect(await parse(least)).toEqual(request)
  const newest = { ...least, 'backup-id': 'Latest' }
  expect(await parse(newest)).toEqual({
    ...request,
    backup: { kind: 'latest', maxAge: undefined, backupType: undefined },
  })
  expect(await parse({ ...newest, 'max-age': '1d12h', 'backup-type': 'Cluster' })).toEqual({
    ...request,
    backup: { kind: 'latest', maxAge: 129_600_000, backupType: 'CLUSTER' },
  })
})

test.each<[Inputs, string[]]>([
  [{ 'backup-id': 'a b' }, [`backup-id: ${expected.id('blank')} "a b"`]],
  [{ 'backup-type': 'CLUSTER' }, [forLatestOnly('backup-type')]],
  [{ 'max-age': '1d' }, [forLatestOnly('max-age')]],
  [
    { 'backup-type': 'FULL', 'max-age': '1w' },
    [
      `backup-type: ${expected.type} "FULL"`,
      `max-age: ${expected.duration} "1w"`,
      forLatestOnly('max-age'),
      forLatestOnly('backup-type'),
    ],
  ],
  [
    { 'backup-id': 'latest', 'max-age': '0s', 'backup-type': 'FULL' },
    [`backup-type: ${expected.type} "FULL"`, `max-age: ${expected.duration} "0s"`],
  ],
])('with %j', async (more, problems) => {
  expect(await problemsOf({ ...least, ...more })).toEqual(problems)
})
