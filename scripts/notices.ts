/** The licences of the packages whose code is in dist/. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { OutputChunk } from 'rolldown'

/** They ask for no more than to be named with their text, which dist/NOTICES.txt does. */
const allowed = ['MIT', 'Apache-2.0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause']

/** Folders of the packages whose code is in the bundle, such as `node_modules/tunnel`. */
export function packagesIn(root: string, chunks: readonly OutputChunk[]): Set<string> {
  const modules = chunks.flatMap(({ modules }) => Object.entries(modules))
  const folders = modules.flatMap(([path, { renderedLength }]) => {
    if (renderedLength === 0) return []
    // The bundler's own lines, which join the others.
    if (path.endsWith('rolldown/runtime.js')) return ['node_modules/rolldown']
    const here = relative(root, path).replaceAll('\\', '/')
    return here.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? []
  })
  return new Set(folders)
}

/** @param folders as `packagesIn` has them */
export function notices(root: string, folders: ReadonlySet<string>): string {
  const sections = [...folders].map(folder => notice(root, folder))
  const line = `\n${'-'.repeat(80)}\n\n`
  const head = 'Made by "npm run build". The files in this folder contain code of the following packages.\n'
  return [head, ...sections.sort()].join(line)
}

function notice(root: string, folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  if (!allowed.includes(license))
    throw new Error(`${folder} has the licence ${license}; see scripts/notices.ts`)
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
}
