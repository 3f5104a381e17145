import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { expect, test } from 'vitest'

/** Highest first. A file imports only from floors below its own. A name that ends in a slash stands for the folder. */
const floors: readonly (readonly string[])[] = [
  ['main.ts', 'post.ts'],
  ['operations/delete-after-job.ts'],
  ['operations/', 'summary/page.ts'],
  ['backups/prune.ts'],
  ['backups/create.ts', 'clusters/restore.ts', 'collections/expand.ts', 'backups/retention.ts'],
  [
    'backups/find.ts',
    'clusters/find.ts',
    'clusters/drop.ts',
    'waiting/conditions.ts',
    'waiting/lost-response.ts',
    'backups/format.ts',
  ],
  ['waiting/wait-for-all.ts', 'waiting/rate-limit.ts', 'backups/delete.ts'],
  ['step.ts', 'zilliz/reads.ts', 'github/pull-request.ts'],
  ['zilliz/connection.ts'],
  [
    'inputs/inputs.ts',
    'waiting/poll.ts',
    'zilliz/transport.ts',
    'zilliz/retry.ts',
    'zilliz/response.ts',
    'github/outputs.ts',
  ],
  ['github/runner.ts'],
  ['operations/restore-inputs.ts'],
  ['operations/backup-inputs.ts'],
  ['inputs/reader.ts', 'operations/requests.ts'],
  ['collections/mappings.ts'],
  ['contract.ts', 'collections/names.ts', 'clusters/name.ts', 'zilliz/errors.ts', 'zilliz/decode.ts'],
  ['duration.ts', 'ids.ts', 'secrets.ts', 'untrusted-text.ts'],
]

/** The only places that may import these; of node's own modules all others may be imported anywhere. */
const doors: Readonly<Record<string, readonly string[]>> = {
  '@actions/http-client': ['zilliz/transport.ts'],
  'node:http': ['zilliz/transport.ts'],
  'node:https': ['zilliz/transport.ts'],
  'node:net': ['zilliz/transport.ts', 'inputs/inputs.ts'],
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
  const exact = floors.findIndex(floor => floor.includes(file))
  return exact >= 0 ? exact : floors.findIndex(floor => floor.some(place => covers(place, file)))
}

function covers(place: string, file: string): boolean {
  return place.endsWith('/') ? file.startsWith(place) : file === place
}
