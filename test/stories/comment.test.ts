import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { add, bot, startGitHub } from '../harness/github.ts'
import { nodes } from '../harness/runner.ts'
import { commented, commentsOf, number, pullRequest, saidOf, visible } from './comments.ts'
import { createBackup, deleteCluster, describeBackup, listBackups, restoreCluster } from './steps.ts'

describe.each(nodes)('a comment on Node %s', node => {
  test('is added to the pull request, edited by the next run, and says at the end that the cluster is gone', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    await using github = await startGitHub()
    const both = { cloud, github }
    const made = await commented(restoreCluster, both, { node })
    expect(made.step.outcome).toBe('success')
    const [first] = commentsOf(github)
    const text = visible(first)
    expect(text).toContain('<h3>✅ pr-42 is RUNNING, restored from a backup of production</h3>')
    expect(text).toContain(`<td>Endpoint</td><td><code>${made.step.outputs.connectAddress}</code></td>`)
    expect(text).toContain('href="https://github.com/octo-org/octo-repo/actions/runs/1658821493"')
    expect(text).toMatch(/<\/a>, \d{4}-\d\d-\d\d \d\d:\d\d UTC<\/p>$/)

    const again = await commented(restoreCluster, both, { inputs: { 'if-exists': 'reuse' }, node })
    expect(again.step.outputs.created).toBe('false')
    expect(commentsOf(github)).toHaveLength(1)
    expect(visible(commentsOf(github)[0])).toContain(
      '<h3>✅ Existing cluster pr-42 used, nothing restored</h3>',
    )

    // By its name once, and its comment was written by that name too.
    const dropped = await commented(deleteCluster, both, { inputs: { 'target-cluster': 'pr-42' }, node })
    expect(dropped.step.outputs.status).toBe('succeeded')
    const [restore, deletion, ...others] = commentsOf(github)
    expect(others).toEqual([])
    expect(restore?.id).toBe(first?.id)
    expect(visible(restore)).toContain('<h3>🗑️ Cluster pr-42 is gone</h3>')
    expect(visible(restore)).toContain(`<code>${made.step.outputs.clusterId}</code>`)
    expect(visible(deletion)).toContain('<h3>✅ Cluster pr-42 is dropped</h3>')
    expect([made, again, dropped].flatMap(saidOf)).toEqual([])
    // Nothing but what it needs is asked of GitHub, and nobody else gets the token.
    const asked = github.requests.map(({ method, path }) => `${method} ${path.replace(/\?.*|\d+$/, '')}`)
    expect([...new Set(asked)].sort()).toEqual([
      'GET /api/v3/repos/octo-org/octo-repo/issues/42/comments',
      'PATCH /api/v3/repos/octo-org/octo-repo/issues/comments/',
      'POST /api/v3/repos/octo-org/octo-repo/issues/42/comments',
    ])
  })
})

test('two clusters of one pull request have two comments, and each drop finds its own', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  const both = { cloud, github }
  for (const name of ['one', 'two']) {
    await commented(restoreCluster, both, { inputs: { 'target-cluster': name, wait: 'false' } })
  }
  expect(commentsOf(github)).toHaveLength(2)
  const { clusterId } = cloud.world.cluster('two')
  await commented(deleteCluster, both, { inputs: { 'target-cluster': clusterId } })
  expect(commentsOf(github).map(comment => visible(comment).split('\n')[0])).toEqual([
    '<h3>🚀 one is being restored from a backup of production</h3>',
    '<h3>🗑️ Cluster two is gone</h3>',
    '<h3>✅ Cluster two is dropped</h3>',
  ])
})

test('a failure is in it too, and the step fails as it would without a comment', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  cloud.world.nextJob({ outcome: 'FAILED', reason: 'see #7, says @octocat <b>' })
  const { step } = await commented(createBackup, { cloud, github })
  expect(step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  const text = visible(commentsOf(github)[0])
  expect(text).toContain('<h3>❌ Backup of production failed, nothing was backed up</h3>')
  // Nobody is notified, and no issue is linked.
  expect(text).toContain('see #&#8203;7, says &#64;&#8203;octocat &#60;b&#62;')
})

test('wrong inputs are in the comment', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  const { step } = await commented(describeBackup, { cloud, github }, { inputs: { 'backup-id': '' } })
  expect(step.exitCode).toBe(1)
  expect(visible(commentsOf(github)[0])).toContain('backup-id: expected')
})

test('it is found on a later page, and only where the marker begins the comment of a bot', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  const someone = { id: 7, login: 'someone', type: 'User' } as const
  await commented(listBackups, { cloud, github })
  const [own] = github.comments.get(number) ?? []
  const body = own?.body ?? ''
  github.comments.set(number, [])
  const copies = [
    add(github, number, { body, user: someone }),
    add(github, number, { body: `> ${body}`, user: bot }),
    add(github, number, { body, user: null }),
  ]
  for (let index = 0; index < 70; index++) add(github, number, { body: 'Nice.', user: someone })
  const last = add(github, number, { body, user: bot })
  const before = structuredClone(copies)
  const { step } = await commented(listBackups, { cloud, github })
  expect(step.outcome).toBe('success')
  expect(copies).toEqual(before)
  expect(commentsOf(github)).toHaveLength(74)
  expect(github.requests.at(-1)).toMatchObject({
    method: 'PATCH',
    path: expect.stringMatching(`/${last.id}$`),
  })
})

test('with a personal token it is the comment of that user', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  github.user = { id: 7, login: 'someone', type: 'User' }
  for (const _ of [1, 2]) await commented(listBackups, { cloud, github })
  expect(commentsOf(github)).toHaveLength(1)
})

describe('the pull request', () => {
  const inRun = (pull_requests: unknown) => ({ workflow_run: { pull_requests }, repository: { id: 1 } })
  test.each([
    ['issue_comment', { issue: { number, pull_request: {} } }],
    ['pull_request_target', pullRequest],
    ['workflow_run', inRun([{ number, base: { repo: { id: 1 } } }])],
  ])('of %s is known', async (name, event) => {
    await using cloud = await startSimulator({ speed: 20 })
    await using github = await startGitHub()
    await commented(listBackups, { cloud, github }, { event, env: { GITHUB_EVENT_NAME: name } })
    expect(commentsOf(github)).toHaveLength(1)
  })

  test('is not there in other runs: a notice, and nothing is sent', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    await using github = await startGitHub()
    const story = await commented(listBackups, { cloud, github }, { event: { inputs: {} } })
    expect(story.step.outcome).toBe('success')
    const said = 'The event of this workflow run shows no pull request, so there is no comment.'
    expect(saidOf(story)).toEqual([`notice: ${said}`])
    expect(story.step.summary).toContain(`<p>comment-on-pr: ${said}</p>`)
    expect(github.requests).toEqual([])
  })
})

test('without comment-on-pr nothing is sent to GitHub', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  await commented(listBackups, { cloud, github }, { inputs: { 'comment-on-pr': 'false' } })
  expect(github.requests).toEqual([])
})
