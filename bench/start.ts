/** How long a step takes besides waiting: a whole `create-backup` that does not wait, beside the least a program can do. */
import { fileURLToPath } from 'node:url'
import { readManifest } from '../test/harness/manifest.ts'
import type { NodeVersion } from '../test/harness/nodes.ts'
import { figure, type Table } from './figures.ts'
import type { Bench } from './measurement.ts'
import { onEachNode } from './on-each-node.ts'
import { run } from './programs.ts'
import { far, type Service, startService } from './service.ts'
import { inTurns } from './statistics.ts'

const names = {
  empty: 'node -e 0',
  bareHttps: 'bare node:https program',
  https: 'create-backup over https',
  bareFar: 'bare node:https program, far away',
  far: 'create-backup, far away',
  bareHttp: 'bare node:http program',
  http: 'create-backup over http',
  post: 'the end of a job, nothing to clean up',
} as const

type Name = keyof typeof names

export async function measureStart({ nodes, rounds }: Bench): Promise<Table[]> {
  await using service = await startService()
  const { post } = await readManifest(fileURLToPath(new URL('../', import.meta.url)))
  const times = await onEachNode(nodes, node => startsOn(node, service, { post, rounds: rounds(15) }))
  const time = (name: Name) =>
    figure({ name: names[name], unit: 'ms' }, nodes, node => times.get(node)?.[name])
  const ratio = (name: Name, base: Name, limit?: number) =>
    figure(
      { name: `${names[name]} / ${names[base]}`, unit: '×', ...(limit === undefined ? {} : { limit }) },
      nodes,
      node => (times.get(node)?.[name] ?? Number.NaN) / (times.get(node)?.[base] ?? Number.NaN),
    )
  return [
    {
      title: 'Start to end',
      better: 'lower',
      figures: [
        ...(Object.keys(names) as Name[]).map(time),
        ratio('https', 'bareHttps', 1.25),
        ratio('far', 'bareFar', 1.25),
        ratio('http', 'bareHttp', 1.5),
        ratio('https', 'empty'),
        ratio('http', 'empty'),
        ratio('post', 'empty'),
      ],
      notes: [
        `Medians of ${rounds(15)}, in turns. A bare program sends the same ${service.requests} requests, read off one real step.`,
        `Far away: over https, ${far.wayMs} ms to the service and ${far.wayMs} ms back, and it takes ${far.serviceMs} ms for each request.`,
      ],
    },
  ]
}

function startsOn(
  node: NodeVersion,
  { backUp, askBare }: Service,
  { post, rounds }: { post: string | undefined; rounds: number },
): Promise<Record<Name, number>> {
  return inTurns(rounds, {
    empty: () => run({ node, args: ['-e', '0'] }),
    bareHttps: () => askBare('https', node),
    https: async () => (await backUp('https', node)).durationMs,
    bareFar: () => askBare('far', node),
    far: async () => (await backUp('far', node)).durationMs,
    bareHttp: () => askBare('http', node),
    http: async () => (await backUp('http', node)).durationMs,
    post: () => run({ node, args: post === undefined ? ['-e', '0'] : [post] }),
  })
}
