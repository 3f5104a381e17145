import { expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { common, commonRequest, expected } from './common.ts'

const least: Inputs = { ...common, operation: 'verify', 'target-cluster': 'my cluster' }

test('what it needs, and nothing else', async () => {
  expect(await parse(least)).toEqual({
    ...commonRequest,
    target: { cluster: 'my cluster', projectId: undefined },
    source: undefined,
    wanted: undefined,
    baseline: undefined,
    allowedLoss: 0n,
    loadRule: 'LOADED',
    token: { value: 'key-123456', from: 'the API key' },
    pollInterval: 15_000,
  })
})

test('everything', async () => {
  expect(
    await parse({
      ...least,
      operation: 'Verify',
      'target-project-id': 'proj-a',
      'cluster-id': 'in01-a',
      'backup-id': 'Latest',
      'max-age': '1d',
      collections: '*',
      baseline: '[]',
      'allow-loss': '0.5',
      'collection-status': 'unloaded',
      'data-token': 'reader:secret',
      'poll-interval': '5s',
    }),
  ).toMatchObject({
    target: { cluster: 'my cluster', projectId: 'proj-a' },
    source: { clusterId: 'in01-a', backup: { maxAge: 86_400_000 } },
    wanted: [{ mapping: { kind: 'everything' } }],
    baseline: { clusterId: undefined, pictures: [] },
    allowedLoss: 500_000n,
    loadRule: 'UNLOADED',
    token: { value: 'reader:secret', from: 'data-token' },
    pollInterval: 5_000,
  })
})

test.each<[Inputs, string]>([
  [{}, 'LOADED'],
  [{ 'cluster-id': 'in01-a', 'backup-id': 'b1' }, 'KEEP'],
  [{ baseline: '[]' }, 'KEEP'],
  [{ baseline: '[]', 'collection-status': 'KEEP' }, 'KEEP'],
  [{ 'cluster-id': 'in01-a', 'backup-id': 'b1', 'collection-status': 'LOADED' }, 'LOADED'],
  [{ 'collection-status': 'UNLOADED' }, 'UNLOADED'],
])('load states with %j: %s', async (inputs, loadRule) => {
  expect(await parse({ ...least, ...inputs })).toMatchObject({ loadRule })
})

const noSource =
  'cluster-id: expected an id; it is empty. If it comes from a variable: is that set (Settings, Secrets and variables, Actions)?'

test.each<[Inputs, (string | RegExp)[]]>([
  [{ 'backup-id': 'b1' }, [noSource]],
  [{ 'cluster-id': 'in01-a' }, [/^backup-id: expected .*it is empty/]],
  [{ 'max-age': '1d' }, ['max-age: has an effect only with backup-id: latest']],
  [
    { 'cluster-id': 'in01-a', 'backup-id': 'b1', 'max-age': '1d' },
    ['max-age: has an effect only with backup-id: latest'],
  ],
  [
    { 'collection-status': 'KEEP' },
    ['collection-status: KEEP needs a backup or a baseline, which says what was loaded'],
  ],
  [
    { 'collection-status': 'RELEASE' },
    ['collection-status: expected one of KEEP, LOADED, UNLOADED; got "RELEASE"'],
  ],
  [{ 'poll-interval': 'soon' }, [`poll-interval: ${expected.duration} "soon"`]],
  [{ 'target-project-id': 'a/b' }, [`target-project-id: ${expected.id('"/"')} "a/b"`]],
  [{ baseline: '' }, [/^baseline: it is empty, which must not be taken for none\./]],
])('%j', async (inputs, problems) => {
  const found = await problemsOf({ ...least, ...inputs })
  expect(found).toHaveLength(problems.length)
  for (const [index, problem] of problems.entries()) {
    if (typeof problem === 'string') expect(found[index]).toBe(problem)
    else expect(found[index]).toMatch(problem)
  }
})
