/** How the time grows with the number of backups. */
import { type Simulator, startSimulator } from '../simulator/index.ts'
import type { NodeVersion } from '../test/harness/nodes.ts'
import { askedBy } from './asked.ts'
import { type Figure, figure, type Table } from './figures.ts'
import { fillWithBackups } from './many.ts'
import type { Bench } from './measurement.ts'
import { onEachNode } from './on-each-node.ts'
import { type Inputs, noted, programPath, run, step } from './programs.ts'
import { growth, inTurns, median } from './statistics.ts'

const operations: Readonly<Record<string, { inputs: Inputs; mostSeconds: number }>> = {
  'list-backups': { inputs: { operation: 'list-backups' }, mostSeconds: 4 },
  'prune-backups, dry run': {
    inputs: { operation: 'prune-backups', 'keep-last': '10', 'dry-run': 'true' },
    mostSeconds: 2,
  },
}
const counts = { few: 100, more: 1_000, most: 10_000 } as const

type Count = keyof typeof counts

export async function measureLists({ nodes, rounds }: Bench): Promise<Table[]> {
  await using few = await startWith(counts.few)
  await using more = await startWith(counts.more)
  await using most = await startWith(counts.most)
  const clouds = { few, more, most }
  const figures: Figure[] = []
  for (const [name, { inputs, mostSeconds }] of Object.entries(operations)) {
    const times = await onEachNode(nodes, node => timesOn(node, inputs, { clouds, rounds: rounds(3) }))
    for (const [count, number] of Object.entries(counts) as [Count, number][]) {
      const limit = count === 'most' ? { limit: mostSeconds } : {}
      const about = { name: `${name} of ${number.toLocaleString('en')}`, unit: 's' as const, ...limit }
      figures.push(figure(about, nodes, node => times.get(node)?.[count].seconds))
    }
    const bare = await onEachNode(nodes, node => bareSeconds(most, node, { inputs, rounds: rounds(3) }))
    const bareName = `${name} of 10,000: a bare program with the same requests`
    figures.push(figure({ name: bareName, unit: 's' }, nodes, node => bare.get(node)))
    const about = { name: `${name}: growth`, unit: '×' as const, limit: 1.5 }
    figures.push(figure(about, nodes, node => growthOf(times.get(node))))
  }
  const notes = [
    `Medians of ${rounds(3)}, of the whole step, at a service without a limit of requests.`,
    'Growth, of the time on the processor: for each backup from 100 to 10,000 / for each from 100 to 1,000. Linear is 1.',
    'What a bare program takes is mostly the time of the simulator, which searches all backups for each page.',
  ]
  return [{ title: 'Many backups', better: 'lower', figures, notes }]
}

async function startWith(count: number): Promise<Simulator> {
  const cloud = await startSimulator()
  fillWithBackups(cloud, count)
  return cloud
}

interface Time {
  seconds: number
  cpuMs: number
}

type Times = Record<Count, Time>

interface Rounds {
  /** Nothing is changed in them, so that they serve every round. */
  clouds: Record<Count, Simulator>
  rounds: number
}

async function timesOn(node: NodeVersion, inputs: Inputs, { clouds, rounds }: Rounds): Promise<Times> {
  const seen: Record<Count, Time[]> = { few: [], more: [], most: [] }
  for (let round = 0; round < rounds; round++) {
    for (const count of Object.keys(counts) as Count[]) {
      seen[count].push(await timeAt(clouds[count], node, inputs))
    }
  }
  return { few: mediansOf(seen.few), more: mediansOf(seen.more), most: mediansOf(seen.most) }
}

async function timeAt(cloud: Simulator, node: NodeVersion, inputs: Inputs): Promise<Time> {
  let ms = Number.NaN
  const { cpuMs } = await noted(async env => {
    const { durationMs } = await step(cloud, { ...inputs, 'cluster-id': cloud.clusterId }, { node, env })
    ms = durationMs
  })
  return { seconds: ms / 1_000, cpuMs }
}

/** The requests of one real step, one after the other. */
async function bareSeconds(
  cloud: Simulator,
  node: NodeVersion,
  { inputs, rounds }: { inputs: Inputs; rounds: number },
): Promise<number> {
  const before = cloud.requests.length
  await step(cloud, { ...inputs, 'cluster-id': cloud.clusterId }, { node })
  const args = [programPath('bare.cjs'), cloud.baseUrl, askedBy(cloud.requests.slice(before))]
  const { bare } = await inTurns(rounds, { bare: () => run({ node, args }) })
  return bare / 1_000
}

function mediansOf(times: readonly Time[]): Time {
  return {
    seconds: median(times.map(({ seconds }) => seconds)),
    cpuMs: median(times.map(({ cpuMs }) => cpuMs)),
  }
}

function growthOf(times: Times | undefined): number | undefined {
  if (times === undefined) return undefined
  const at = (count: Count) => ({ items: counts[count], time: times[count].cpuMs })
  return growth(at('few'), at('more'), at('most'))
}
