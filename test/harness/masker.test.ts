import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMasker, variants } from './masker.ts'

const secret = `P"a<s>s'w&örd/+1\n\\`
const mask = (text: string, ...values: string[]): string => {
  const masker = createMasker()
  for (const value of values) masker.add(value)
  return masker.mask(text)
}

describe('hides', () => {
  test.each([
    ['the value', secret],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ['URI', 'P%22a%3Cs%3Es%27w%26%C3%B6rd%2F%2B1%0A%5C'],
    ['XML', `P&quot;a&lt;s&gt;s&apos;w&amp;örd/+1\n\\`],
    ['an expression string', secret.replaceAll("'", "''")],
    ['a command line', secret.replaceAll('"', '\\"')],
    ['base64', Buffer.from(secret).toString('base64')],
  ])('%s', (_, form) => expect(mask(`[${form}]`, secret)).toBe('[***]'))

  test.each(['', 'a', 'ab', 'user:'])('base64 after %j, but for the characters it shares', prefix => {
    const masked = mask(Buffer.from(prefix + secret).toString('base64'), secret)
    expect(masked).toMatch(/^.{0,8}\*\*\*$/)
  })

  test('a value without its quotes, when it is long enough', () => {
    expect(mask('a long-value', '"long-value"')).toBe('a ***')
    expect(mask('a short', '"short"')).toBe('a short')
  })

  test('both sides of an ampersand, when they are long enough', () => {
    expect(variants('abcdef&+Xghijkl')).toEqual(expect.arrayContaining(['abcdef&+', 'ghijkl']))
    expect(variants('ab&cd')).not.toContain('ab&')
  })
})

describe('does not hide', () => {
  test.each([
    ['base64url', Buffer.from('??>>secret').toString('base64url')],
    ['hex', Buffer.from('??>>secret').toString('hex')],
    ['another case', '??>>SECRET'],
  ])('%s', (_, form) => expect(mask(form, '??>>secret')).toBe(form))
})

test('matches inside of words, with no least length', () => {
  expect(mask('in01-1', '1')).toBe('in0***-***')
})

test('what overlaps or touches becomes one', () => {
  expect(mask('abcabcXcab', 'abc', 'cab')).toBe('***X***')
  expect(mask('abcd-', 'ab', 'cd')).toBe('***-')
  expect(mask('aaa-', 'aa')).toBe('***-')
})

test('never leaves a masked value whole, and touches nothing else', () => {
  const text = fc.string({ maxLength: 40, unit: fc.constantFrom('a', 'b', 'c', '*') })
  const value = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', 'b', 'c') })
  fc.assert(
    fc.property(text, fc.array(value, { minLength: 1, maxLength: 3 }), (input, values) => {
      const masked = mask(input, ...values)
      for (const one of values) expect(masked).not.toContain(one)
      const kept = masked.replaceAll('***', '').replaceAll('*', '')
      expect(input.length).toBeGreaterThanOrEqual(kept.length)
    }),
  )
})
