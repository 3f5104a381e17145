/** The peak of memory of a process. */
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/index.ts'
import { fillWithCollections } from '../test/harness/many.ts'
import type { NodeVersion } from '../test/harness/nodes.ts'
import { figure, type Table } from './figures.ts'
import { fillWithBackups, restoreOfAll } from './many.ts'
import type { Bench } from './measurement.ts'
import { onEachNode } from './on-each-node.ts'
import { type Inputs, noted, run, step } from './programs.ts'
import { startService } from './service.ts'
import { inTurns } from './statistics.ts'

const names = {
  empty: 'node -e 0',
  bareHttps: 'bare node:https program',
  https: 'one backup over https',
  bareHttp: 'bare node:http program',
  http: 'one backup over http',
  list: 'list of 10,000 backups',
  restore: 'restore of 1,000 collections',
  verify: 'verify of 1,000 collections',
} as const

type Name = keyof typeof names

export async function measureMemory({ nodes, rounds }: Bench): Promise<Table[]> {
  const title = 'Peak of memory'
  if (process.platform !== 'linux') {
    return [{ title, better: 'lower', figures: [], notes: ['Only Linux tells it of each program.'] }]
  }
  const peaks = await onEachNode(nodes, async node => ({
    ...(await smallPeaks(node, rounds(5))),
    ...(await largePeaks(node)),
  }))
  const peak = (name: Name) =>
    figure({ name: names[name], unit: 'MB' }, nodes, node => peaks.get(node)?.[name])
  const ratio = (name: Name, limit?: number) =>
    figure(
      { name: `${names[name]} / ${names.empty}`, unit: '×', ...(limit === undefined ? {} : { limit }) },
      nodes,
      node => (peaks.get(node)?.[name] ?? Number.NaN) / (peaks.get(node)?.empty ?? Number.NaN),
    )
  const notes = [
    `The peak resident set. Of the small ones medians of ${rounds(5)}, of the large ones one run.`,
  ]
  const ratios = [ratio('https', 1.3), ratio('http', 1.3), ratio('bareHttps'), ratio('bareHttp')]
  const all = [...(Object.keys(names) as Name[]).map(peak), ...ratios]
  return [{ title, better: 'lower', figures: all, notes }]
}

async function smallPeaks(node: NodeVersion, rounds: number) {
  await using service = await startService()
  const peakOf = async (start: Parameters<typeof noted>[0]) => (await noted(start)).peakMb
  return await inTurns(rounds, {
    empty: () => peakOf(env => run({ node, args: ['-e', '0'], env })),
    bareHttps: () => peakOf(env => service.askBare('https', node, env)),
    https: () => peakOf(env => service.backUp('https', node, env)),
    bareHttp: () => peakOf(env => service.askBare('http', node, env)),
    http: () => peakOf(env => service.backUp('http', node, env)),
  })
}

async function largePeaks(node: NodeVersion): Promise<Record<'list' | 'restore' | 'verify', number>> {
  const list = await peakOfStep(node, {}, cloud => {
    fillWithBackups(cloud, 10_000)
    return { operation: 'list-backups', 'cluster-id': cloud.clusterId }
  })
  const restore = await peakOfStep(node, { jobSeconds: 1 }, cloud => {
    fillWithCollections(cloud, 1_000)
    return restoreOfAll(cloud)
  })
  const verify = await peakOfStep(node, { dataPlane: true }, cloud => {
    fillWithCollections(cloud, 1_000)
    return { operation: 'verify', 'target-cluster': 'production', collections: 'many.*' }
  })
  return { list, restore, verify }
}

async function peakOfStep(
  node: NodeVersion,
  options: SimulatorOptions,
  arrange: (cloud: Simulator) => Inputs,
): Promise<number> {
  await using cloud = await startSimulator(options)
  const inputs = arrange(cloud)
  return (await noted(env => step(cloud, inputs, { node, env }))).peakMb
}
