import { expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { common, commonRequest } from './common.ts'

const least: Inputs = { ...common, operation: 'delete-cluster', 'target-cluster': 'copy' }

test('the least, and everything', async () => {
  const request = {
    ...commonRequest,
    target: { cluster: 'copy', projectId: undefined },
    protectedClusters: [],
    pollInterval: 15_000,
    dryRun: false,
  }
  expect(await parse(least)).toEqual(request)
  expect(
    await parse({ ...least, 'target-project-id': 'p', 'protected-clusters': 'a,b', 'dry-run': 'true' }),
  ).toEqual({
    ...request,
    target: { cluster: 'copy', projectId: 'p' },
    protectedClusters: ['a', 'b'],
    dryRun: true,
  })
})

test('with entries of protected-clusters that can be neither id nor name ("Impossible value")', async () => {
  const byId =
    'which no id has, and no name that this action takes: a cluster whose name has other characters is given by its id'
  expect(
    await problemsOf({ ...least, 'protected-clusters': '"prod", b\nin01-3e5d8a4b2f6 prod\npr*' }),
  ).toEqual([
    `protected-clusters: "\\"prod\\"" has """, ${byId}`,
    'protected-clusters: "in01-3e5d8a4b2f6 prod" has an id and another word in it: one per line, or comma separated',
    `protected-clusters: "pr*" has "*", ${byId}`,
  ])
  expect(await problemsOf({ ...least, 'target-cluster': 'pröd' })).toEqual([
    `target-cluster: "pröd" has U+00F6, ${byId}`,
  ])
})

test('with an impossible project', async () => {
  expect(await problemsOf({ ...least, 'target-project-id': '..' })).toEqual([
    expect.stringMatching(/^target-project-id: expected an id/),
  ])
})
