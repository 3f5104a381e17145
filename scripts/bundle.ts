/** The files of dist/, as the bundler makes them of src/. */
import { join } from 'node:path'
import { type OutputChunk, type Plugin, type PreRenderedChunk, rolldown } from 'rolldown'
import { toolkitParts } from './toolkit.ts'

/**
 * What every step loads is step.cjs, and each operation has a file of its own. What some operations share is in further
 * files, so that a step loads nothing of others; so is what src/ loads later. The toolkit is apart, and so is Octokit,
 * which only asking GitHub needs: all else is this project's code.
 */
export async function bundle(root: string): Promise<OutputChunk[]> {
  const core = new Set<string>()
  const build = await rolldown({
    cwd: root,
    input: { main: 'src/main.ts', post: 'src/post.ts' },
    platform: 'node',
    // Comments in the output name the path of each file: as seen from here, not where a link leads to.
    resolve: { symlinks: false },
    transform: { target: 'node20' },
    plugins: [noteStatic(core, join(root, 'src/main.ts')), ...toolkitParts()],
    treeshake: { moduleSideEffects: id => /^(?!.*node_modules).*[/\\]src[/\\]/.test(id) },
    onLog(level, { message }) {
      if (level === 'warn') throw new Error(message)
    },
  })
  const { output } = await build.generate({
    format: 'esm',
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

/** Notes the modules that each step loads, whatever its operation: what main.ts imports, and what that imports. */
function noteStatic(core: Set<string>, main: string): Plugin {
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
      note(main)
    },
  }
}
