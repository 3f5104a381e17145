/** What is in `dist/`, and whose it is. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { figure, type Table } from './figures.ts'
import type { Bench } from './measurement.ts'
import { originsIn, type Size } from './origins.ts'

const folder = fileURLToPath(new URL('../dist/', import.meta.url))

export async function measureDist({ nodes }: Bench): Promise<Table[]> {
  const files = readdirSync(folder)
  const sizes = new Map<string, Size>()
  const add = (name: string, { bytes, lines }: Size) => {
    const sum = sizes.get(name) ?? { bytes: 0, lines: 0 }
    sizes.set(name, { bytes: sum.bytes + bytes, lines: sum.lines + lines })
  }
  sizes.set('all', { bytes: 0, lines: 0 })
  for (const file of files) {
    const text = readFileSync(`${folder}/${file}`, 'utf8')
    const isCode = /\.[cm]?js$/.test(file)
    for (const [origin, size] of originsIn(text)) {
      add('all', size)
      add(isCode ? origin : file, size)
    }
  }
  const figures = [...sizes].flatMap(([name, { bytes, lines }]) => [
    figure({ name, unit: 'bytes' }, nodes, () => bytes),
    figure({ name, unit: 'lines' }, nodes, () => lines),
  ])
  figures.unshift(figure({ name: 'all', unit: 'files' }, nodes, () => files.length))
  return [{ title: 'dist/', better: 'lower', figures, notes: ['The same on every Node.'] }]
}
