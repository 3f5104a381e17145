import { expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { common, commonRequest } from './common.ts'

test('jobs, a backup and a cluster', async () => {
  expect(
    await parse({
      operation: 'WAIT',
      ...common,
      'job-id': 'job-1\njob-2, job-1',
      'cluster-id': 'in01-a',
      'backup-id': 'backup0_a',
      'target-cluster': 'my cluster',
      'target-project-id': 'proj-a',
    }),
  ).toEqual({
    ...commonRequest,
    jobIds: ['job-1', 'job-2'],
    backup: { clusterId: 'in01-a', backupId: 'backup0_a' },
    target: { cluster: 'my cluster', projectId: 'proj-a' },
    pollInterval: 15_000,
  })
})

test('without a backup or a cluster there is none to wait for', async () => {
  expect(await parse({ ...common, operation: 'wait', 'job-id': 'job-1' })).toMatchObject({
    backup: undefined,
    target: undefined,
  })
})

const needsOne = 'job-id: wait needs at least one of job-id, backup-id with cluster-id, and target-cluster'
const noSource = 'cluster-id: expected the source cluster of backup-id; it is empty'

test.each<[Inputs, string[]]>([
  [{}, [needsOne]],
  [{ 'cluster-id': 'in01-a' }, ['cluster-id: has no effect without backup-id', needsOne]],
  [{ 'backup-id': 'b1' }, [noSource]],
  [{ 'target-project-id': 'p' }, ['target-project-id: has no effect without target-cluster', needsOne]],
  [{ 'job-id': 'j', 'cluster-id': 'in01-a' }, ['cluster-id: has no effect without backup-id']],
  [{ 'job-id': ',' }, ['job-id: holds no item; got ","']],
  [{ 'job-id': '[1]' }, ['job-id: begins with [ but is not a JSON array of texts']],
  [
    { 'target-cluster': 'c', 'target-project-id': 'a/b' },
    ['target-project-id: expected an id of letters, digits, _ and -, no "/"; got "a/b"'],
  ],
  [
    { 'job-id': 'j', 'target-project-id': 'a/b' },
    ['target-project-id: has no effect without target-cluster'],
  ],
  [
    { 'backup-id': 'latest', 'cluster-id': 'in01-a' },
    ['backup-id: expected the id of a backup; wait does not take "latest"'],
  ],
  [
    { 'backup-id': 'Latest' },
    ['backup-id: expected the id of a backup; wait does not take "latest"', noSource],
  ],
  [{ 'target-cluster': 'c' }, []],
  [{ 'backup-id': 'b1', 'cluster-id': 'in01-a' }, []],
])('with %j', async (more, problems) => {
  expect(await problemsOf({ operation: 'wait', ...common, ...more })).toEqual(problems)
})
