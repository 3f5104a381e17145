import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'
import {
  action,
  type InputDeclaration,
  type InputName,
  inputDefaultTexts,
  inputs,
  type OperationName,
  type OutputDeclaration,
  type OutputName,
  outputDescriptions,
  outputs,
  requiredInputs,
} from '../src/contract.ts'
import { benchTable } from './bench-table.ts'
import { chinese } from './chinese.ts'
import { english, type Language, list, type Texts, tablesOf, usersOf, withWords } from './readme-tables.ts'
import { receiptSchema, receiptTable, shownTable } from './receipt.ts'

const readmes: Readonly<Record<string, Language>> = { 'README.md': english, 'README.zh-CN.md': chinese }

const root = dirname(import.meta.dirname)
const checking = process.argv.includes('--check')

const inputEntries = Object.entries(inputs) as [InputName, InputDeclaration][]
const outputEntries = Object.entries(outputs) as [OutputName, OutputDeclaration][]

for (const [file, language] of Object.entries(readmes)) proveTexts(file, language)
save('action.yml', actionYml())
for (const [file, language] of Object.entries(readmes)) save(file, readme(file, language))
save('docs/receipt.schema.json', receiptSchema())
save('docs/receipt.md', receiptPage('docs/receipt.md'))
save('DESIGN.md', replaceBlock('DESIGN.md', read('DESIGN.md'), 'bench', benchTable(root)))

function proveTexts(file: string, { texts }: Language): void {
  for (const kind of Object.keys(english.texts) as (keyof Texts)[]) {
    const translated: Readonly<Record<string, string>> = texts[kind]
    for (const name of Object.keys(english.texts[kind])) proveText(name, translated[name], file)
  }
}

function proveText(name: string, text: string | undefined, file: string): void {
  if (text === undefined || text.trim() === '') {
    throw new Error(`${name} has no text in the language of ${file}`)
  }
  // GitHub refuses to load an action with an expression in a description.
  if (text.includes('${{')) throw new Error(`the text of ${name} for ${file} holds an expression`)
}

function actionYml(): string {
  const face = {
    ...action,
    inputs: Object.fromEntries(
      inputEntries.map(([name, input]) => [
        name,
        {
          description: inputInWords(name, input),
          // An input that has another source may well be absent, and linters would then complain in vain.
          ...(requiredInputs[name] === 'all' && inputDefaultTexts[name] === undefined
            ? { required: true }
            : {}),
          ...(input.default === undefined ? {} : { default: input.default }),
        },
      ]),
    ),
    outputs: Object.fromEntries(
      outputEntries.map(([name, output]) => [
        name,
        { description: sentences(outputDescriptions[name], usedBy('From', output.operations)) },
      ]),
    ),
    runs: {
      using: 'node20',
      main: 'dist/main.cjs',
      ...(existsSync(join(root, 'src/post.ts')) ? { post: 'dist/post.cjs' } : {}),
    },
  }
  return `# Made by "npm run render" from src/contract.ts.\n${stringify(face, { lineWidth: 0 })}`
}

function inputInWords(name: InputName, input: InputDeclaration): string {
  const requiredBy = requiredInputs[name]
  const defaultText = inputDefaultTexts[name]
  return sentences(
    withWords(name, english),
    usedBy('For', input.operations),
    requiredBy === 'all' || requiredBy === undefined ? '' : usedBy('Required by', usersOf(requiredBy)),
    defaultText === undefined ? '' : `Default: ${defaultText}.`,
  )
}

function usedBy(preposition: string, declared: 'all' | readonly OperationName[]): string {
  return declared === 'all' ? '' : `${preposition} ${list(declared, english.words)}.`
}

function sentences(...parts: readonly string[]): string {
  return parts.filter(part => part !== '').join(' ')
}

function readme(file: string, language: Language): string {
  let text = read(file)
  for (const [name, content] of Object.entries(tablesOf(language))) {
    text = replaceBlock(file, text, name, content)
  }
  return text
}

function receiptPage(file: string): string {
  const withFields = replaceBlock(file, read(file), 'fields', receiptTable())
  return replaceBlock(file, withFields, 'shown', shownTable())
}

function replaceBlock(file: string, text: string, name: string, content: string): string {
  const start = `<!-- ${name}:start -->`
  const end = `<!-- ${name}:end -->`
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`${file} lacks the marks ${start} and ${end}`)
  return `${text.slice(0, from + start.length)}\n\n${content}\n${text.slice(to)}`
}

function read(file: string): string {
  const path = join(root, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

function save(file: string, text: string): void {
  if (read(file) === text) return
  if (checking) {
    console.error(`${file} does not follow its source: run "npm run render".`)
    process.exitCode = 1
  } else {
    writeFileSync(join(root, file), text)
    console.log(`${file} written`)
  }
}
