import { expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { common, commonRequest, expected } from './common.ts'

const least: Inputs = { ...common, operation: 'list-backups' }

test('the least, and everything', async () => {
  const request = { ...commonRequest, clusterId: undefined, backupType: undefined }
  expect(await parse(least)).toEqual(request)
  expect(await parse({ ...least, 'cluster-id': 'in01-a', 'backup-type': 'collection' })).toEqual({
    ...request,
    clusterId: 'in01-a',
    backupType: 'COLLECTION',
  })
})

test.each<[Inputs, string[]]>([
  [{ 'cluster-id': '../a' }, [`cluster-id: ${expected.id('"."')} "../a"`]],
  [{ 'backup-type': 'FULL' }, [`backup-type: ${expected.type} "FULL"`]],
])('with %j', async (more, problems) => {
  expect(await problemsOf({ ...least, ...more })).toEqual(problems)
})
