import { expect } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { addPull, startGitHub } from '../harness/github.ts'
import { byHand, describeExample, pullRequest, schedule } from '../harness/workflow/example.ts'

const hour = 3_600_000

function add({ world, projectId }: Simulator, clusterName: string, hours: number): void {
  world.addCluster({ clusterName, projectId, createdAt: world.now() - hours * hour })
}

/** Clusters of a closed and an open pull request, and two that no pull request owns. */
async function open(cloud: Simulator) {
  const github = await startGitHub()
  github.now = () => cloud.world.now()
  addPull(github, 7, { state: 'merged' })
  addPull(github, 8, { state: 'open' })
  for (const name of ['shop-pr-7', 'shop-pr-8', 'throw-away-1']) add(cloud, name, 10)
  add(cloud, 'throw-away-2', 50)
  return github
}

const left = ({ world }: Simulator) =>
  world.clusters
    .filter(({ status }) => !['DELETING', 'DELETED'].includes(status))
    .map(({ clusterName }) => clusterName)
    .filter(name => /^(?:shop|throw)-/.test(name))

describeExample('sweep-closed-pull-requests.yml', {
  async 'drops at night what nobody needs any more'({ cloud, run }) {
    await using github = await open(cloud)
    const { results, step } = await run(schedule, { github })
    expect(results).toEqual({ sweep: 'success' })
    expect(step('sweep', 'sweep').outputs.status).toBe('succeeded')
    expect(step('sweep', 'old').outputs.status).toBe('succeeded')
    expect(left(cloud)).toEqual(['shop-pr-8', 'throw-away-1'])
  },
  async 'shows by hand what it would drop, and drops it where that is asked for'({ cloud, run }) {
    await using github = await open(cloud)
    const planned = await run(byHand(), { github })
    expect(planned.results).toEqual({ sweep: 'success' })
    expect(planned.step('sweep', 'sweep').outputs.status).toBe('planned')
    expect(planned.step('sweep', 'old').outputs.status).toBe('planned')
    expect(left(cloud)).toHaveLength(4)
    await run(byHand({ 'dry-run': false }), { github })
    expect(left(cloud)).toEqual(['shop-pr-8', 'throw-away-1'])
  },
  async 'is red when GitHub does not answer for one, and drops the old ones anyway'({ cloud, run }) {
    await using github = await open(cloud)
    github.fault = ({ path }) =>
      path.endsWith('/8') ? { kind: 'status', status: 403, message: 'Forbidden' } : undefined
    const { results, step } = await run(schedule, { github })
    expect(results).toEqual({ sweep: 'failure' })
    expect(step('sweep', 'sweep').outputs.status).toBe('failed')
    expect(left(cloud)).toEqual(['shop-pr-7', 'shop-pr-8', 'throw-away-1'])
  },
  async 'drops the cluster of pull-request-environment.yml whose closing event was lost'({
    cloud,
    run,
    runOther,
  }) {
    await using github = await startGitHub()
    github.now = () => cloud.world.now()
    cloud.world.addBackup({ clusterId: cloud.clusterId })
    addPull(github, 42, { state: 'open', opened: 1 })
    const repository = { 'test.sh': '#!/usr/bin/env bash\nexit 0\n' }
    const opened = await runOther('pull-request-environment.yml', pullRequest('opened'), {
      github,
      repository,
    })
    expect(opened.results).toMatchObject({ environment: 'success' })
    await run(schedule, { github })
    expect(left(cloud)).toEqual(['shop-pr-42'])
    addPull(github, 42, { state: 'closed', opened: 1, closed: 0 })
    await run(schedule, { github })
    expect(left(cloud)).toEqual([])
  },
})
