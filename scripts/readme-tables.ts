/** The tables of a README, from the contract and the texts of its language. */
import {
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

/** What src/contract.ts has in English. */
export interface Texts {
  operationSummaries: Readonly<Record<OperationName, string>>
  inputDescriptions: Readonly<Record<InputName, string>>
  inputDefaultTexts: Readonly<Partial<Record<InputName, string>>>
  outputDescriptions: Readonly<Record<OutputName, string>>
}

export interface Words {
  operation: string
  input: string
  output: string
  does: string
  required: string
  optional: string
  from: string
  default: string
  meaning: string
  all: string
  /** Between the names of a list. */
  comma: string
  oneOf: (words: string) => string
  /** Of every operation. */
  common: (required: string, optional: string) => string
}

export interface Language {
  texts: Texts
  words: Words
}

export const english: Language = {
  texts: { operationSummaries, inputDescriptions, inputDefaultTexts, outputDescriptions },
  words: {
    operation: 'Operation',
    input: 'Input',
    output: 'Output',
    does: 'What it does',
    required: 'Required inputs',
    optional: 'Other inputs',
    from: 'From',
    default: 'Default',
    meaning: 'Meaning',
    all: 'all',
    comma: ', ',
    oneOf: words => `One of ${words}.`,
    common: (required, optional) => `Every operation requires ${required} too, and accepts ${optional}.`,
  },
}

const inputEntries = Object.entries(inputs) as [InputName, InputDeclaration][]
const outputEntries = Object.entries(outputs) as [OutputName, OutputDeclaration][]

/** By the names of their marks. */
export function tablesOf(language: Language): Record<string, string> {
  return {
    operations: operationTable(language),
    inputs: inputTable(language),
    outputs: outputTable(language),
  }
}

function operationTable({ texts, words }: Language): string {
  const names = (wanted: (name: InputName, input: InputDeclaration) => boolean) =>
    list(
      inputEntries.flatMap(([name, input]) => (wanted(name, input) ? [name] : [])),
      words,
    )
  const isCommon = (input: InputDeclaration) => input.operations === 'all'
  const rows = operations.map(operation => {
    const isRequired = (name: InputName) => covers(requiredInputs[name], operation)
    const isOwn = (input: InputDeclaration) => !isCommon(input) && covers(input.operations, operation)
    return [
      code(operation),
      texts.operationSummaries[operation],
      names((name, input) => isOwn(input) && isRequired(name)),
      names((name, input) => isOwn(input) && !isRequired(name)),
    ]
  })
  const common = words.common(
    names((name, input) => isCommon(input) && requiredInputs[name] === 'all'),
    names((name, input) => isCommon(input) && requiredInputs[name] !== 'all'),
  )
  return `${table([words.operation, words.does, words.required, words.optional], rows)}\n${common}\n`
}

function inputTable(language: Language): string {
  const { texts, words } = language
  const rows = inputEntries.map(([name, input]) => [
    code(name),
    input.default === undefined ? (texts.inputDefaultTexts[name] ?? '') : code(input.default),
    withWords(name, language),
  ])
  return table([words.input, words.default, words.meaning], rows)
}

function outputTable({ texts, words }: Language): string {
  const rows = outputEntries.map(([name, output]) => [
    code(name),
    output.operations === 'all' ? words.all : list(usersOf(output.operations), words),
    texts.outputDescriptions[name],
  ])
  return table([words.output, words.from, words.meaning], rows)
}

/** The description of an input, and the words that it takes where that names none of them. */
export function withWords(name: InputName, { texts, words }: Language): string {
  const { words: taken = [] }: InputDeclaration = inputs[name]
  const description = texts.inputDescriptions[name]
  if (taken.length === 0 || taken.some(word => description.includes(word))) return description
  return `${description} ${words.oneOf(list(taken, words))}`
}

export function usersOf(declared: 'all' | readonly OperationName[] | undefined): OperationName[] {
  return operations.filter(operation => covers(declared, operation))
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |\n`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, '<br>')
}

export function list(names: readonly string[], { comma }: Pick<Words, 'comma'>): string {
  return names.map(code).join(comma)
}

function code(text: string): string {
  return `\`${text}\``
}
