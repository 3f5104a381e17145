import { expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { common, commonRequest } from './common.ts'

const least: Inputs = { ...common, operation: 'delete-cluster', 'target-cluster': 'copy' }

test('the least, and everything', () => {
  const request = {
    ...commonRequest,
    target: { cluster: 'copy', projectId: undefined },
    protectedClusters: [],
    pollInterval: 15_000,
    dryRun: false,
  }
  expect(parse(least)).toEqual(request)
  expect(
    parse({ ...least, 'target-project-id': 'p', 'protected-clusters': 'a,b', 'dry-run': 'true' }),
  ).toEqual({
    ...request,
    target: { cluster: 'copy', projectId: 'p' },
    protectedClusters: ['a', 'b'],
    dryRun: true,
  })
})

test('with an impossible project', () => {
  expect(problemsOf({ ...least, 'target-project-id': '..' })).toEqual([
    expect.stringMatching(/^target-project-id: expected an id/),
  ])
})
