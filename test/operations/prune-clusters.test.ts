import { describe, expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { common, commonRequest } from './common.ts'

const token = 'ghs_0123456789abcdef'
const least: Inputs = {
  ...common,
  operation: 'prune-clusters',
  'name-pattern': 'shop-pr-{pr}',
  'target-project-id': 'proj-1',
  'github-token': token,
}

test('the least, and everything', async () => {
  const request = {
    ...commonRequest,
    pattern: { kind: 'pull-request', before: 'shop-pr-', after: '' },
    projectId: 'proj-1',
    olderThan: undefined,
    protectedClusters: [],
    token,
    pollInterval: 15_000,
    dryRun: false,
  }
  expect(await parse(least)).toEqual(request)
  expect(
    await parse({
      ...least,
      'older-than': '7d',
      'protected-clusters': 'a,b',
      'poll-interval': '5s',
      'dry-run': 'true',
    }),
  ).toEqual({
    ...request,
    olderThan: 604_800_000,
    protectedClusters: ['a', 'b'],
    pollInterval: 5_000,
    dryRun: true,
  })
})

const anyName: Inputs = { ...least, 'name-pattern': 'throw-away-*', 'older-than': '7d' }

test('with * the token is not handed on, and may be empty', async () => {
  const pattern = { kind: 'any', before: 'throw-away-', after: '' }
  for (const given of [token, '']) {
    expect(await parse({ ...anyName, 'github-token': given })).toMatchObject({ pattern, token: '' })
  }
})

describe('problems', () => {
  const ofToken = (got: string) =>
    `github-token: with {pr} in name-pattern expected a token that may read pull requests, of visible ASCII characters; ${got}`

  test.each<[Inputs, string[]]>([
    [
      { 'name-pattern': '' },
      ['name-pattern: expected a name with exactly one {pr} or exactly one *; it is empty'],
    ],
    [
      { 'name-pattern': 'shop-pr' },
      [
        'name-pattern: expected a name with exactly one {pr} or exactly one *; got "shop-pr", which has neither',
      ],
    ],
    [{ 'target-project-id': '' }, [expect.stringMatching(/^target-project-id: expected an id; it is empty/)]],
    [
      { 'target-project-id': 'a/b' },
      [expect.stringMatching(/^target-project-id: expected an id of letters/)],
    ],
    [{ 'github-token': '' }, [ofToken('it is empty')]],
    [{ 'github-token': 'two words' }, [ofToken('got something else (not shown)')]],
    [{ 'older-than': '7' }, ['older-than: expected a duration such as 90s, 45m or 1h30m; got "7"']],
    [{ 'protected-clusters': 'pr*' }, [expect.stringMatching(/^protected-clusters: "pr\*" has "\*", which/)]],
  ])('with %j', async (more, problems) => {
    expect(await problemsOf({ ...least, ...more })).toEqual(problems)
  })

  const required = 'older-than: with * in name-pattern expected a duration such as 7d; it is any'

  test('with * older-than is required, and any is none', async () => {
    const { 'older-than': _, ...rest } = anyName
    for (const given of [rest, { ...rest, 'older-than': 'any' }, { ...rest, 'older-than': 'ANY' }]) {
      expect(await problemsOf(given)).toEqual([required])
    }
    expect(await problemsOf({ ...rest, 'older-than': '' })).toContain(required)
    expect(await problemsOf({ ...rest, 'older-than': 'a week' })).toEqual([
      expect.stringMatching(/^older-than: expected a duration/),
    ])
  })

  test('all at once', async () => {
    const all = { 'name-pattern': '{pr}', 'target-project-id': '', 'older-than': 'x', 'dry-run': 'yes' }
    expect((await problemsOf({ ...least, ...all })).map(problem => problem.split(':')[0])).toEqual(
      expect.arrayContaining(['name-pattern', 'target-project-id', 'older-than', 'dry-run']),
    )
  })
})
