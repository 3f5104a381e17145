/** Reading one input as what it should be. */
import { covers, type InputDeclaration, type InputName, inputs, type OperationName } from '../contract.ts'
import { parseDuration } from '../duration.ts'
import { isSafeId, quoteInput } from '../untrusted-text.ts'

/** Reads one input as the workflow gave it, trimmed; '' when it is not there. */
export type ReadInput = (name: InputName) => string

/**
 * Reads inputs one by one. What is wrong becomes a problem that names the input, what was expected and what came;
 * the value returned then is a placeholder that is never used.
 */
export interface Reader {
  /** The value; undefined when the input is absent, empty, or equal to its declared default. */
  optional(name: InputName): string | undefined
  /** The value or the declared default. */
  value(name: InputName): string
  id(name: InputName): string
  optionalId(name: InputName): string | undefined
  /** One per line or comma separated; each once. */
  list(name: InputName): string[]
  ids(name: InputName): string[]
  /** One of a fixed set, in any case, returned in the spelling of the set. */
  oneOf<Word extends string>(name: InputName, words: readonly Word[]): Word | undefined
  boolean(name: InputName): boolean
  /** Milliseconds. */
  duration(name: InputName): number
  optionalDuration(name: InputName): number | undefined
  wholeNumber(name: InputName, range: Range): number | undefined
  report(name: InputName, problem: string): void
}

interface Range {
  least: number
  most: number
}

/** What all ways of reading need. */
interface Source {
  optional(name: InputName): string | undefined
  value(name: InputName): string
  report(name: InputName, problem: string): void
  expected(name: InputName, expected: string, got: string | undefined): void
}

/**
 * @param operation once it is known, only the inputs it uses may be asked for
 * @param problems collects what is wrong
 */
export function openReader(
  read: ReadInput,
  operation: OperationName | undefined,
  problems: string[],
): Reader {
  const report = (name: InputName, problem: string) => {
    problems.push(`${name}: ${problem}`)
  }
  const optional = (name: InputName) => {
    if (operation !== undefined && !covers(inputs[name].operations, operation)) {
      throw new Error(`${operation} reads ${name}, which the contract does not give it`)
    }
    return givenInput(read, name)
  }
  const source: Source = {
    optional,
    value: name => optional(name) ?? declarationOf(name).default ?? '',
    report,
    expected: (name, expected, got) => report(name, `expected ${expected}; ${describeInput(got)}`),
  }
  return { ...source, ...idReaders(source), ...wordReaders(source), ...numberReaders(source) }
}

/** An empty value and one equal to the declared default both mean "not given". */
export function givenInput(read: ReadInput, name: InputName): string | undefined {
  const text = read(name)
  const { default: declared, words } = declarationOf(name)
  const anyCase = words !== undefined || declared === 'true' || declared === 'false'
  const isDefault = text === declared || (anyCase && text.toLowerCase() === declared?.toLowerCase())
  return text === '' || isDefault ? undefined : text
}

function declarationOf(name: InputName): InputDeclaration {
  return inputs[name]
}

function idReaders(source: Source): Pick<Reader, 'id' | 'optionalId' | 'list' | 'ids'> {
  const { optional, expected } = source
  const optionalId = (name: InputName) => {
    const text = optional(name)
    if (text === undefined || isId(text)) return text
    expected(name, 'an id without slashes, blanks and control characters', text)
    return undefined
  }
  const list = (name: InputName) => listItems(optional(name) ?? '')
  return {
    optionalId,
    id(name) {
      if (optional(name) === undefined) expected(name, 'an id', undefined)
      return optionalId(name) ?? ''
    },
    list,
    ids(name) {
      const items = list(name)
      const text = optional(name)
      if (text !== undefined && items.length === 0) expected(name, 'ids', text)
      for (const item of items) {
        if (!isId(item)) expected(name, 'ids without slashes, blanks and control characters', item)
      }
      return items
    },
  }
}

function wordReaders({ value, expected }: Source): Pick<Reader, 'oneOf' | 'boolean'> {
  const oneOf = <Word extends string>(name: InputName, words: readonly Word[]) => {
    const text = value(name)
    if (text === '') return undefined
    const found = words.find(candidate => candidate.toLowerCase() === text.toLowerCase())
    if (found === undefined) expected(name, `one of ${words.join(', ')}`, text)
    return found
  }
  return { oneOf, boolean: name => oneOf(name, ['true', 'false'] as const) === 'true' }
}

function numberReaders(source: Source): Pick<Reader, 'duration' | 'optionalDuration' | 'wholeNumber'> {
  const { optional, expected } = source
  const optionalDuration = (name: InputName) => {
    const text = optional(name) ?? declarationOf(name).default
    if (text === undefined) return undefined
    const milliseconds = parseDuration(text)
    if (milliseconds === undefined) expected(name, 'a duration such as 90s, 45m or 1h30m', text)
    return milliseconds
  }
  return {
    duration: name => optionalDuration(name) ?? 0,
    optionalDuration,
    wholeNumber(name, { least, most }) {
      const text = optional(name)
      if (text === undefined) return undefined
      const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
      if (number >= least && number <= most) return number
      expected(name, `a whole number from ${least} to ${most}`, text)
      return undefined
    },
  }
}

function listItems(text: string): string[] {
  const items = text.split(/[\r\n,]+/).map(item => item.trim())
  return [...new Set(items.filter(item => item !== ''))]
}

/** The end of the sentence "expected …; …". */
function describeInput(text: string | undefined): string {
  return text === undefined ? 'it is empty' : `got ${quoteInput(text)}`
}

/** Ids of the service have no blanks: one in an input is a slip. */
function isId(text: string): boolean {
  return isSafeId(text) && !/\s/.test(text)
}
