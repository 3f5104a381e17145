/** The inputs of a step: all problems at once, before any request. */
import { isIPv4 } from 'node:net'
import { covers, type InputName, inputs, type OperationName, operations } from '../contract.ts'
import { InputError } from '../errors.ts'
import { shortestSecret } from '../secrets.ts'
import { quoteInput } from '../untrusted-text.ts'
import { givenInput, openReader, type Reader, type ReadInput } from './reader.ts'

/** What every operation takes. */
export interface CommonInputs {
  apiKey: string
  /** Without a slash at its end. */
  baseUrl: string
  /** Milliseconds. */
  timeout: number
}

export interface Inputs {
  operation: OperationName
  common: CommonInputs
  /** For what is the operation's own to read. */
  reader: Reader
  /** @throws InputError with every problem found so far */
  check(): void
}

/**
 * @param fallbackKey the API key of the environment
 * @throws InputError with every problem, when it is not known what to do
 */
export function openInputs(read: ReadInput, fallbackKey: string): Inputs {
  const problems: string[] = []
  const check = () => {
    if (problems.length > 0) throw new InputError(problems)
  }
  const operation = openReader(read, undefined, problems).oneOf('operation', operations)
  if (givenInput(read, 'operation') === undefined) {
    problems.push(`operation: expected one of ${operations.join(', ')}; it is empty`)
  }
  const reader = openReader(read, operation, problems)
  const common = readCommon(reader, fallbackKey)
  if (operation === undefined) throw new InputError(problems)
  problems.push(...unusedInputs(read, operation))
  return { operation, common, reader, check }
}

/** An input that the operation does not use is a problem and not silence. */
function unusedInputs(read: ReadInput, operation: OperationName): string[] {
  return (Object.keys(inputs) as InputName[]).flatMap(name => {
    const text = covers(inputs[name].operations, operation) ? undefined : givenInput(read, name)
    return text === undefined ? [] : [`${name}: ${operation} does not use it; got ${quoteInput(text)}`]
  })
}

export function readCommon(reader: Reader, fallbackKey: string): CommonInputs {
  if (reader.boolean('comment-on-pr')) {
    reader.report('comment-on-pr', 'is not available yet in this version')
  }
  reader.optional('github-token')
  return {
    apiKey: readApiKey(reader, fallbackKey),
    baseUrl: readBaseUrl(reader),
    timeout: reader.duration('timeout'),
  }
}

function readApiKey(reader: Reader, fallbackKey: string): string {
  const key = reader.optional('api-key') ?? fallbackKey
  if (key === '') {
    reader.report(
      'api-key',
      'expected a Zilliz Cloud API key here or in the environment variable ZILLIZ_API_KEY; it is empty. Runs for pull requests from forks and from Dependabot get no secrets.',
    )
  } else if (key.length < shortestSecret || !/^[\x21-\x7e]+$/.test(key)) {
    reader.report(
      'api-key',
      `expected an API key of at least ${shortestSecret} visible ASCII characters; got something else (not shown)`,
    )
  }
  return key
}

function readBaseUrl(reader: Reader): string {
  const value = reader.value('base-url')
  const url = URL.canParse(value) ? new URL(value) : undefined
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (url !== undefined && secure && !/[?#@\\]/.test(value)) return url.href.replace(/\/+$/, '')
  // Before an @ stand credentials.
  const got = value.includes('@') ? 'one with an @ (not shown)' : quoteInput(value)
  reader.report(
    'base-url',
    `expected an https address without query, fragment or credentials (http only on loopback); got ${got}`,
  )
  return ''
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
}
