import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isOtherCase,
  matchOf,
  type NamePattern,
  parseNamePattern,
  textOfPattern,
} from '../../src/clusters/name-pattern.ts'

function pattern(text: string): NamePattern {
  const parsed = parseNamePattern(text)
  return typeof parsed === 'string' ? expect.unreachable(parsed) : parsed
}

test.each([
  ['shop-pr-{pr}', 'pull-request', 'shop-pr-', ''],
  ['{pr}-db', 'pull-request', '', '-db'],
  ['a{pr}bc', 'pull-request', 'a', 'bc'],
  ['throw-away-*', 'any', 'throw-away-', ''],
  ['*_ 数据', 'any', '', '_ 数据'],
])('%s is a pattern', (text, kind, before, after) => {
  expect(pattern(text)).toEqual({ kind, before, after })
  expect(textOfPattern(pattern(text))).toBe(text)
})

const one = 'expected a name with exactly one {pr} or exactly one *; got'
const around = (placeholder: string) =>
  `expected letters, digits, blanks, _, - and Han characters around ${placeholder}; got`

test.each([
  ['shop-pr', `${one} "shop-pr", which has neither`],
  ['shop-pr-{PR}', `${one} "shop-pr-{PR}", which has neither`],
  ['shop-pr-{ pr }', `${one} "shop-pr-{ pr }", which has neither`],
  ['shop-pr-{pr', `${one} "shop-pr-{pr", which has neither`],
  ['{pr}-{pr}-db', `${one} "{pr}-{pr}-db", which has more than one`],
  ['shop-*-*', `${one} "shop-*-*", which has more than one`],
  ['shop-*-{pr}', `${one} "shop-*-{pr}", which has more than one`],
  ['shop.pr.{pr}', `${around('{pr}')} "shop.pr.{pr}", which has "."`],
  ['shop-pr-{{pr}}', `${around('{pr}')} "shop-pr-{{pr}}", which has "{"`],
  ['"throw-away-*"', `${around('*')} "\\"throw-away-*\\"", which has """`],
  ['shop\u200b-pr-{pr}', `${around('{pr}')} "shop\\u200b-pr-{pr}", which has U+200B`],
  ['shop\n-pr-{pr}', `${around('{pr}')} "shop\\\\n-pr-{pr}", which has U+000A`],
  [
    '{pr}',
    'expected at least 3 other characters around {pr}; got "{pr}", which has 0: is the variable in it set?',
  ],
  ['*', 'expected at least 3 other characters around *; got "*", which has 0: is the variable in it set?'],
  [
    '-{pr}-',
    'expected at least 3 other characters around {pr}; got "-{pr}-", which has 2: is the variable in it set?',
  ],
  [
    '数据*',
    'expected at least 3 other characters around *; got "数据*", which has 2: is the variable in it set?',
  ],
])('%j is none', (text, problem) => {
  expect(parseNamePattern(text)).toBe(problem.replaceAll('\\\\n', '\\n'))
})

test('the other characters are at most 255, as in a name', () => {
  expect(pattern(`${'a'.repeat(255)}{pr}`).before).toHaveLength(255)
  expect(parseNamePattern(`${'a'.repeat(256)}{pr}`)).toMatch(/^expected at most 255 .*, which has 256$/)
})

describe('what matches', () => {
  test.each([
    ['shop-pr-{pr}', 'shop-pr-7', '7'],
    ['shop-pr-{pr}', 'shop-pr-007', '007'],
    ['shop-pr-{pr}', 'shop-pr-1234567890', '1234567890'],
    ['a1{pr}2b', 'a1122b', '12'],
    ['throw-away-*', 'throw-away-*', '*'],
    ['throw-away-*', 'throw-away-a\nb', 'a\nb'],
    ['*-copy', 'a-copy-copy', 'a-copy'],
  ])('%s: %j', (text, name, match) => {
    expect(matchOf(pattern(text), name)).toBe(match)
  })

  test.each([
    ['shop-pr-{pr}', 'shop-pr-'],
    ['shop-pr-{pr}', 'shop-pr-x7'],
    ['shop-pr-{pr}', 'shop-pr-7 '],
    ['shop-pr-{pr}', 'shop-pr-7\n'],
    ['shop-pr-{pr}', 'shop-pr--7'],
    ['shop-pr-{pr}', 'shop-pr-+7'],
    ['shop-pr-{pr}', 'shop-pr-7.0'],
    ['shop-pr-{pr}', 'shop-pr-0x7'],
    ['shop-pr-{pr}', 'shop-pr-٧'],
    ['shop-pr-{pr}', 'shop-pr-12345678901'],
    ['shop-pr-{pr}', 'Shop-pr-7'],
    ['shop-pr-{pr}', 'my-shop-pr-7'],
    ['shop-pr-{pr}', ''],
    ['aba{pr}aba', 'aba'],
    ['aba{pr}aba', 'ababa'],
    ['throw-away-*', 'throw-away-'],
    ['throw-away-*', 'throw-awa'],
  ])('%s does not: %j', (text, name) => {
    expect(matchOf(pattern(text), name)).toBeUndefined()
  })
})

/** The same by a regular expression. */
function matchByExpression(text: string, name: string): string | undefined {
  const source = text
    .replace(/[\\^$.+?()[\]|]/g, '\\$&')
    .replace(/\{pr\}/, '([0-9]{1,10})')
    .replace('*', '(.+)')
  return new RegExp(`^(?:${source})$`, 'su').exec(name)?.[1]
}

const letters = fc.string({
  unit: fc.constantFrom('a', 'b', '-', '7', ' ', '数'),
  minLength: 2,
  maxLength: 4,
})

test('any name matches as by a regular expression', () => {
  const placeholder = fc.constantFrom('{pr}', '*')
  const middle = fc.oneof(
    fc.string({ unit: fc.constantFrom('0', '7', 'a', '-'), maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 4 }),
  )
  const name = fc.tuple(fc.option(letters), middle, fc.option(letters))
  fc.assert(
    fc.property(letters, placeholder, letters, name, (before, mark, after, [first, between, last]) => {
      const text = `${before}${mark}${after}`
      const tried = `${first ?? before}${between}${last ?? after}`
      expect(matchOf(pattern(text), tried)).toBe(matchByExpression(text, tried))
    }),
    { numRuns: 3_000 },
  )
})

test('whatever is no pattern says what was expected, and what came', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: fc.constantFrom('{pr}', '*', 'a', '-', '{', '}', '.'), maxLength: 6 }),
  )
  fc.assert(
    fc.property(text, given => {
      const parsed = parseNamePattern(given)
      const placeholders = given.match(/\{pr\}|\*/g) ?? []
      const rest = given.replace(/\{pr\}|\*/, '')
      const isPattern = placeholders.length === 1 && /^[A-Za-z0-9 _-]{3,}$/.test(rest)
      expect(typeof parsed === 'string').toBe(!isPattern)
      if (typeof parsed === 'string') expect(parsed).toMatch(/^expected .+; got ".*", which has /s)
      else expect(textOfPattern(parsed)).toBe(given)
    }),
    { numRuns: 3_000 },
  )
})

test.each([
  ['shop-pr-{pr}', 'Shop-PR-7', true],
  ['Shop-PR-{pr}', 'shop-pr-7', true],
  ['shop-pr-{pr}', 'shop-pr-7', false],
  ['shop-pr-{pr}', 'Shop-PR-x', false],
  ['throw-away-*', 'Throw-Away-A', true],
])('%s and %s differ by case alone: %s', (text, name, expected) => {
  expect(isOtherCase(pattern(text), name)).toBe(expected)
})
