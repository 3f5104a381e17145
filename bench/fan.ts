/** Many jobs of a matrix at once, each of which backs up its own cluster, with one key. */
import { type Simulator, startSimulator } from '../simulator/index.ts'
import type { NodeVersion } from '../test/harness/nodes.ts'
import { runStep } from '../test/harness/runner.ts'
import { figure, type Table, type Unit } from './figures.ts'
import type { Bench } from './measurement.ts'
import { onEachNode } from './on-each-node.ts'
import { median } from './statistics.ts'

const count = 50
/** For each operation (F9). */
const requestsPerSecond = 20

/** What became of steps that began together. */
interface Fan {
  failed: number
  /** From the beginning of the first to the end of the slowest. */
  seconds: number
  /** Requests that got 429. */
  refused: number
}

interface Fans {
  alone: number
  limited: Fan
  unlimited: number
}

export async function measureFan({ nodes, rounds }: Bench): Promise<Table[]> {
  const fans = await onEachNode(nodes, node => fansOn(node, rounds(3)))
  const row = (name: string, unit: Unit, value: (fans: Fans) => number, limit?: number) =>
    figure({ name, unit, ...(limit === undefined ? {} : { limit }) }, nodes, node => {
      const own = fans.get(node)
      return own && value(own)
    })
  return [
    {
      title: `${count} steps at once`,
      better: 'lower',
      figures: [
        row('failed', 'steps', ({ limited }) => limited.failed, 0),
        row('one alone', 's', ({ alone }) => alone),
        row(
          `the slowest of ${count}, later than alone`,
          's',
          ({ limited, alone }) => limited.seconds - alone,
        ),
        row('of that, what this machine takes to run them', 's', ({ unlimited, alone }) => unlimited - alone),
        row(
          'and what the limit of the service takes',
          's',
          ({ limited, unlimited }) => limited.seconds - unlimited,
          3,
        ),
        row('requests refused with 429', 'requests', ({ limited }) => limited.refused),
      ],
      notes: [
        `create-backup, each of its own cluster with one key, at a service that takes ${requestsPerSecond} requests a second of each kind.`,
        'What the machine takes: the same at a service without that limit. On a hosted runner each step has a machine of its own, so the limit is for what the service takes.',
      ],
    },
  ]
}

async function fansOn(node: NodeVersion, rounds: number): Promise<Fans> {
  const alone: Fan[] = []
  const unlimited: Fan[] = []
  const limited: Fan[] = []
  for (let round = 0; round < rounds; round++) {
    alone.push(await fan(node, 1, requestsPerSecond))
    unlimited.push(await fan(node, count, Number.POSITIVE_INFINITY))
    limited.push(await fan(node, count, requestsPerSecond))
  }
  return {
    alone: median(alone.map(({ seconds }) => seconds)),
    unlimited: median(unlimited.map(({ seconds }) => seconds)),
    limited: {
      failed: Math.max(...limited.map(({ failed }) => failed)),
      seconds: median(limited.map(({ seconds }) => seconds)),
      refused: median(limited.map(({ refused }) => refused)),
    },
  }
}

async function fan(node: NodeVersion, steps: number, requestsPerSecond: number): Promise<Fan> {
  await using cloud = await startSimulator({ requestsPerSecond })
  const ends = await Promise.all(Array.from({ length: steps }, () => backUp(cloud, node)))
  const first = Math.min(...ends.map(({ started }) => started))
  return {
    failed: ends.filter(({ isSuccess }) => !isSuccess).length,
    seconds: (Math.max(...ends.map(({ ended }) => ended)) - first) / 1_000,
    refused: cloud.requests.filter(({ status }) => status === 429).length,
  }
}

async function backUp(
  { world, apiKey, baseUrl }: Simulator,
  node: NodeVersion,
): Promise<{ isSuccess: boolean; started: number; ended: number }> {
  const { clusterId } = world.addCluster({})
  const inputs = {
    operation: 'create-backup',
    'api-key': apiKey,
    'base-url': baseUrl,
    'cluster-id': clusterId,
  }
  let started = Number.NaN
  const onStart = () => {
    started = performance.now()
  }
  const { outcome, durationMs } = await runStep({ with: inputs, node, onStart, timeoutMs: 300_000 })
  return { isSuccess: outcome === 'success', started, ended: started + durationMs }
}
