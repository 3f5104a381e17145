/** Whether it pays to keep compiled code (`module.enableCompileCache`, from Node 22 on). */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NodeVersion } from '../test/harness/nodes.ts'
import { figure, type Table } from './figures.ts'
import type { Bench } from './measurement.ts'
import { onEachNode } from './on-each-node.ts'
import { programPath } from './programs.ts'
import { type Service, startService } from './service.ts'
import { inTurns } from './statistics.ts'

const names = {
  none: 'without',
  cold: 'into an empty folder, as on a fresh runner',
  warm: 'from a folder that an earlier step has filled',
} as const

type Name = keyof typeof names

export async function measureCompileCache({ nodes, rounds }: Bench): Promise<Table[]> {
  await using service = await startService()
  const able = nodes.filter(node => Number(node) >= 22)
  const times = await onEachNode(able, node => startsOn(node, service, rounds(15)))
  return [
    {
      title: 'create-backup over https with compiled code that is kept',
      better: 'lower',
      figures: (Object.keys(names) as Name[]).map(name =>
        figure({ name: names[name], unit: 'ms' }, able, node => times.get(node)?.[name]),
      ),
      notes: [
        `Medians of ${rounds(15)}, in turns. Node 20 cannot keep compiled code${able.length === 0 ? ', and no newer one is here' : ''}.`,
      ],
    },
  ]
}

async function startsOn(node: NodeVersion, service: Service, rounds: number): Promise<Record<Name, number>> {
  const warm = await mkdtemp(join(tmpdir(), 'bench-cache-'))
  try {
    await backUpWith(service, node, warm)
    return await inTurns(rounds, {
      none: () => backUpWith(service, node),
      cold: () => backUpCold(service, node),
      warm: () => backUpWith(service, node, warm),
    })
  } finally {
    await rm(warm, { recursive: true, force: true })
  }
}

async function backUpCold(service: Service, node: NodeVersion): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-cache-'))
  try {
    return await backUpWith(service, node, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function backUpWith(service: Service, node: NodeVersion, folder?: string): Promise<number> {
  const preload = `--require ${JSON.stringify(programPath('compile-cache.cjs'))}`
  const env = { NODE_OPTIONS: preload, ...(folder === undefined ? {} : { BENCH_COMPILE_CACHE: folder }) }
  return (await service.backUp('https', node, env)).durationMs
}
