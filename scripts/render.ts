import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'
import {
  action,
  covers,
  type InputDeclaration,
  type InputName,
  inputDefaultTexts,
  inputDescriptions,
  inputs,
  type OperationName,
  type OutputDeclaration,
  type OutputName,
  operationSummaries,
  operations,
  outputDescriptions,
  outputs,
  requiredInputs,
} from '../src/contract.ts'

interface Words {
  operation: string
  input: string
  output: string
  does: string
  usedBy: string
  default: string
  meaning: string
  all: string
  required: string
}

const readmes: Readonly<Record<string, Words>> = {
  'README.md': {
    operation: 'Operation',
    input: 'Input',
    output: 'Output',
    does: 'What it does',
    usedBy: 'Operations',
    default: 'Default',
    meaning: 'Meaning',
    all: 'all',
    required: '\\* required by that operation',
  },
  'README.zh-CN.md': {
    operation: '操作',
    input: '输入',
    output: '输出',
    does: '作用',
    usedBy: '适用操作',
    default: '默认值',
    meaning: '含义',
    all: '全部',
    required: '\\* 该操作必填',
  },
}

const root = dirname(import.meta.dirname)
const checking = process.argv.includes('--check')

const inputEntries = Object.entries(inputs) as [InputName, InputDeclaration][]
const outputEntries = Object.entries(outputs) as [OutputName, OutputDeclaration][]

proveDescriptions()
save('action.yml', actionYml())
for (const [file, words] of Object.entries(readmes)) {
  if (existsSync(join(root, file))) save(file, readme(file, words))
}

function proveDescriptions(): void {
  const described = { ...inputDescriptions, ...outputDescriptions }
  for (const [name, description] of Object.entries(described)) {
    if (description.trim() === '') throw new Error(`${name} has no description`)
    // GitHub refuses to load an action with an expression in a description.
    if (description.includes('${{')) throw new Error(`the description of ${name} holds an expression`)
  }
}

function usersOf(declared: 'all' | readonly OperationName[] | undefined): OperationName[] {
  return operations.filter(operation => covers(declared, operation))
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
    withWords(name, input),
    usedBy('For', input.operations),
    requiredBy === 'all' || requiredBy === undefined ? '' : `Required by ${list(usersOf(requiredBy))}.`,
    defaultText === undefined ? '' : `Default: ${defaultText}.`,
  )
}

function withWords(name: InputName, { words = [] }: InputDeclaration): string {
  const description = inputDescriptions[name]
  return words.some(word => description.includes(word)) ? description : sentences(description, oneOf(words))
}

function oneOf(words: readonly string[]): string {
  return words.length === 0 ? '' : `One of ${list(words)}.`
}

function usedBy(preposition: string, declared: 'all' | readonly OperationName[]): string {
  return declared === 'all' ? '' : `${preposition} ${list(declared)}.`
}

function list(words: readonly string[]): string {
  return words.map(code).join(', ')
}

function sentences(...parts: readonly string[]): string {
  return parts.filter(part => part !== '').join(' ')
}

function readme(file: string, words: Words): string {
  const tables = {
    operations: table(
      [words.operation, words.does],
      operations.map(operation => [code(operation), operationSummaries[operation]]),
    ),
    inputs: `${table(
      [words.input, words.usedBy, words.default, words.meaning],
      inputEntries.map(([name, input]) => [
        requiredInputs[name] === 'all' ? `${code(name)} \\*` : code(name),
        users(input.operations, requiredInputs[name], words),
        input.default === undefined ? (inputDefaultTexts[name] ?? '') : code(input.default),
        withWords(name, input),
      ]),
    )}\n${words.required}\n`,
    outputs: table(
      [words.output, words.usedBy, words.meaning],
      outputEntries.map(([name, output]) => [
        code(name),
        users(output.operations, undefined, words),
        outputDescriptions[name],
      ]),
    ),
  }
  let text = read(file)
  for (const [name, content] of Object.entries(tables)) text = replaceBlock(file, text, name, content)
  return text
}

function users(
  declared: 'all' | readonly OperationName[],
  requiredBy: 'all' | readonly OperationName[] | undefined,
  words: Words,
): string {
  if (declared === 'all') return words.all
  return usersOf(declared)
    .map(operation => (covers(requiredBy, operation) ? `${code(operation)} \\*` : code(operation)))
    .join(', ')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |\n`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, '<br>')
}

function code(text: string): string {
  return `\`${text}\``
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
    console.error(`${file} does not follow src/contract.ts: run "npm run render".`)
    process.exitCode = 1
  } else {
    writeFileSync(join(root, file), text)
    console.log(`${file} written`)
  }
}
