import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { operations as operationNames } from '../src/contract.ts'
import { bundle } from './bundle.ts'
import { asCommonJs, formatted } from './common-js.ts'
import { notices, packagesIn } from './notices.ts'

/** In bytes. Who reviews an action that holds a key should be able to read all that a step loads. */
const mostLoaded = 150_000
/** The same for a restore with `verify: true`, which looks into the cluster at its end. */
const mostWithVerify = 185_000
/** The same with all that it loads when it needs it: in trouble, and for inputs that most steps do not have. */
const mostInAll = 265_000
/** The same for what a step loads besides to ask GitHub: for its comment, or for the pull requests of clusters. */
const mostForGitHub = 75_000
/** What loads Octokit: the file that a step loads for it, and what that loads when it is asked for. */
const forGitHub: Readonly<Record<string, readonly string[]>> = {
  'main.cjs': ['comment-on-pr.cjs', 'comment.cjs'],
  'prune-clusters.cjs': ['pull-requests.cjs'],
}

const operations = operationNames.map(name => `${name}.cjs`)
const restores = ['restore-cluster.cjs', 'restore-collections.cjs']
const banner = '// Made by "npm run build" from src/; licences in NOTICES.txt'
const root = dirname(import.meta.dirname)
const dist = join(root, 'dist')
/** The package as it is: only a request through a proxy loads it. */
const tunnelFile = 'node_modules/tunnel/lib/tunnel.js'
const tunnel = readFileSync(join(root, tunnelFile), 'utf8')

const chunks = await bundle(root)
const texts = new Map(chunks.map(({ fileName, code }) => [fileName, `${banner}\n${asCommonJs(code)}`]))
const files = formatted(texts.set('tunnel.cjs', `${banner}\n// ${tunnelFile}\n${tunnel}`))
files.set('NOTICES.txt', notices(root, packagesIn(root, chunks).add('node_modules/tunnel')))
checkSizes()
checkGitHub()
if (process.argv.includes('--check')) check()
else write()

/** The files that are loaded with a file at once, itself among them; with `later` those too that it may load then. */
function loadedWith(file: string, known = new Set<string>(), later?: 'later'): Set<string> {
  const chunk = chunks.find(({ fileName }) => fileName === file)
  if (chunk === undefined || known.has(file)) return known
  known.add(file)
  // Of the bundler's own lines some are written anew.
  const imports = chunk.imports.filter(name => files.get(file)?.includes(`require('./${name}')`))
  for (const name of imports) loadedWith(name, known, later)
  // A step loads no other operation, and what asks GitHub has a limit of its own.
  const own = chunk.dynamicImports.filter(name => !operations.includes(name) && !isForGitHub(name))
  if (later) for (const name of own) loadedWith(name, known, later)
  return known
}

function checkSizes(): void {
  const step = ['main.cjs']
  for (const operation of operations) {
    checkSize([...step, operation], mostLoaded)
    checkSize([...step, operation], mostInAll, 'later')
  }
  for (const restore of restores) checkSize([...step, restore, 'verify-restored.cjs'], mostWithVerify)
  checkSize(['post.cjs', 'clean-up.cjs'], mostLoaded)
}

/** @param way files that one process loads, one after the other */
function checkSize(way: readonly string[], most: number, later?: 'later'): void {
  const loaded = way.reduce((known, file) => loadedWith(file, known, later), new Set<string>())
  const missing = way.find(file => !chunks.some(({ fileName }) => fileName === file))
  if (missing !== undefined) throw new Error(`dist/${missing} is not built`)
  const bytes = sizeOf([...loaded])
  if (bytes > most) {
    const what = later ? 'with all it may load later' : 'with all it loads'
    throw new Error(`dist/${way.at(-1)} has ${bytes} bytes ${what}; at most ${most}`)
  }
}

function isForGitHub(file: string): boolean {
  return Object.values(forGitHub).some(names => names.includes(file))
}

/** What is loaded to ask GitHub besides what the step has loaded by then. */
function checkGitHub(): void {
  for (const [loader, names] of Object.entries(forGitHub)) {
    const before = loadedWith(loader)
    const all = names.reduce((known, name) => loadedWith(name, known), new Set(before))
    const more = [...all].filter(file => !before.has(file))
    const bytes = sizeOf(more)
    if (!more.includes(names.at(-1) ?? '')) throw new Error(`${loader} does not load ${names.at(-1)} apart`)
    if (bytes > mostForGitHub) {
      throw new Error(`dist/${names.at(-1)} loads ${bytes} bytes to ask GitHub; at most ${mostForGitHub}`)
    }
  }
}

function sizeOf(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + Buffer.byteLength(files.get(name) ?? ''), 0)
}

function check(): void {
  const stale = [...files].filter(([file, text]) => onDisk(file) !== text).map(([file]) => file)
  const surplus = (existsSync(dist) ? readdirSync(dist) : []).filter(file => !files.has(file))
  for (const file of stale) console.error(`dist/${file} is stale: run "npm run build".`)
  for (const file of surplus) console.error(`dist/${file} is no longer built: run "npm run build".`)
  if (stale.length + surplus.length > 0) process.exitCode = 1
}

function onDisk(file: string): string | undefined {
  const path = join(dist, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function write(): void {
  mkdirSync(dist, { recursive: true })
  for (const file of readdirSync(dist).filter(file => !files.has(file)))
    rmSync(join(dist, file), { recursive: true })
  for (const [file, text] of files) {
    writeFileSync(join(dist, file), text)
    console.log(`dist/${file}  ${(Buffer.byteLength(text) / 1000).toFixed(1)} kB`)
  }
}
