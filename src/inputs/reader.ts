import { covers, type InputDeclaration, type InputName, inputs, type OperationName } from '../contract.ts'
import { parseDuration } from '../duration.ts'
import { isSafeId } from '../ids.ts'

/** Reads one input as the workflow gave it, trimmed; '' when it is not there. */
export type ReadInput = (name: InputName) => string

/**
 * Reads inputs one by one as what they should be. What is wrong becomes a problem that names the input,
 * what was expected and what came; the value returned then is a stand-in that is never used.
 */
export interface Reader {
  /** The value; undefined when the input is absent, empty, or equal to its declared default. */
  optional(name: InputName): string | undefined
  /** The value or the declared default. */
  value(name: InputName): string
  id(name: InputName): string
  optionalId(name: InputName): string | undefined
  /** One a line or comma separated; each once. */
  list(name: InputName): string[]
  ids(name: InputName): string[]
  /** One of a fixed set, in any case, returned in the spelling of the set. */
  oneOf<Word extends string>(name: InputName, words: readonly Word[]): Word | undefined
  boolean(name: InputName): boolean
  /** Milliseconds. */
  duration(name: InputName): number
  optionalDuration(name: InputName): number | undefined
  wholeNumber(name: InputName, least: number, most: number): number | undefined
  problem(name: InputName, text: string): void
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
  const problem = (name: InputName, text: string) => {
    problems.push(`${name}: ${text}`)
  }
  const wrong = (name: InputName, expected: string, got: string | undefined) =>
    problem(name, `expected ${expected}; got ${quoteInput(got)}`)

  const optional = (name: InputName) => {
    if (operation !== undefined && !covers(inputs[name].operations, operation)) {
      throw new Error(`${operation} reads ${name}, which the contract does not give it`)
    }
    return givenInput(read, name)
  }
  const value = (name: InputName) => optional(name) ?? (inputs[name] as InputDeclaration).default ?? ''

  const optionalId = (name: InputName) => {
    const text = optional(name)
    if (text === undefined || isId(text)) return text
    wrong(name, 'an id without slashes, blanks and control characters', text)
    return undefined
  }
  const list = (name: InputName) => [
    ...new Set(
      (optional(name) ?? '')
        .split(/[\r\n,]+/)
        .map(item => item.trim())
        .filter(item => item !== ''),
    ),
  ]
  const optionalDuration = (name: InputName) => {
    const text = optional(name) ?? (inputs[name] as InputDeclaration).default
    if (text === undefined) return undefined
    const milliseconds = parseDuration(text)
    if (milliseconds === undefined) wrong(name, 'a duration such as 90s, 45m or 1h30m', text)
    return milliseconds
  }
  const oneOf = <Word extends string>(name: InputName, words: readonly Word[]) => {
    const text = value(name)
    if (text === '') return undefined
    const found = words.find(candidate => candidate.toLowerCase() === text.toLowerCase())
    if (found === undefined) wrong(name, `one of ${words.join(', ')}`, text)
    return found
  }

  return {
    optional,
    value,
    id(name) {
      if (optional(name) === undefined) wrong(name, 'an id', undefined)
      return optionalId(name) ?? ''
    },
    optionalId,
    list,
    ids(name) {
      const items = list(name)
      if (optional(name) !== undefined && items.length === 0) wrong(name, 'ids', optional(name))
      for (const item of items) {
        if (!isId(item)) wrong(name, 'ids without slashes, blanks and control characters', item)
      }
      return items
    },
    oneOf,
    boolean: name => oneOf(name, ['true', 'false'] as const) === 'true',
    duration: name => optionalDuration(name) ?? 0,
    optionalDuration,
    wholeNumber(name, least, most) {
      const text = optional(name)
      if (text === undefined) return undefined
      const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
      if (number >= least && number <= most) return number
      wrong(name, `a whole number from ${least} to ${most}`, text)
      return undefined
    },
    problem,
  }
}

/** An empty value and one equal to the declared default both mean "not given". */
export function givenInput(read: ReadInput, name: InputName): string | undefined {
  const text = read(name)
  const { default: declared, words } = inputs[name] as InputDeclaration
  const anyCase = words !== undefined || declared === 'true' || declared === 'false'
  const isDefault = text === declared || (anyCase && text.toLowerCase() === declared?.toLowerCase())
  return text === '' || isDefault ? undefined : text
}

/** A value for an error: quoted, on one line, not without end. */
export function quoteInput(text: string | undefined): string {
  if (text === undefined || text === '') return 'nothing'
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text)
}

/** Ids of the service have no blanks: one in an input is a slip. */
function isId(text: string): boolean {
  return isSafeId(text) && !/\s/.test(text)
}
