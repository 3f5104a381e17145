/** The inputs of a step: all problems at once, before any request. */
import { covers, type InputName, inputs, type OperationName, operations } from '../contract.ts'
import { InputError } from '../errors.ts'
import { quoteInput } from '../untrusted-text.ts'
import { defaultBaseUrl, readApiKey, readBaseUrl } from './access.ts'
import { misspeltInputs } from './misspelt.ts'
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
  getsNoSecrets: boolean
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
export function openInputs(read: ReadInput, environment: Environment): Inputs {
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
  problems.push(...misspeltInputs(environment.inputVariables, read, fallbacks), ...emptyGuards(read))
  const reader = openReader(read, operation, problems)
  const comment = readComment(reader)
  const common = readCommon(reader, environment)
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

export function readCommon(reader: Reader, environment: Environment): CommonInputs {
  return {
    apiKey: readApiKey(reader, environment),
    baseUrl: readBaseUrl(reader, environment.baseUrl),
    timeout: reader.duration('timeout'),
  }
}
