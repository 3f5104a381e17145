import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { OutputChunk } from 'rolldown'
import { bundle } from './bundle.ts'
import { asCommonJs, formatted } from './common-js.ts'

/** In bytes. Who reviews an action that holds a key should be able to read all that a step loads. */
const mostLoaded = 207_000
/** The same with what looks into a cluster. */
const mostToLookInside = 246_000
const looksInside = ['verify.cjs', 'verify-restored.cjs', 'switch-alias.cjs']
/** The same for what a step loads besides to ask GitHub: for its comment, or for the pull requests of clusters. */
const mostForGitHub = 75_000
/** What loads Octokit: the file that a step loads for it, and what that loads when it is asked for. */
const forGitHub: Readonly<Record<string, readonly string[]>> = {
  'main.cjs': ['comment-on-pr.cjs', 'comment.cjs'],
  'prune-clusters.cjs': ['pull-requests.cjs'],
}

const banner = '// Made by "npm run build" from src/; licences in NOTICES.txt'
const root = dirname(import.meta.dirname)
const dist = join(root, 'dist')
/** The package as it is: only a request through a proxy loads it. */
const tunnel = readFileSync(join(root, 'node_modules/tunnel/lib/tunnel.js'), 'utf8')

const chunks = await bundle(root)
const texts = new Map(chunks.map(({ fileName, code }) => [fileName, `${banner}\n${asCommonJs(code)}`]))
const files = formatted(texts.set('tunnel.cjs', `${banner}\n${tunnel}`))
files.set('NOTICES.txt', notices(packagesIn(chunks).add('node_modules/tunnel')))
for (const chunk of chunks) checkSize(chunk)
checkGitHub()
if (process.argv.includes('--check')) check()
else write()

/** The files that are loaded with a file at once, itself among them. */
function loadedWith(file: string, known = new Set<string>()): Set<string> {
  const chunk = chunks.find(({ fileName }) => fileName === file)
  if (chunk === undefined || known.has(file)) return known
  known.add(file)
  for (const name of chunk.imports) loadedWith(name, known)
  return known
}

/** A file and all that is loaded with it; for one that others load when it is asked for, each of them as well. */
function checkSize({ fileName, isEntry }: OutputChunk): void {
  const loaders = chunks.filter(({ dynamicImports }) => dynamicImports.includes(fileName))
  // What asks GitHub has a limit of its own.
  const isApart = Object.values(forGitHub).some(names => names.at(-1) === fileName)
  if (isApart || (!isEntry && loaders.length === 0)) return
  // No step loads two of them.
  const ways = isEntry ? [[fileName]] : loaders.map(loader => [fileName, loader.fileName])
  for (const way of ways) {
    const loaded = way.reduce((known, file) => loadedWith(file, known), new Set<string>())
    const bytes = sizeOf([...loaded])
    const most = looksInside.includes(fileName) ? mostToLookInside : mostLoaded
    if (bytes > most)
      throw new Error(`dist/${fileName} has ${bytes} bytes with all it loads; at most ${most}`)
  }
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

/** Folders of the packages whose code is in the bundle, such as `node_modules/tunnel`. */
function packagesIn(chunks: readonly OutputChunk[]): Set<string> {
  const modules = chunks.flatMap(({ modules }) => Object.entries(modules))
  const folders = modules.flatMap(([path, { renderedLength }]) => {
    const here = relative(root, path).replaceAll('\\', '/')
    const [folder] = here.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/) ?? []
    return folder === undefined || renderedLength === 0 ? [] : [folder]
  })
  return new Set(folders)
}

function notices(folders: ReadonlySet<string>): string {
  const sections = [...folders].map(folder => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const texts = readdirSync(join(root, folder))
      .filter(file => /^(licen[cs]e|copying|notice)/i.test(file))
      .sort()
      .map(file =>
        readFileSync(join(root, folder, file), 'utf8')
          .replaceAll('\r\n', '\n')
          .trim(),
      )
    if (texts.length === 0) throw new Error(`${folder} comes without a licence text`)
    return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`
  })
  const line = `\n${'-'.repeat(80)}\n\n`
  const head = 'Made by "npm run build". The files in this folder contain code of the following packages.\n'
  return [head, ...sections.sort()].join(line)
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
