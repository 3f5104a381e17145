/** Sweeps of clusters whose pull requests a GitHub that runs here knows. */
import { expect } from 'vitest'
import { type Cluster, type ClusterDraft, type Simulator, startSimulator } from '../../simulator/index.ts'
import { addPull, type GitHub, startGitHub } from '../harness/github.ts'
import type { Inputs } from './steps.ts'
import { runStory, type StoryOptions, type StoryResult, sent } from './story.ts'

export interface Both {
  cloud: Simulator
  github: GitHub
}

/** A world whose GitHub goes by its time. So slow that what GitHub said is new for many seconds, unless told otherwise. */
export async function openBoth(
  options: Parameters<typeof startSimulator>[0] = {},
): Promise<Both & AsyncDisposable> {
  const cloud = await startSimulator({ speed: 5, ...options })
  const github = await startGitHub()
  github.now = () => cloud.world.now()
  return {
    cloud,
    github,
    async [Symbol.asyncDispose]() {
      await github[Symbol.asyncDispose]()
      await cloud[Symbol.asyncDispose]()
    },
  }
}

const hour = 3_600_000

/** A cluster of a pull request, made so many hours ago. */
export function addCluster(
  { world, projectId }: Simulator,
  name: string,
  hours = 24,
  more: ClusterDraft = {},
): Cluster {
  return world.addCluster({ clusterName: name, projectId, createdAt: world.now() - hours * hour, ...more })
}

/** `shop-pr-<number>` and its pull request, closed an hour ago unless it is told otherwise. */
export function addOwned(
  { cloud, github }: Both,
  number: number,
  { state = 'closed', hours = 24 }: { state?: 'open' | 'closed' | 'merged'; hours?: number } = {},
): Cluster {
  addPull(github, number, { state })
  return addCluster(cloud, `shop-pr-${number}`, hours)
}

/** A step that drops the clusters of closed pull requests. */
export function pruneClusters(
  { cloud, github }: Both,
  inputs: Inputs = {},
  options: StoryOptions = {},
): Promise<StoryResult> {
  const given = {
    operation: 'prune-clusters',
    'name-pattern': 'shop-pr-{pr}',
    'target-project-id': cloud.projectId,
    ...inputs,
  }
  return runStory(cloud, given, { github, ...options })
}

export const isGone = ({ status }: Cluster) => ['DELETING', 'DELETED'].includes(status)

/** These, and nothing else, are dropped and reported as dropped. */
export function expectDropped({ cloud }: Both, { step }: StoryResult, clusters: readonly Cluster[]): void {
  const ids = clusters.map(({ clusterId }) => clusterId).sort()
  expect(JSON.parse(step.outputs.deletedClusterIds ?? '').sort()).toEqual(ids)
  expect(step.receipt).toMatchObject({ deletedClusterIds: JSON.parse(step.outputs.deletedClusterIds ?? '') })
  expect(
    cloud.world.clusters
      .filter(isGone)
      .map(({ clusterId }) => clusterId)
      .sort(),
  ).toEqual(ids)
}

/** The step ends well, and drops nothing. */
export function expectAllKept(both: Both, story: StoryResult): void {
  expect(story.step).toMatchObject({ outcome: 'success', outputs: { status: 'succeeded' } })
  expectDropped(both, story, [])
  expect(sent(story, 'dropCluster')).toEqual([])
  expect(story.step.summary).not.toContain('recycle bin')
}

/** The step fails, and drops nothing. */
export function expectNothingSent(both: Both, story: StoryResult): void {
  expect(story.step).toMatchObject({ outcome: 'failure', exitCode: 1 })
  expectDropped(both, story, [])
  expect(sent(story, 'dropCluster')).toEqual([])
}

/** What the table of the page has in the last cell of each row, by the name of the cluster. */
export function fates({ step }: StoryResult): Record<string, string> {
  const rows = [...step.summary.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, '')),
  )
  const ofClusters = rows.filter(cells => cells.length > 3)
  return Object.fromEntries(ofClusters.map(cells => [cells[1], cells.at(-1) ?? '']))
}

/** The text of each annotation of that level. */
export function annotated({ step }: StoryResult, level: 'notice' | 'warning'): string[] {
  return step.annotations.filter(one => one.level === level).map(({ message }) => message)
}

/** The numbers that GitHub was asked about, in their order. */
export function asked({ requests }: GitHub): number[] {
  return requests.map(({ path }) => Number(path.split('/').at(-1)))
}
