import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { codeProblems } from './source-rules.ts'

/**
 * Highest first. A file imports from lower floors, or from a sibling in its own folder without a circle. A name that
 * ends in a slash is a folder.
 */
const floors: readonly (readonly string[])[] = [
  ['main.ts', 'post.ts'],
  ['clean-up.ts', 'comment-on-pr.ts', 'failure.ts'],
  ['operations/', 'summary/'],
  ['reports/'],
  ['backups/', 'clusters/'],
  ['verification/'],
  ['collections/', 'waiting/'],
  ['several.ts', 'step.ts'],
  ['plan.ts'],
  ['github/', 'zilliz/'],
  ['inputs/', 'resume.ts'],
  ['clock.ts', 'in-progress.ts', 'report.ts', 'response-body.ts', 'untrusted-text.ts', 'workflow-step.ts'],
  ['contract.ts', 'duration.ts', 'errors.ts', 'json.ts', 'secrets.ts'],
]

/** The only places that may import these; of node's own modules all others may be imported anywhere. */
const doors: Readonly<Record<string, readonly string[]>> = {
  '@actions/http-client': [
    'zilliz/transport.ts',
    'zilliz/kept.ts',
    'zilliz/network-fault.ts',
    'github/fetch.ts',
  ],
  // Which proxies the toolkit ignores, to say so before it does.
  '@actions/http-client/lib/proxy': ['inputs/address.ts'],
  'node:http': [
    'zilliz/transport.ts',
    'zilliz/kept.ts',
    'zilliz/ahead.ts',
    'github/fetch.ts',
    'response-body.ts',
  ],
  'node:https': ['zilliz/transport.ts'],
  'node:net': ['zilliz/kept.ts', 'zilliz/ahead.ts', 'inputs/address.ts'],
  'node:tls': ['zilliz/kept.ts'],
  '@actions/core': ['github/'],
  '@actions/github': ['github/api.ts'],
}

const longest = 200
const mayBeLonger = ['contract.ts']

const root = dirname(dirname(import.meta.dirname))
const src = join(root, 'src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => file.endsWith('.ts'))
  .sort()
const textOf = (file: string) => readFileSync(join(src, file), 'utf8')

test.each(files)('src/%s keeps to the floors and limits', file => {
  expect(problemsOf(file, textOf(file))).toEqual([])
})

const longestTest = 300

test('no file of the tests is long', () => {
  const folder = join(root, 'test')
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.ts'),
  )
  const lines = (file: string) => readFileSync(join(folder, file), 'utf8').split('\n').length - 1
  expect(tests.length).toBeGreaterThan(100)
  expect(tests.filter(file => lines(file) > longestTest)).toEqual([])
})

test('no import leads back to where it came from', () => {
  const imports = new Map(files.map(file => [file, targetsOf(file, textOf(file))]))
  expect(circlesIn(imports)).toEqual([])
})

/**
 * Field names of the service that mean the same in our own words, such as the names of outputs. Every other name in
 * the body of a request may stand in src/zilliz/ alone, or in a text for people.
 */
const sharedNames = [
  'backupType',
  'clusterId',
  'clusterName',
  'collectionStatus',
  'collections',
  'crossRegionCopies',
  'cuSize',
  'directory',
  'integrationId',
  'projectId',
  'regionId',
]

test.each(files.filter(file => !file.startsWith('zilliz/')))(
  'src/%s has no field name of a request body of the service',
  file => {
    expect(fieldNamesIn(textOf(file))).toEqual([])
  },
)

test('each rule is proven to fail', () => {
  expect(problemsOf('unexpected.ts', '')).toEqual(['it is not on the table of floors'])
  expect(problemsOf('duration.ts', "import { a } from './clock.ts'")).toEqual([
    'it imports clock.ts, which is on no lower floor',
  ])
  expect(problemsOf('duration.ts', "import { a } from './contract.ts'")).toEqual([
    'it imports contract.ts, which is on no lower floor',
  ])
  expect(problemsOf('zilliz/errors.ts', "export * from '../main.ts'")).toEqual([
    'it imports main.ts, which is on no lower floor',
  ])
  expect(problemsOf('clusters/a.ts', "import { a } from '../backups/a.ts'")).toEqual([
    'it imports backups/a.ts, which is on no lower floor',
  ])
  expect(problemsOf('clusters/a.ts', "import { a } from './b.ts'")).toEqual([])
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

test('each rule for functions is proven to fail', () => {
  const body = (lines: number) => '  call()\n'.repeat(lines)
  expect(codeProblems(`function f() {\n${body(38)}}`)).toEqual([])
  expect(codeProblems(`function f() {\n${body(39)}}`)).toEqual(['line 1: a function of 41 lines'])
  expect(codeProblems('const f = (a: 1, b: 2, c: 3, d: 4) => a')).toEqual([
    'line 1: a function with 4 positional parameters',
  ])
  expect(codeProblems('a ? b : c ? d : e')).toEqual(['line 1: a ternary inside a ternary'])
  expect(codeProblems('if (a) {} else if (b) {} else if (c) {} else if (d) {} else if (e) {}')).toEqual([])
  expect(codeProblems('for (;;) { if (a) { try { while (b) { if (c) d() } } catch {} } }')).toEqual([
    'line 1: nesting of 5 levels',
  ])
  expect(
    codeProblems('for (;;) { if (a) { try { f(() => { while (b) { if (c) d() } }) } catch {} } }'),
  ).toEqual([])
  expect(codeProblems('const x = set.delete(a) ? b : c')).toEqual(['line 1: a condition with an effect'])
  expect(codeProblems('if ((a = b)) c()')).toEqual(['line 1: a condition with an effect'])
  expect(codeProblems('if (list.some(item => seen.add(item))) c()')).toEqual([])
})

test('the rule for field names is proven to fail', () => {
  expect(fieldNamesIn('const body = { destClusterId }')).toEqual(['destClusterId'])
  expect(fieldNamesIn("const text = 'see dbName of `dbCollections`' // destDbName")).toEqual([])
})

test('a circle is found', () => {
  const imports = new Map([
    ['a', ['b', 'd']],
    ['b', ['c']],
    ['c', ['a']],
    ['d', ['c']],
  ])
  expect(circlesIn(imports)).toEqual(['a > b > c > a'])
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
  for (const target of targetsOf(file, text)) {
    const isSibling = file.includes('/') && posix.dirname(target) === posix.dirname(file)
    if (!isSibling && floorOf(target) <= floorOf(file)) {
      problems.push(`it imports ${target}, which is on no lower floor`)
    }
  }
  for (const name of importsOf(text).filter(name => !name.startsWith('.'))) {
    const allowed = doors[name] ?? (name.startsWith('node:') ? [file] : [])
    if (!allowed.some(place => covers(place, file))) problems.push(`it may not import ${name}`)
  }
  // dist/ hands exports over once, at the end of a file.
  if (/^export (?:let|var)\b/m.test(text)) problems.push('it exports what can be assigned again')
  const lines = text.replace(/\n$/, '').split('\n').length
  if (lines > longest && !mayBeLonger.includes(file)) problems.push(`it has more than ${longest} lines`)
  return [...problems, ...codeProblems(text)]
}

function fieldNamesIn(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|`[^`]*`/g, '')
  return [...requestFields()].filter(
    name => !sharedNames.includes(name) && new RegExp(`\\b${name}\\b`).test(code),
  )
}

/** Every property in the body of a request, as the OpenAPI document has it, and what other sources add (F47). */
function requestFields(): Set<string> {
  const document = parse(readFileSync(join(root, 'api/zilliz-cloud.openapi.yaml'), 'utf8'))
  const names = new Set(['targetProjectId'])
  const collect = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return
    for (const [key, value] of Object.entries(schema)) {
      if (key === '$ref') collect(resolve(document, String(value)))
      else if (key === 'properties') for (const name of Object.keys(value)) names.add(name)
      collect(value)
    }
  }
  for (const path of ['create', 'restoreCluster', 'restoreCollection', 'export']) {
    const [found] = Object.entries<Record<string, { requestBody?: unknown }>>(document.paths).filter(
      ([key]) => key.endsWith(`/${path}`) && key.includes('backups'),
    )
    collect(found?.[1].post?.requestBody)
  }
  return names
}

function resolve(document: unknown, ref: string): unknown {
  return ref
    .split('/')
    .slice(1)
    .reduce((node, key) => (node as Record<string, unknown>)[key], document)
}

function circlesIn(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const circles: string[] = []
  const follow = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file)
    if (at >= 0) circles.push([...path.slice(at), file].join(' > '))
    if (at >= 0 || done.has(file)) return
    for (const target of imports.get(file) ?? []) follow(target, [...path, file])
    done.add(file)
  }
  for (const file of imports.keys()) follow(file, [])
  return circles
}

function targetsOf(file: string, text: string): string[] {
  const own = importsOf(text).filter(name => name.startsWith('.'))
  return own.map(name => posix.join(posix.dirname(file), name))
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
