/** How the time grows with the number of collections that are restored. */
import { startSimulator } from '../simulator/index.ts'
import { fillWithCollections } from '../test/harness/many.ts'
import type { NodeVersion } from '../test/harness/nodes.ts'
import { type Figure, figure, type Table } from './figures.ts'
import { restoreOfAll } from './many.ts'
import type { Bench } from './measurement.ts'
import { onAllNodes } from './on-each-node.ts'
import { step } from './programs.ts'

const counts = [1, 10, 100, 1_000]
/** Of each job. */
const jobSeconds = 10
/** For each operation (F9). */
const requestsPerSecond = 20
/** The slowest job, and all starts one after the other as fast as the service takes them. */
const least = (count: number) => jobSeconds + count / requestsPerSecond
const limited = 100

export async function measureRestores({ nodes }: Bench): Promise<Table[]> {
  const times: Figure[] = []
  const refused: Figure[] = []
  for (const count of counts) {
    const seen = await onAllNodes(nodes, node => restore(node, count))
    const isLimited = count === limited
    const name = `${count.toLocaleString('en')} ${count === 1 ? 'collection' : 'collections'}`
    const most = isLimited ? { limit: 1.3 * least(count) } : {}
    times.push(figure({ name, unit: 's', ...most }, nodes, node => seen.get(node)?.seconds))
    const none = isLimited ? { limit: 0 } : {}
    refused.push(figure({ name, unit: 'requests', ...none }, nodes, node => seen.get(node)?.refused))
  }
  const notes = [
    `Each job takes ${jobSeconds} s; the service takes ${requestsPerSecond} requests a second of each kind. One run each, both Nodes at the same time.`,
    `The limit is 1.3 × (a job + all starts at ${requestsPerSecond} a second).`,
  ]
  return [
    { title: 'Restore of many collections', better: 'lower', figures: times, notes },
    { title: 'Requests of a restore that are refused with 429', better: 'lower', figures: refused },
  ]
}

async function restore(node: NodeVersion, count: number): Promise<{ seconds: number; refused: number }> {
  await using cloud = await startSimulator({ jobSeconds, requestsPerSecond })
  fillWithCollections(cloud, count)
  const { durationMs } = await step(cloud, restoreOfAll(cloud), { node })
  return {
    seconds: durationMs / 1_000,
    refused: cloud.requests.filter(({ status }) => status === 429).length,
  }
}
