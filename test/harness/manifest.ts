import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

/** What the runner takes from an action.yml. */
export type Manifest = {
  /** Absolute path of the script of the main stage. */
  main: string
  /** Absolute path of the script of the post stage. */
  post?: string
  postIf: string
  /** Declared inputs in their order, with the default where one is declared. */
  inputs: Map<string, string | undefined>
}

/** Reads the action.yml of an action's folder. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, 'action.yml')
  const document: unknown = parse(await readFile(path, 'utf8'))
  const runs = mapping(mapping(document).runs)
  if (typeof runs.main !== 'string') throw new Error(`${path}: runs.main is missing`)
  const inputs = new Map<string, string | undefined>()
  for (const [name, declaration] of Object.entries(mapping(mapping(document).inputs))) {
    const value = mapping(declaration).default
    inputs.set(name, value === undefined || value === null ? undefined : String(value))
  }
  return {
    main: resolve(folder, runs.main),
    ...(typeof runs.post === 'string' ? { post: resolve(folder, runs.post) } : {}),
    postIf: typeof runs['post-if'] === 'string' ? runs['post-if'] : 'always()',
    inputs,
  }
}

/** Inputs as the action gets them, and the runner's warning about unknown ones. */
export type EvaluatedInputs = { values: Map<string, string>; warning?: string }

/**
 * Merges `with:` and the defaults. A default is used only where the key is
 * absent: an empty value stays empty. Nothing enforces `required`.
 */
export function evaluateInputs(
  manifest: Manifest,
  given: Readonly<Record<string, string>>,
  githubToken: string,
): EvaluatedInputs {
  const values = new Map(Object.entries(given))
  const keys = new Set([...values.keys()].map(key => key.toLowerCase()))
  for (const [name, value] of manifest.inputs) {
    if (!keys.has(name.toLowerCase())) values.set(name, evaluateDefault(value ?? '', githubToken))
  }
  const valid = [...manifest.inputs.keys()]
  const known = new Set(valid.map(name => name.toLowerCase()))
  const unexpected = Object.keys(given).filter(key => !known.has(key.toLowerCase()))
  if (unexpected.length === 0) return { values }
  const warning = `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid.join("', '")}']`
  return { values, warning }
}

/** `INPUT_` names: upper case, blanks become underscores, hyphens stay. */
export function inputName(key: string): string {
  return `INPUT_${key.replaceAll(' ', '_').toUpperCase()}`
}

function evaluateDefault(value: string, githubToken: string): string {
  return value.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    if (expression === 'github.token') return githubToken
    throw new Error(`The default \${{ ${expression} }} is not one this harness can evaluate`)
  })
}

function mapping(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
