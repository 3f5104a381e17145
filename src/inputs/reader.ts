/** Reading one input as what it should be. */
import { covers, type InputDeclaration, type InputName, inputs, type OperationName } from '../contract.ts'
import { parseDuration } from '../duration.ts'
import { quoteInput } from '../untrusted-text.ts'
import { readList } from './list.ts'

/** Reads one input as the workflow gave it, trimmed; undefined when the runner has no such input. */
export type ReadInput = (name: InputName) => string | undefined

/**
 * Reads inputs one by one. What is wrong becomes a problem that names the input, what was expected and what came;
 * the value returned then is a placeholder that is never used.
 */
export interface Reader {
  /** The value; undefined when the input is absent, empty, or equal to its declared default. */
  optional(name: InputName): string | undefined
  id(name: InputName): string
  optionalId(name: InputName): string | undefined
  /** One per line, comma separated, or a JSON array of texts; each once. */
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
  const source: Source = {
    optional(name) {
      if (operation !== undefined && !covers(inputs[name].operations, operation)) {
        throw new Error(`${operation} reads ${name}, which the contract does not give it`)
      }
      return givenInput(read, name)
    },
    report,
    expected: (name, expected, got) => report(name, `expected ${expected}; ${describeInput(got)}`),
  }
  return { ...source, ...idReaders(source), ...wordReaders(source), ...numberReaders(source) }
}

/** An empty value and one equal to the declared default both mean "not given". */
export function givenInput(read: ReadInput, name: InputName): string | undefined {
  const text = read(name) ?? ''
  const { default: declared = '' } = declarationOf(name)
  const isDefault = text === declared || (ignoresCase(name) && text.toLowerCase() === declared.toLowerCase())
  return text === '' || isDefault ? undefined : text
}

/** Words, and what guards something. */
export function ignoresCase(name: InputName): boolean {
  const { default: declared, words, guard } = declarationOf(name)
  return words !== undefined || guard === true || declared === 'true' || declared === 'false'
}

export function declarationOf(name: InputName): InputDeclaration {
  return inputs[name]
}

function idReaders(source: Source): Pick<Reader, 'id' | 'optionalId' | 'list' | 'ids'> {
  const { optional, expected, report } = source
  const check = (name: InputName, text: string): boolean => {
    const wrong = firstNonIdCharacter(text)
    if (wrong !== undefined) {
      expected(name, `an id of letters, digits, _ and -, no ${describeCharacter(wrong)}`, text)
    }
    return wrong === undefined
  }
  const optionalId = (name: InputName) => {
    const text = optional(name)
    return text !== undefined && check(name, text) ? text : undefined
  }
  const list = (name: InputName) => {
    const { guard, default: declared } = declarationOf(name)
    const nothing = guard
      ? `holds no id or name, which must not be taken for ${declared}. Leave it out, or write ${declared}`
      : undefined
    return readList(optional(name) ?? '', problem => report(name, problem), nothing)
  }
  return {
    optionalId,
    id(name) {
      if (optional(name) === undefined) report(name, `expected an id; it is empty. ${variableHint}`)
      return optionalId(name) ?? ''
    },
    list,
    ids: name => list(name).filter(item => check(name, item)),
  }
}

function wordReaders({ optional, expected }: Source): Pick<Reader, 'oneOf' | 'boolean'> {
  const oneOf = <Word extends string>(name: InputName, words: readonly Word[]) => {
    const text = optional(name) ?? declarationOf(name).default
    if (text === undefined) return undefined
    const found = words.find(candidate => candidate.toLowerCase() === text.toLowerCase())
    if (found === undefined) expected(name, `one of ${words.join(', ')}`, text)
    return found
  }
  return { oneOf, boolean: name => oneOf(name, ['true', 'false'] as const) === 'true' }
}

function numberReaders({
  optional,
  expected,
}: Source): Pick<Reader, 'duration' | 'optionalDuration' | 'wholeNumber'> {
  const parse = (name: InputName, text: string) => {
    const milliseconds = parseDuration(text)
    if (milliseconds === undefined) expected(name, 'a duration such as 90s, 45m or 1h30m', text)
    return milliseconds
  }
  return {
    duration: name => parse(name, optional(name) ?? declarationOf(name).default ?? '') ?? 0,
    optionalDuration(name) {
      const text = optional(name)
      return text === undefined ? undefined : parse(name, text)
    },
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

const variableHint = 'If it comes from a variable: is that set (Settings, Secrets and variables, Actions)?'

/** The end of the sentence "expected …; …". */
function describeInput(text: string | undefined): string {
  return text === undefined ? 'it is empty' : `got ${quoteInput(text)}`
}

/** Beyond its characters an id is opaque (F14): no prefix or length is asked for. */
function firstNonIdCharacter(text: string): string | undefined {
  return [...text].find(character => !/[A-Za-z0-9_-]/.test(character))
}

/** `"/"`, or for one that cannot be seen or is easily mistaken for another, `U+200B`. */
export function describeCharacter(character: string): string {
  if (character === ' ') return 'blank'
  if (/[!-~]/.test(character)) return `"${character}"`
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
