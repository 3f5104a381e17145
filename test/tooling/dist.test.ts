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
  const loaded: string[] = [runs.main, runs.post ?? runs.main]
  for (const path of loaded) {
    const text = readFileSync(join(root, path), 'utf8')
    expect(text).not.toContain('node_modules/undici')
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(150_000)
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
