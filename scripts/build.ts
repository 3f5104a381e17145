import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { type OutputChunk, type Plugin, rolldown } from 'rolldown'
import { parseAst } from 'rolldown/parseAst'
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

/** Methods of the toolkit's HttpClient that nothing calls: requests are made with `request`, bodies are read here. */
const unusedMethods = [
  ...['options', 'get', 'del', 'post', 'patch', 'put', 'head', 'sendStream'],
  ...['getJson', 'postJson', 'putJson', 'patchJson', '_processResponse'],
  ...['_getExistingOrDefaultHeader', '_getExistingOrDefaultContentTypeHeader'],
  ...['getAgentDispatcher', '_getProxyAgentDispatcher', 'readBody', 'readBodyBuffer'],
]

const banner = '// Made by "npm run build" from src/; licences in NOTICES.txt'
const root = dirname(import.meta.dirname)
const dist = join(root, 'dist')

const chunks = await bundle()
const texts = new Map(chunks.map(({ fileName, code }) => [fileName, asCommonJs(code)]))
const files = formatted(texts.set('tunnel.cjs', tunnel()))
files.set('NOTICES.txt', notices(packagesIn(chunks).add('node_modules/tunnel')))
for (const chunk of chunks) checkSize(chunk)
checkGitHub()
if (process.argv.includes('--check')) check()
else write()

/**
 * One file for each operation, loaded when it is asked for. What two of them need is a file of its own too, what more
 * need is in shared.cjs; reading the inputs is apart, and so are the toolkit and, for what asks GitHub alone, Octokit,
 * that all else is this project's code.
 */
async function bundle(): Promise<OutputChunk[]> {
  const core = new Set<string>()
  const build = await rolldown({
    cwd: root,
    input: { main: 'src/main.ts', post: 'src/post.ts' },
    platform: 'node',
    // Comments in the output name the path of each file: as seen from here, not where a link leads to.
    resolve: { symlinks: false },
    transform: { target: 'node20' },
    plugins: [
      noteStatic(core),
      octokitAlone(),
      withoutUndici(),
      withoutUnusedMethods(),
      httpsWhenAsked(),
      tunnelWithProxyAlone(),
    ],
    treeshake: { moduleSideEffects: id => /^(?!.*node_modules).*[/\\]src[/\\]/.test(id) },
    onLog(level, { message }) {
      if (level === 'warn') throw new Error(message)
    },
  })
  const { output } = await build.generate({
    format: 'esm',
    minifyInternalExports: false,
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    banner,
    comments: { legal: true, annotation: false, jsdoc: false },
    codeSplitting: {
      groups: [
        { name: 'toolkit', test: /node_modules[/\\]@actions[/\\](?!github)|left-out:(?:undici|tunnel)/ },
        { name: 'octokit', test: /node_modules(?![/\\]tunnel)|left-out/ },
        { name: 'step', test: id => core.has(id) },
      ],
    },
  })
  return output.filter(file => file.type === 'chunk')
}

/** Notes the modules that each step loads, whatever its operation: what main.ts imports, and what that imports. */
function noteStatic(core: Set<string>): Plugin {
  return {
    name: 'note-static',
    buildEnd() {
      const note = (id: string) => {
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) {
          if (!/[/\\]src[/\\]/.test(imported) || core.has(imported)) continue
          core.add(imported)
          note(imported)
        }
      }
      note(join(root, 'src/main.ts'))
    },
  }
}

/**
 * undici is nine tenths of what the toolkit weighs, and http-client needs it for proxied fetch alone, which the action
 * never calls. A named export, so that a name which http-client starts to import one day stops the build.
 */
function withoutUndici(): Plugin {
  return {
    name: 'without-undici',
    resolveId: id => (id === 'undici' ? 'left-out:undici' : undefined),
    load: id =>
      id === 'left-out:undici'
        ? `export class ProxyAgent {
            constructor() {
              throw new Error('undici is not part of this bundle (see scripts/build.ts)')
            }
          }`
        : undefined,
  }
}

/**
 * Of @actions/github only what sends a request. Its own copy of http-client and undici are there for `fetch`, which the
 * action brings itself (src/github/fetch.ts); the names of all endpoints and the paging are not used.
 */
function octokitAlone(): Plugin {
  const texts = new Map([
    ['@actions/http-client', 'export class HttpClient { getAgent() {} getAgentDispatcher() {} }'],
    ['undici', "export function fetch() { throw new Error('left out (see scripts/build.ts)') }"],
    ['@octokit/plugin-rest-endpoint-methods', 'export const restEndpointMethods = () => ({})'],
    ['@octokit/plugin-paginate-rest', 'export const paginateRest = () => ({})'],
  ])
  const here = 'left-out:github:'
  return {
    name: 'octokit-alone',
    resolveId: (id, importer = '') =>
      texts.has(id) && /@actions[/\\]github[/\\]/.test(importer) ? `${here}${id}` : undefined,
    load: id => (id.startsWith(here) ? texts.get(id.slice(here.length)) : undefined),
  }
}

/**
 * A bundler keeps every method of a class. Half of http-client's are for JSON and streams, which the action does not
 * use; a name that is not there any more, or that what is left calls, stops the build.
 */
function withoutUnusedMethods(): Plugin {
  return {
    name: 'without-unused-methods',
    transform(code, id) {
      if (!/@actions[/\\]http-client[/\\]lib[/\\]index\.js$/.test(id)) return undefined
      const found = methodsIn(code).filter(({ name }) => unusedMethods.includes(name))
      const missing = unusedMethods.filter(name => !found.some(method => method.name === name))
      const left = found
        .toReversed()
        .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), code)
      const called = unusedMethods.filter(name => left.includes(`this.${name}(`))
      if (missing.length + called.length > 0) {
        throw new Error(
          `http-client has changed (see scripts/build.ts): ${[...missing, ...called].join(', ')}`,
        )
      }
      return left
    },
  }
}

/** In the order of the file. */
function methodsIn(code: string): { name: string; start: number; end: number }[] {
  const classes = parseAst(code).body.flatMap(statement => {
    const declared = 'declaration' in statement ? statement.declaration : statement
    return declared?.type === 'ClassDeclaration' ? [declared] : []
  })
  return classes.flatMap(({ body }) =>
    body.body.flatMap(member =>
      member.type === 'MethodDefinition' && member.key.type === 'Identifier'
        ? [{ name: member.key.name, start: member.start, end: member.end }]
        : [],
    ),
  )
}

/** Only a request through a proxy needs the package "tunnel", so it is a file of its own that is loaded then. */
function tunnelWithProxyAlone(): Plugin {
  const makers = ['httpOverHttp', 'httpsOverHttp', 'httpOverHttps', 'httpsOverHttps']
  const each = makers.map(
    name => `export const ${name} = options => module.require('./tunnel.cjs').${name}(options)`,
  )
  return {
    name: 'tunnel-with-proxy-alone',
    resolveId: (id, importer) => (id === 'tunnel' && importer !== undefined ? 'left-out:tunnel' : undefined),
    load: id => (id === 'left-out:tunnel' ? each.join('\n') : undefined),
  }
}

/** The package as it is. */
function tunnel(): string {
  return `${banner}\n${readFileSync(join(root, 'node_modules/tunnel/lib/tunnel.js'), 'utf8')}`
}

/** TLS takes node a while to load: only a request over https needs it. */
function httpsWhenAsked(): Plugin {
  const statement = "import * as https from 'https';"
  const when = "const https = new Proxy({}, { get: (_, name) => module.require('https')[name] });"
  return {
    name: 'https-when-asked',
    transform(code, id) {
      if (!/@actions[/\\]http-client[/\\]lib[/\\]index\.js$/.test(id)) return undefined
      if (!code.includes(statement)) throw new Error(`http-client does not have: ${statement}`)
      return code.replace(statement, when)
    },
  }
}

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
