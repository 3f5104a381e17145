import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './project-copy.ts'

interface Locked {
  resolved?: string
  integrity?: string
  optionalDependencies?: Record<string, string>
}

const lock: Record<string, Locked> = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
).packages
const { '': _project, ...packages } = lock

// A lock file, or anything else, that names where packages come from would not install behind another registry.
test('package-lock.json names no address of a package, and knows each by its hash', () => {
  const entries = Object.entries(packages)
  expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
  expect(entries.filter(([, { integrity }]) => integrity === undefined)).toEqual([])
})

// npm writes a lock file without them when a registry does not have them yet, and `npm ci` then fails everywhere.
test('package-lock.json holds the packages of all platforms', () => {
  const missing = Object.entries(lock).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(name => {
      const places = [`${path}/node_modules/${name}`, `node_modules/${name}`]
      return !places.some(place => place in lock)
    }),
  )
  expect(missing).toEqual([])
})

test('each dependency has one exact version', () => {
  const { dependencies, devDependencies, optionalDependencies, overrides } = JSON.parse(read('package.json'))
  const wanted = Object.entries<string>({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
    ...overrides,
  })
  expect(wanted.length).toBeGreaterThan(0)
  expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})

// With `ignore-scripts` npm runs no "pretest": a command that relied on it would fail in a fresh clone.
test('no package runs code when it is installed, and each command installs what is missing by itself', () => {
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m)
  const scripts = Object.entries<string>(JSON.parse(read('package.json')).scripts)
  expect(scripts.length).toBeGreaterThan(0)
  expect(
    scripts
      .filter(([, command]) => !command.startsWith('node scripts/installed.mjs && '))
      .map(([name]) => name),
  ).toEqual([])
})

test('no file names a package registry', () => {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  })
  const files = list
    .toString()
    .split('\0')
    .filter(file => file !== '')
  expect(files).toContain('package.json')
  const naming = files.filter(file => {
    return /registry\.(npmjs|yarnpkg|npmmirror)|^registry *=|https?:\/\/\S+\.tgz\b/m.test(read(file))
  })
  expect(naming).toEqual([])
})

function read(file: string): string {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return ''
  }
}
