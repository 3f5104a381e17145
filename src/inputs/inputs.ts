/** The inputs of a step: all problems at once, before any request. */
import {
  covers,
  defaultBaseUrl,
  type InputName,
  inputs,
  type OperationName,
  operations,
} from '../contract.ts'
import { InputError } from '../errors.ts'
import { quoteInput } from '../untrusted-text.ts'
import { readApiKey, readBaseUrl } from './access.ts'
import type { Fallbacks } from './misspelt.ts'
import { declarationOf, givenInput, openReader, type Reader, type ReadInput } from './reader.ts'

/** What every operation takes. */
export interface CommonInputs {
  apiKey: string
  /** Without a slash at its end. */
  baseUrl: string
  /** Milliseconds. */
  timeout: number
}

/** What of the environment stands in for inputs, or looks like them. */
export interface Environment {
  /** '' without one. */
  apiKey: string
  /** '' without one. */
  baseUrl: string
  /** Of a pull request from a fork, or of Dependabot. */
  getsNoSecrets: () => boolean
  /** The variables whose names begin with `INPUT_`. */
  inputVariables: ReadonlyMap<string, string>
}

export interface Inputs {
  operation: OperationName
  common: CommonInputs
  /** Of `comment-on-pr`, with what GitHub takes for it; apart, so that an operation has the token only if it reads it. */
  comment: { token: string } | undefined
  /** For what is the operation's own to read. */
  reader: Reader
  /** @throws InputError with every problem found so far */
  check(): void
}

/** @throws InputError with every problem, when it is not known what to do */
export async function openInputs(read: ReadInput, environment: Environment): Promise<Inputs> {
  const problems: string[] = []
  const refuse = () => new InputError(inOrder(problems, environment.inputVariables))
  const check = () => {
    if (problems.length > 0) throw refuse()
  }
  const operation = openReader(read, undefined, problems).oneOf('operation', operations)
  if (givenInput(read, 'operation') === undefined) {
    problems.push(`operation: expected one of ${operations.join(', ')}; it is empty`)
  }
  const fallbacks = { 'api-key': environment.apiKey, 'base-url': environment.baseUrl || defaultBaseUrl }
  problems.push(...(await misspelt(environment.inputVariables, read, fallbacks)), ...emptyGuards(read))
  const reader = openReader(read, operation, problems)
  const comment = readComment(reader)
  const common = await readCommon(reader, environment)
  if (operation === undefined) throw refuse()
  problems.push(...unusedInputs(read, operation))
  return { operation, common, comment, reader, check }
}

/** As the step has its lines: the runner passes them in their order, and the defaults of the others behind. */
function inOrder(problems: readonly string[], variables: ReadonlyMap<string, string>): string[] {
  const order = [...variables.keys()].map(variable => variable.toUpperCase())
  const position = (problem: string) => {
    const [name = ''] = problem.split(':')
    const index = order.indexOf(`INPUT_${name.toUpperCase()}`)
    return index === -1 ? order.length : index
  }
  return [...problems].sort((one, other) => position(one) - position(other))
}

const names = Object.keys(inputs) as InputName[]
const variablesOfInputs = new Set(names.map(name => `INPUT_${name.toUpperCase()}`))

/** Most steps have no other variables of this kind. */
async function misspelt(
  variables: Environment['inputVariables'],
  read: ReadInput,
  fallbacks: Fallbacks,
): Promise<string[]> {
  if ([...variables.keys()].every(variable => variablesOfInputs.has(variable))) return []
  const { misspeltInputs } = await import('./misspelt.ts')
  return misspeltInputs(variables, read, fallbacks)
}

/** An expression that came out empty is not "no guard", whatever the operation. */
function emptyGuards(read: ReadInput): string[] {
  return names.flatMap(name => {
    const { guard, default: declared } = declarationOf(name)
    if (guard === undefined || read(name) !== '') return []
    return [
      `${name}: it is empty, which must not be taken for ${declared}. Leave it out, or write \${{ inputs.${name} || '${declared}' }}`,
    ]
  })
}

/** An input that the operation does not use is a problem and not silence. */
function unusedInputs(read: ReadInput, operation: OperationName): string[] {
  return names.flatMap(name => {
    const text = covers(inputs[name].operations, operation) ? undefined : givenInput(read, name)
    return text === undefined ? [] : [`${name}: ${operation} does not use it; got ${quoteInput(text)}`]
  })
}

/** '' without a token, which must not fail the step. */
function readComment(reader: Reader): { token: string } | undefined {
  const token = reader.optional('github-token') ?? ''
  return reader.boolean('comment-on-pr') ? { token } : undefined
}

export async function readCommon(reader: Reader, environment: Environment): Promise<CommonInputs> {
  return {
    apiKey: await readApiKey(reader, environment),
    baseUrl: await readBaseUrl(reader, environment.baseUrl),
    timeout: reader.duration('timeout'),
  }
}
