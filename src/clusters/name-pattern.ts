/** The input `name-pattern`: which names of clusters it matches, and the number of the pull request in them. */
import { describeCharacter, type Reader } from '../inputs/reader.ts'
import { quoteInput } from '../untrusted-text.ts'
import { firstWrongCharacter, longestName } from './name.ts'

export interface NamePattern {
  /** `pull-request`: `{pr}`, 1 to 10 digits; `any`: `*`, at least one character. */
  kind: 'pull-request' | 'any'
  before: string
  after: string
}

/** An expression that came out empty leaves less than this of a pattern, which would match what nobody meant. */
const leastOther = 3

/** @returns what is wrong with it as a text */
export function parseNamePattern(text: string): NamePattern | string {
  const [before = '', placeholder, after = '', ...more] = text.split(/(\{pr\}|\*)/)
  const expected = (what: string, why: string) => `expected ${what}; got ${quoteInput(text)}, which ${why}`
  if (placeholder === undefined) return expected(onePlaceholder, 'has neither')
  if (more.length > 0) return expected(onePlaceholder, 'has more than one')
  const other = [...before, ...after]
  const wrong = firstWrongCharacter(before + after)
  if (wrong !== undefined) {
    const what = `letters, digits, blanks, _, - and Han characters around ${placeholder}`
    return expected(what, `has ${describeCharacter(wrong)}`)
  }
  if (other.length < leastOther) {
    return expected(
      `at least ${leastOther} other characters around ${placeholder}`,
      `has ${other.length}: is the variable in it set?`,
    )
  }
  if (other.length > longestName) {
    return expected(`at most ${longestName} other characters around ${placeholder}`, `has ${other.length}`)
  }
  return { kind: placeholder === '*' ? 'any' : 'pull-request', before, after }
}

const onePlaceholder = 'a name with exactly one {pr} or exactly one *'

/** Undefined after a problem. */
export function readNamePattern(reader: Reader): NamePattern | undefined {
  const text = reader.optional('name-pattern')
  const parsed = text === undefined ? `expected ${onePlaceholder}; it is empty` : parseNamePattern(text)
  if (typeof parsed !== 'string') return parsed
  reader.report('name-pattern', parsed)
  return undefined
}

/** As the workflow has it. */
export function textOfPattern({ kind, before, after }: NamePattern): string {
  return `${before}${kind === 'any' ? '*' : '{pr}'}${after}`
}

/** What of a whole name stands for the placeholder; undefined where the name does not match. Case matters. */
export function matchOf({ kind, before, after }: NamePattern, name: string): string | undefined {
  const isAround = name.startsWith(before) && name.endsWith(after)
  if (!isAround || name.length <= before.length + after.length) return undefined
  const middle = name.slice(before.length, name.length - after.length)
  return kind === 'any' || /^[0-9]{1,10}$/.test(middle) ? middle : undefined
}

/** Whether a name matches but for its case. */
export function isOtherCase(pattern: NamePattern, name: string): boolean {
  const before = pattern.before.toLowerCase()
  const after = pattern.after.toLowerCase()
  const isMatch = matchOf({ ...pattern, before, after }, name.toLowerCase()) !== undefined
  return isMatch && matchOf(pattern, name) === undefined
}
