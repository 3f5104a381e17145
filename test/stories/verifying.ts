/** Clusters that are looked into. */
import { expect } from 'vitest'
import {
  type Collection,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../simulator/index.ts'
import { createJobFolder } from '../harness/runner.ts'
import { type Inputs, verify } from './steps.ts'
import { errorOf, type StoryOptions, type StoryResult, sent } from './story.ts'

/** A count that takes half a minute is not waited for: the speed leaves the machine time enough for its responses. */
export function startWithData(options: SimulatorOptions = {}): Promise<Simulator> {
  return startSimulator({ speed: 15, dataPlane: true, ...options })
}

/** One entry of the output `verifiedCollections`. */
export interface Seen {
  database: string
  collection: string
  loadState: string
  entities: number
  exact: boolean
  fields: string[]
  aliases: string[]
}

export function seen({ step }: StoryResult): Seen[] {
  return JSON.parse(step.outputs.verifiedCollections ?? 'null')
}

/** By `database.collection`, in their order. */
export function namesOf(entries: readonly Seen[]): string[] {
  return entries.map(({ database, collection }) => `${database}.${collection}`)
}

/** The collections that were asked for, each once, sorted. */
export function described(story: StoryResult): string[] {
  const bodies = sent(story, 'describeCollection').map(({ body }) => body as Record<string, string>)
  return [...new Set(bodies.map(({ dbName, collectionName }) => `${dbName}.${collectionName}`))].sort()
}

/** What the collections that fall short are said to lack, one line each. */
export function shortcomings(story: StoryResult): string[] {
  expect(story.step).toMatchObject({ exitCode: 1, outcome: 'failure', outputs: { status: 'failed' } })
  const [first = '', ...lines] = errorOf(story).split('\n')
  expect(first).toMatch(/^Cluster \S+ does not hold what it should: \d+ of \d+ collections? falls? short\.$/)
  expect(lines.pop()).toBe('Do not use the cluster as it is. The job summary shows each collection.')
  return lines
}

export function expectSucceeded({ step }: StoryResult): void {
  expect(step).toMatchObject({ exitCode: 0, outcome: 'success', outputs: { status: 'succeeded' } })
}

/** The warnings of a step. */
export function warningsOf({ step }: StoryResult): string[] {
  return step.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)
}

/** Changes a collection of the cluster `production`, by `database.collection`. */
export function change({ world }: Simulator, name: string, changes: Partial<Collection>): void {
  Object.assign(world.collection('production', name), changes)
}

/** A collection or, without its name, a whole database of `production` is gone. */
export function lose({ world }: Simulator, name: string): void {
  const [databaseName, collectionName] = name.split('.')
  const cluster = world.cluster('production')
  if (collectionName === undefined) {
    cluster.databases = cluster.databases.filter(database => database.name !== databaseName)
    return
  }
  for (const database of cluster.databases) {
    if (database.name !== databaseName) continue
    database.collections = database.collections.filter(one => one.name !== collectionName)
  }
}

/** A look before something happens, and one after it that is compared with the receipt of the first. */
export async function beforeAndAfter(
  cloud: Simulator,
  { first, happens = () => {}, second }: { first?: Inputs; happens?: () => void; second?: Inputs },
  options: StoryOptions = {},
): Promise<StoryResult> {
  await using jobFolder = await createJobFolder()
  const more = { ...options, jobFolder }
  const before = await verify(cloud, { collections: '*', 'collection-status': 'UNLOADED', ...first }, more)
  expectSucceeded(before)
  happens()
  return await verify(cloud, { baseline: before.step.outputs.receipt ?? '', ...second }, more)
}

/** The results in the table of the summary, by collection. */
export function results({ step }: StoryResult): Record<string, string> {
  const rows = step.summary.matchAll(
    /<tr><td><code>([^<]+)<\/code><\/td>(?:<td>[^<]*<\/td>)*<td>(.*?)<\/td><\/tr>/g,
  )
  return Object.fromEntries([...rows].map(([, name, result]) => [name, result]))
}
