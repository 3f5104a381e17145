import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from './project-copy.ts'

const dist = join(root, 'dist')
const bundles = readdirSync(dist).filter(file => file.endsWith('.cjs'))
const notices = readFileSync(join(dist, 'NOTICES.txt'), 'utf8')

test('what every step loads is there, and small, because undici is left out', () => {
  const { runs } = parse(readFileSync(join(root, 'action.yml'), 'utf8'))
  const toolkit = readFileSync(join(dist, 'toolkit.cjs'), 'utf8')
  for (const path of [runs.main, runs.post]) {
    const loaded = readFileSync(join(root, path), 'utf8') + toolkit
    expect(loaded).toContain('require("./toolkit.cjs")')
    expect(loaded).not.toContain('node_modules/undici')
    expect(Buffer.byteLength(loaded)).toBeLessThanOrEqual(150_000)
  }
})

test('the toolkit holds every part of it that is used', () => {
  const held = [
    ...readFileSync(join(dist, 'toolkit.cjs'), 'utf8').matchAll(/^ {2}(\w+): \(\) => \w+,?$/gm),
  ].map(([, name]) => name)
  for (const file of ['main.cjs', 'post.cjs']) {
    const text = readFileSync(join(dist, file), 'utf8')
    const used = [...text.matchAll(/\b(?:core|import_core|import_http_client)\.(\w+)/g)].map(
      ([, name]) => name,
    )
    expect(used).not.toEqual([])
    expect(used.filter(name => !held.includes(name))).toEqual([])
  }
})

describe.each(bundles)('dist/%s', file => {
  const text = readFileSync(join(dist, file), 'utf8')
  const sources = [...text.matchAll(/^\/\/ ((?:\.\.\/|\/|[a-z]:[\\/]|src\/|node_modules\/).*)$/gim)].map(
    ([, path = '']) => path,
  )

  test('loads nothing but modules of node itself and its own siblings', () => {
    const loaded = [...text.matchAll(/\b(?:require|import)\("([^"]+)"\)/g)].map(([, name = '']) => name)
    const known = new Set([...builtinModules, ...bundles.map(bundle => `./${bundle}`)])
    expect(loaded.filter(name => !known.has(name.replace(/^node:/, '')))).toEqual([])
  })

  test('does not tell on which machine it was built', () => {
    expect(sources.length).toBeGreaterThan(0)
    expect(sources.filter(path => !/^(src|node_modules)\//.test(path))).toEqual([])
  })

  test('has a licence notice for every package in it', () => {
    const packages = sources.flatMap(path => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? [])
    const missing = [...new Set(packages)].filter(name => {
      const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
      return !notices.includes(`\n${name} ${version} (`)
    })
    expect(missing).toEqual([])
  })
})
