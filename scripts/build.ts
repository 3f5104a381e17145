import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build, type Metafile, type Plugin } from 'esbuild'

interface Bundle {
  source: string
  file: string
  /** In bytes. Who reviews an action that holds a key should be able to read all of it. */
  maximum: number
  undici: 'left out' | 'bundled'
}

const bundles: readonly Bundle[] = [
  { source: 'scripts/toolkit.ts', file: 'toolkit.cjs', maximum: 60_000, undici: 'left out' },
  { source: 'src/main.ts', file: 'main.cjs', maximum: 150_000, undici: 'left out' },
  { source: 'src/post.ts', file: 'post.cjs', maximum: 150_000, undici: 'left out' },
  { source: 'src/github/pull-request.ts', file: 'pull-request.cjs', maximum: 1_000_000, undici: 'bundled' },
]

const root = dirname(import.meta.dirname)
const dist = join(root, 'dist')

const present = bundles.filter(bundle => existsSync(join(root, bundle.source)))
const files = await buildAll()
if (process.argv.includes('--check')) check()
else write()

async function buildAll(): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const packages = new Set<string>()
  for (const bundle of present) {
    const { text, metafile } = await bundleOne(bundle)
    if (Buffer.byteLength(text) > bundle.maximum) {
      throw new Error(`dist/${bundle.file} has ${Buffer.byteLength(text)} bytes; at most ${bundle.maximum}`)
    }
    files.set(bundle.file, text)
    for (const path of packagesIn(metafile)) packages.add(path)
  }
  files.set('NOTICES.txt', notices([...packages]))
  return files
}

async function bundleOne(bundle: Bundle): Promise<{ text: string; metafile: Metafile }> {
  const plugins = [loadedLazily(bundle), withoutSummary()]
  if (bundle.undici === 'left out') plugins.push(withoutUndici(), withToolkitApart(bundle))
  const result = await build({
    absWorkingDir: root,
    entryPoints: [bundle.source],
    outfile: join('dist', bundle.file),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    treeShaking: true,
    // Shorter, and still laid out line by line; whoever doubts the toolkit compares it with its own release.
    minifySyntax: bundle.file === 'toolkit.cjs',
    legalComments: 'inline',
    // Comments in the output name the path of each file: as seen from here, not where a link leads to.
    preserveSymlinks: true,
    banner: {
      js: `// Made by "npm run build" from ${bundle.source}. NOTICES.txt holds the licences of the packages in it.`,
    },
    plugins,
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const [warning] = result.warnings
  if (warning !== undefined) throw new Error(`${bundle.source}: ${warning.text}`)
  const [output] = result.outputFiles
  if (output === undefined) throw new Error(`${bundle.source}: esbuild made nothing`)
  // The documentation of the toolkit's methods is in its own sources.
  const text =
    bundle.file === 'toolkit.cjs' ? output.text.replace(/^[ \t]*\/\*\*[\s\S]*?\*\/\n/gm, '') : output.text
  return { text, metafile: result.metafile }
}

/**
 * undici is nine tenths of what the toolkit weighs, and http-client needs it for proxied fetch alone, which the action
 * never calls. A named export, so that a name which http-client starts to import one day stops the build.
 */
function withoutUndici(): Plugin {
  return {
    name: 'without-undici',
    setup(build) {
      build.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'left-out' }))
      build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
        contents: `export class ProxyAgent {
          constructor() {
            throw new Error('undici is not part of this bundle (see scripts/build.ts)')
          }
        }`,
      }))
    },
  }
}

/** The toolkit is a file of its own, so that main.cjs and post.cjs are this project's code alone. */
function withToolkitApart(importer: Bundle): Plugin {
  return {
    name: 'with-toolkit-apart',
    setup(build) {
      build.onResolve({ filter: /^@actions\/(core|http-client)$/ }, () =>
        importer.file === 'toolkit.cjs' ? undefined : { path: './toolkit.cjs', external: true },
      )
    },
  }
}

/** The toolkit's summary is made at import, which keeps it in the bundle though nothing here uses it. */
function withoutSummary(): Plugin {
  return {
    name: 'without-summary',
    setup(build) {
      build.onResolve({ filter: /^\.\/summary\.js$/ }, ({ path, resolveDir }) =>
        /@actions.core.lib$/.test(resolveDir)
          ? { path: join(resolveDir, path), sideEffects: false }
          : undefined,
      )
    },
  }
}

/** A dynamic import of another bundle's source becomes that bundle, beside this one. */
function loadedLazily(importer: Bundle): Plugin {
  return {
    name: 'loaded-lazily',
    setup(build) {
      build.onResolve({ filter: /\.ts$/ }, args => {
        if (args.kind !== 'dynamic-import') return undefined
        const target = present.find(bundle => join(root, bundle.source) === join(args.resolveDir, args.path))
        if (target === undefined || target === importer) return undefined
        return { path: `./${target.file}`, external: true }
      })
    },
  }
}

/** Folders of the packages whose code is in the bundle, such as `node_modules/tunnel`. */
function packagesIn(metafile: Metafile): string[] {
  const inputs = Object.values(metafile.outputs).flatMap(output => Object.entries(output.inputs))
  return inputs.flatMap(([path, { bytesInOutput }]) => {
    const [folder] = path.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/) ?? []
    return folder === undefined || bytesInOutput === 0 ? [] : [folder]
  })
}

function notices(folders: readonly string[]): string {
  const sections = folders.map(folder => {
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
  return [head, ...[...new Set(sections)].sort()].join(line)
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
