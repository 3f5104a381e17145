/** The text of the files of dist/: as CommonJS, and laid out as the sources are. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The bundler's own CommonJS has a getter for each export, and names a file at each use of what comes from it. Its ES
 * modules import names, so that is what is asked of it; only the lines that import and export are written anew.
 *
 * No file may import one that imports it, since a name would be taken before it is there.
 */
export function asCommonJs(code: string): string {
  const text = code
    .replace(
      /^var (\w+) = .*?__exportAll\(\{(.*?)\}\);$/gms,
      (_, name, getters) => `const ${name} = { ${namesIn(getters, code)} };`,
    )
    .replace(/^import \{ __exportAll \} from ".*";\n/gm, '')
    .replace(
      /^import \{ (.*) \} from "(.*)";$/gm,
      (_, names, file) => `const { ${taken(names)} } = require("${file}");`,
    )
    .replace(/^import \* as (\S+) from "(.*)";$/gm, 'const $1 = require("$2");')
    .replace(/^import (\w+) from "(.*)";$/gm, 'const $1 = require("$2");')
    .replace(/^import "(.*)";$/gm, 'require("$1");')
    .replace(/\bimport\((".*?")\)/g, 'Promise.resolve().then(() => require($1))')
    .replace(/^export \{ (.*) \};$/gm, (_, names) => `module.exports = { ${given(names)} };`)
    .replace(/^export \{\s*\};$/gm, '')
  const left = /^(?:import|export)\b.*$|\bimport[.(].*$/m.exec(text)?.[0]
  if (left !== undefined) throw new Error(`not written as CommonJS (see scripts/common-js.ts): ${left}`)
  return text
}

/**
 * `a: () => a, b: () => b`, as the bundler has what is loaded later out of a larger file.
 *
 * @throws when one is no function: it would be taken before it is there
 */
function namesIn(getters: string, code: string): string {
  const names = [...getters.matchAll(/(\w+): \(\) => ([\w$]+)/g)]
  const early = names.find(
    ([, , local = '']) => !new RegExp(`^(?:async )?function ${local.replace('$', '\\$')}\\(`, 'm').test(code),
  )
  if (early !== undefined) throw new Error(`taken before it is there (see scripts/common-js.ts): ${early[0]}`)
  return names.map(([, name, local]) => (name === local ? name : `${name}: ${local}`)).join(', ')
}

/** `a, b as c` as what is taken from an object. */
function taken(names: string): string {
  return names.replaceAll(' as ', ': ')
}

/** `a, b as c` as an object. */
function given(names: string): string {
  return names.replace(/([\w$]+) as ([\w$]+)/g, '$2: $1')
}

/** With tabs, which are fewer bytes; nobody edits these files. */
const layout = {
  root: true,
  formatter: { indentStyle: 'tab', indentWidth: 2, lineWidth: 110, expand: 'never' },
  javascript: {
    formatter: {
      quoteStyle: 'single',
      semicolons: 'asNeeded',
      arrowParentheses: 'asNeeded',
      trailingCommas: 'none',
      bracketSpacing: false,
    },
  },
  files: { maxSize: 1024 * 1024 },
}

/** @param files names and texts */
export function formatted(files: ReadonlyMap<string, string>): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'dist-'))
  try {
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(layout))
    for (const [name, text] of files) writeFileSync(join(folder, name), text)
    const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
    const { status, stderr } = spawnSync(process.execPath, [biome, 'format', '--write', '.'], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`the formatter failed: ${stderr}`)
    return new Map([...files.keys()].map(name => [name, readFileSync(join(folder, name), 'utf8')]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
