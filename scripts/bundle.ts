/** The files of dist/, as the bundler makes them of src/. */
import { join } from 'node:path'
import { type OutputChunk, type Plugin, type PreRenderedChunk, rolldown } from 'rolldown'
import { operations } from '../src/contract.ts'
import { toolkitParts } from './toolkit.ts'

/**
 * What most steps load is step.cjs, and each operation has a file of its own. What some operations share is in further
 * files, so that a step loads nothing of others; so is what src/ loads later. The toolkit is apart, and so is Octokit,
 * which only asking GitHub needs: all else is this project's code.
 *
 * @param format `cjs`: the bundler's own CommonJS, for a dist/ that nobody reads
 */
export async function bundle(root: string, format: 'esm' | 'cjs' = 'esm'): Promise<OutputChunk[]> {
  const core = new Set<string>()
  const build = await rolldown({
    cwd: root,
    input: { main: 'src/main.ts', post: 'src/post.ts' },
    platform: 'node',
    // Comments in the output name the path of each file: as seen from here, not where a link leads to.
    resolve: { symlinks: false },
    transform: { target: 'node20' },
    plugins: [noteCommon(core, join(root, 'src')), ...toolkitParts()],
    treeshake: { moduleSideEffects: id => /^(?!.*node_modules).*[/\\]src[/\\]/.test(id) },
    onLog(level, { message }) {
      if (level === 'warn') throw new Error(message)
    },
  })
  const { output } = await build.generate({
    format,
    minifyInternalExports: false,
    entryFileNames: '[name].cjs',
    chunkFileNames: fileNameOf,
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

/** With the folder of what several load, such as backups-find.cjs: many files of src/ have one name. */
function fileNameOf({ name, isDynamicEntry, moduleIds }: PreRenderedChunk): string {
  const folder = moduleIds.at(-1)?.match(/[/\\]src[/\\](\w+)[/\\]/)?.[1]
  return isDynamicEntry || folder === undefined || name === 'step' ? '[name].cjs' : `${folder}-[name].cjs`
}

/** So many operations make a file of src/ part of step.cjs: one file of dist/ less for each of them. */
const most = 10

/** Notes the modules of step.cjs: what main.ts imports, and what most operations import. */
function noteCommon(core: Set<string>, src: string): Plugin {
  return {
    name: 'note-common',
    buildEnd() {
      const importsOf = (id: string, known = new Set<string>()) => {
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) {
          if (!imported.startsWith(src) || known.has(imported)) continue
          known.add(imported)
          importsOf(imported, known)
        }
        return known
      }
      for (const id of importsOf(join(src, 'main.ts'))) core.add(id)
      const each = operations.map(name => importsOf(join(src, 'operations', `${name}.ts`)))
      for (const id of each.flatMap(imports => [...imports])) {
        if (each.filter(imports => imports.has(id)).length >= most) core.add(id)
      }
    },
  }
}
