import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type OperationName, operations } from '../../src/contract.ts'
import { root } from './project-copy.ts'

const dist = join(root, 'dist')
const bundles = readdirSync(dist).filter(file => file.endsWith('.cjs'))
const notices = readFileSync(join(dist, 'NOTICES.txt'), 'utf8')
const { runs } = parse(readFileSync(join(root, 'action.yml'), 'utf8'))

const textOf = (file: string) => readFileSync(join(dist, file), 'utf8')

/** A file and what it loads at once; only what is inside a function is loaded when it is asked for. */
function loadedWith(file: string, known: string[] = []): string[] {
  if (known.includes(file)) return known
  const names = [...textOf(file).matchAll(/^(?:(?:const .*|\}) = )?require\('\.\/([^']+)'\)$/gm)]
  return names.reduce((sum, [, name = '']) => loadedWith(name, sum), [...known, file])
}

const bytes = (files: readonly string[]) => Buffer.byteLength(files.map(textOf).join(''))

/** In bytes, as scripts/build.ts has them. */
const mostLoaded = 150_000
const mostWithVerify = 185_000
const restores: readonly OperationName[] = ['restore-cluster', 'restore-collections']

test.each(operations)(
  'what a step of %s loads is small and readable, because undici is left out',
  operation => {
    const main = runs.main.replace('dist/', '')
    expect(loadedWith(main).map(textOf).join('')).toContain(`require('./${operation}.cjs')`)
    const loaded = loadedWith(`${operation}.cjs`, loadedWith(main))
    expect(loaded).toEqual(
      expect.arrayContaining(['main.cjs', 'step.cjs', 'toolkit.cjs', `${operation}.cjs`]),
    )
    expect(loaded.filter(file => textOf(file).includes('node_modules/undici'))).toEqual([])
    expect(bytes(loaded)).toBeLessThanOrEqual(mostLoaded)
    const longestLine = Math.max(...loaded.flatMap(file => textOf(file).split('\n')).map(line => line.length))
    expect(longestLine).toBeLessThan(1_000)
  },
)

test.each(restores)(
  '%s with verify: true loads the look into the cluster besides, and no more',
  operation => {
    const loaded = loadedWith(`${operation}.cjs`, loadedWith(runs.main.replace('dist/', '')))
    expect(bytes(loadedWith('verify-restored.cjs', loaded))).toBeLessThanOrEqual(mostWithVerify)
  },
)

test('the end of a job without anything to clean up loads next to nothing', () => {
  const post = runs.post.replace('dist/', '')
  expect(loadedWith(post)).toEqual([post])
  expect(bytes([post])).toBeLessThan(1_000)
  expect(textOf(post)).toContain("require('./clean-up.cjs')")
  expect(bytes(loadedWith('clean-up.cjs'))).toBeLessThanOrEqual(mostLoaded)
})

test('the comment on a pull request is loaded when it is wanted, and is Octokit without undici', () => {
  const main = loadedWith(runs.main.replace('dist/', ''))
  expect(main.map(textOf).join('')).toContain("require('./comment-on-pr.cjs')")
  const loaded = loadedWith('comment.cjs', loadedWith('comment-on-pr.cjs', main))
  const more = loaded.filter(file => !main.includes(file))
  expect(more.sort()).toEqual([
    'comment-on-pr.cjs',
    'comment.cjs',
    'github-api.cjs',
    'octokit.cjs',
    'rolldown-runtime.cjs',
  ])
  expect(bytes(more)).toBeLessThanOrEqual(75_000)
  const everyStep = operations.flatMap(operation => loadedWith(`${operation}.cjs`, main))
  expect(everyStep.filter(file => textOf(file).includes('node_modules/@octokit'))).toEqual([])
  expect(textOf('octokit.cjs')).not.toContain('node_modules/undici')
})

test('so are the pull requests of clusters, by prune-clusters alone', () => {
  const step = loadedWith('prune-clusters.cjs', loadedWith(runs.main.replace('dist/', '')))
  const asking = bundles.filter(file => textOf(file).includes("require('./pull-requests.cjs')"))
  expect(asking).toEqual(['prune-clusters.cjs'])
  const more = loadedWith('pull-requests.cjs', step).filter(file => !step.includes(file))
  expect(more.sort()).toEqual(['github-api.cjs', 'octokit.cjs', 'pull-requests.cjs', 'rolldown-runtime.cjs'])
  expect(bytes(more)).toBeLessThanOrEqual(75_000)
})

describe.each(bundles)('dist/%s', file => {
  const text = textOf(file)
  const sources = [...text.matchAll(/^\/\/ ((?:\.\.\/|\/|[a-z]:[\\/]|src\/|node_modules\/).*)$/gim)].map(
    ([, path = '']) => path,
  )

  test('loads nothing but modules of node itself and its own siblings', () => {
    const loaded = [...text.matchAll(/\b(?:require|import)\('([^']+)'\)/g)].map(([, name = '']) => name)
    const known = new Set([...builtinModules, ...bundles.map(bundle => `./${bundle}`)])
    expect(loaded.filter(name => !known.has(name.replace(/^node:/, '')))).toEqual([])
  })

  test('exports once, at its end', () => {
    // The packages that are CommonJS themselves are as they are.
    const isOurs = !sources.every(path => path.startsWith('node_modules/'))
    const exported = [...text.matchAll(/^(?:module\.)?exports\b.*$/gm)]
    if (isOurs) expect(exported.length).toBeLessThanOrEqual(1)
    if (isOurs && exported.length === 1) expect(text).toMatch(/\nmodule\.exports = \{[\w$,:\s]*\}\n$/)
  })

  test('does not show on which machine it was built', () => {
    // The bundler's own few lines have no source.
    expect(sources.length > 0 || file === 'rolldown-runtime.cjs').toBe(true)
    expect(sources.filter(path => !/^(src|node_modules)\//.test(path))).toEqual([])
    expect(text).not.toContain(root)
  })

  // What starts processes, or hides what it does, has no place in code that holds a key.
  test('starts no process and evaluates no text', () => {
    expect(text).not.toMatch(/child_process|worker_threads|\beval\(|new Function\(|['"](?:node:)?vm['"]/)
  })
})

test('the notices name each package whose code is in dist/, and no other', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const texts = bundles.map(textOf).join('\n')
  const paths = [...texts.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(([, name]) => name)
  // Of a package that is CommonJS the bundler drops the path, but not the head that it asks to be kept.
  const heads = [...texts.matchAll(/^\/\*!\n \* (\S+)\n/gm)].map(([, name]) => name)
  const bundler = texts.includes('// \\0rolldown/runtime.js') ? ['rolldown'] : []
  const named = [...notices.matchAll(/^-+\n\n(\S+) (\S+) \((.*)\)$/gm)]
  expect(named.map(([, name]) => name)).toEqual([...new Set([...paths, ...heads, ...bundler])].sort())
  expect(named.filter(([, name, version]) => packages[`node_modules/${name}`]?.version !== version)).toEqual(
    [],
  )
  const licences = new Set(named.map(([, , , licence]) => licence))
  expect([...licences].sort()).toEqual(['Apache-2.0', 'ISC', 'MIT'])
})
