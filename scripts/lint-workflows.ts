import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { validateAction, validateWorkflow } from '@action-validator/core'
import type {
  ActionsMetadataProvider,
  registerLogger,
  ValidationConfig,
  validate,
} from '@actions/languageservice'
import { type Plugin, rolldown } from 'rolldown'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'

interface LanguageService {
  validate: typeof validate
  registerLogger: typeof registerLogger
  TextDocument: typeof TextDocument
}

const root = dirname(import.meta.dirname)
const require = createRequire(import.meta.url)
const named = process.argv.slice(2).map(path => resolve(path))
const paths =
  named.length > 0 ? named : [join(root, 'action.yml'), ...workflowsIn('.github/workflows', 'examples')]
const service = await loadLanguageService()

let problems = 0
for (const path of paths) {
  const text = readFileSync(path, 'utf8')
  const found = [...askActionValidator(path, text), ...(await askLanguageService(path, text))]
  for (const problem of found) console.error(`${relative(process.cwd(), path)}${problem}`)
  problems += found.length
}
console.log(`${paths.length} files of GitHub Actions checked, ${problems} problems`)

process.exitCode = problems > 0 ? 1 : 0

function workflowsIn(...folders: readonly string[]): string[] {
  return folders.flatMap(folder => {
    const path = join(root, folder)
    const files = existsSync(path) ? readdirSync(path).sort() : []
    return files.filter(file => /\.ya?ml$/.test(file)).map(file => join(path, file))
  })
}

function isAction(path: string): boolean {
  return /^action\.ya?ml$/.test(basename(path))
}

function askActionValidator(path: string, text: string): string[] {
  // Its schema lacks this right, which the other linters know.
  const known = text.replace(/^ +attestations: (?:read|write)\b.*$/gm, '')
  const { errors } = isAction(path) ? validateAction(text) : validateWorkflow(known)
  return errors.map(({ title, detail, ...where }) => {
    const place = 'path' in where ? ` ${where.path}` : ''
    return `:${place} ${title}${detail === undefined ? '' : `: ${detail}`} (action-validator)`
  })
}

async function askLanguageService(path: string, text: string): Promise<string[]> {
  const failures: string[] = []
  const log = (message: string) => failures.push(`: ${message} (languageservice)`)
  // It reports its own breakdown to a logger only, and would otherwise call the file good.
  service.registerLogger({ error: log, warn: log, info() {}, log() {} })
  const document = service.TextDocument.create(pathToFileURL(path).href, 'yaml', 1, text)
  const found = await service.validate(document, {
    actionsMetadataProvider: ourAction(),
    fileProvider: workflowsBeside(path),
  })
  return [
    ...failures,
    ...found.map(({ range, message }) => {
      return `:${range.start.line + 1}:${range.start.character + 1} ${message} (languageservice)`
    }),
  ]
}

/** Lets it compare the inputs in workflows with action.yml; of other people's actions nothing is known without a network. */
function ourAction(): ActionsMetadataProvider {
  return {
    async fetchActionMetadata({ name, path }) {
      const ours = path === undefined && name === packageName()
      return ours ? parse(readFileSync(join(root, 'action.yml'), 'utf8')) : { name, description: '' }
    },
  }
}

/** Lets it compare the call of a reusable workflow with that workflow: those that call each other share a folder. */
function workflowsBeside(path: string): NonNullable<ValidationConfig['fileProvider']> {
  return {
    async getFileContent(reference) {
      const file = join(dirname(path), basename(reference.path))
      return { name: reference.path, content: readFileSync(file, 'utf8') }
    },
  }
}

function packageName(): string {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).name
}

/** As published, node cannot load it: it imports JSON without saying so. */
async function loadLanguageService(): Promise<LanguageService> {
  const folder = mkdtempSync(join(tmpdir(), 'languageservice-'))
  const outfile = join(folder, 'languageservice.cjs')
  try {
    const bundle = await rolldown({
      cwd: root,
      input: 'languageservice',
      platform: 'node',
      plugins: [entry()],
    })
    await bundle.write({ file: outfile, format: 'cjs', codeSplitting: false })
    return require(outfile)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What is needed of it, as the source of a module. */
function entry(): Plugin {
  return {
    name: 'entry',
    resolveId: id => (id === 'languageservice' ? join(root, 'languageservice.js') : undefined),
    load: id =>
      id === join(root, 'languageservice.js')
        ? `export { registerLogger, validate } from '@actions/languageservice'
          export { TextDocument } from 'vscode-languageserver-textdocument'`
        : undefined,
  }
}
