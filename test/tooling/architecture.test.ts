import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { expect, test } from 'vitest'

/** Highest first. A file imports only from floors below its own. A name that ends in a slash stands for the folder. */
const floors: readonly (readonly string[])[] = [
  ['main.ts', 'post.ts'],
  ['clean-up.ts'],
  ['operations/', 'report.ts'],
  ['pruning.ts'],
  ['backing-up.ts', 'restoring.ts', 'expansion.ts', 'retention.ts'],
  ['backups.ts', 'clusters.ts', 'dropping.ts', 'goals.ts', 'lost.ts', 'backup-tables.ts'],
  ['reach.ts', 'pace.ts', 'deleting.ts'],
  ['step.ts', 'zilliz/client.ts', 'github/pull-request.ts'],
  ['zilliz/connection.ts'],
  [
    'inputs.ts',
    'waiting.ts',
    'zilliz/transport.ts',
    'zilliz/repeats.ts',
    'zilliz/answers.ts',
    'github/outputs.ts',
  ],
  ['github/runner.ts'],
  ['restore-inputs.ts'],
  ['backup-inputs.ts'],
  ['reader.ts', 'requests.ts'],
  ['selections.ts'],
  ['contract.ts', 'collections.ts', 'cluster-name.ts', 'zilliz/errors.ts', 'zilliz/shapes.ts'],
  ['duration.ts', 'ids.ts', 'secrets.ts', 'github/text.ts'],
]

/** The only places that may import these; of node's own modules all others may be imported anywhere. */
const doors: Readonly<Record<string, readonly string[]>> = {
  '@actions/http-client': ['zilliz/transport.ts'],
  'node:http': ['zilliz/transport.ts'],
  'node:https': ['zilliz/transport.ts'],
  'node:net': ['zilliz/transport.ts', 'inputs.ts'],
  'node:tls': ['zilliz/transport.ts'],
  '@actions/core': ['github/'],
  '@actions/github': ['github/'],
}

const longest = 200
const mayBeLonger = ['contract.ts']

const src = join(dirname(dirname(import.meta.dirname)), 'src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => file.endsWith('.ts'))
  .sort()

test.each(files)('src/%s keeps to the floors', file => {
  expect(problemsOf(file, readFileSync(join(src, file), 'utf8'))).toEqual([])
})

test('each rule is seen red', () => {
  expect(problemsOf('strange.ts', '')).toEqual(['it is not on the table of floors'])
  expect(problemsOf('duration.ts', "import { a } from './contract.ts'")).toEqual([
    'it imports contract.ts, which is on no lower floor',
  ])
  expect(problemsOf('zilliz/errors.ts', "export * from '../main.ts'")).toEqual([
    'it imports main.ts, which is on no lower floor',
  ])
  expect(problemsOf('main.ts', "import { a } from '../simulator/a.ts'")).toEqual([
    'it imports ../simulator/a.ts, which is on no lower floor',
  ])
  expect(problemsOf('main.ts', "import { info } from '@actions/core'\nimport { a } from 'axios'")).toEqual([
    'it may not import @actions/core',
    'it may not import axios',
  ])
  expect(problemsOf('main.ts', 'export let a = 1')).toEqual(['it exports what can be assigned again'])
  expect(problemsOf('main.ts', '\n'.repeat(201))).toEqual(['it has more than 200 lines'])
})

test('what an import is', () => {
  const text = `
import { a } from './a.ts'
import type { B } from './b.ts'
import {
  type C,
  d,
} from './c.ts'
import './e.ts'
export * from './f.ts'
export { g } from './g.ts'
const h = await import('./h.ts')
type I = import('./i.ts').I
console.log("imported from 'nowhere'")
`
  expect(importsOf(text)).toEqual(['a', 'b', 'c', 'e', 'f', 'g', 'h', 'i'].map(name => `./${name}.ts`))
})

function problemsOf(file: string, text: string): string[] {
  const problems = floorOf(file) < 0 ? ['it is not on the table of floors'] : []
  for (const name of importsOf(text)) {
    if (name.startsWith('.')) {
      const target = posix.join(posix.dirname(file), name)
      if (floorOf(target) <= floorOf(file)) problems.push(`it imports ${target}, which is on no lower floor`)
    } else {
      const allowed = doors[name] ?? (name.startsWith('node:') ? [file] : [])
      if (!allowed.some(place => covers(place, file))) problems.push(`it may not import ${name}`)
    }
  }
  // dist/ hands exports over once, at the end of a file.
  if (/^export (?:let|var)\b/m.test(text)) problems.push('it exports what can be assigned again')
  const lines = text.replace(/\n$/, '').split('\n').length
  if (lines > longest && !mayBeLonger.includes(file)) problems.push(`it has more than ${longest} lines`)
  return problems
}

function importsOf(text: string): string[] {
  const statements = text.matchAll(
    /^(?:import|export)\b[^'"();=]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
  )
  return [...statements].flatMap(([, ...names]) => names.filter(name => name !== undefined))
}

function floorOf(file: string): number {
  return floors.findIndex(floor => floor.some(place => covers(place, file)))
}

function covers(place: string, file: string): boolean {
  return place.endsWith('/') ? file.startsWith(place) : file === place
}
