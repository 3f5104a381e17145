import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redact, rememberSecret, secretForms, secretLines } from '../src/secrets.ts'

test('a secret is known in the forms that encodings make of it', () => {
  const secret = 'p"ss w/rd>>?é'
  expect(new Set(secretForms(secret))).toEqual(
    new Set([
      'p"ss w/rd>>?é',
      'p\\"ss w/rd>>?é',
      'p%22ss%20w%2Frd%3E%3E%3F%C3%A9',
      'cCJzcyB3L3JkPj4/w6k=',
      'cCJzcyB3L3JkPj4_w6k',
    ]),
  )
})

test.each([
  ['first-line\nsecond-line', ['first-line', 'second-line']],
  ['first-line\r\n\r\nsecond-line\n', ['first-line', 'second-line']],
  ['abc\nlong-enough', ['long-enough']],
])('of the secret %j these lines are secrets too: %j', (secret, lines) => {
  const forms = secretForms(secret)
  for (const form of [secret, ...lines]) expect(forms).toContain(form)
  expect(forms).not.toContain('abc')
  expect(forms).not.toContain('')
})

test('a secret that is too short has no forms, since they would garble other text', () => {
  expect(secretForms('five5')).toEqual([])
  expect(secretForms('')).toEqual([])
  expect(secretLines('a\nb\r\nc')).toEqual(['a', 'b', 'c'])
})

test('a secret that holds another one is hidden whole, whichever was known first', () => {
  rememberSecret('held-by-both')
  rememberSecret('before-held-by-both-after')
  expect(redact('a before-held-by-both-after b held-by-both c')).toBe('a *** b *** c')
})

test('nothing is left of any secret, in any of its forms', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 6, maxLength: 40 }), fc.string(), (secret, around) => {
      fc.pre(secret.trim().length >= 6 && !'***'.includes(secret))
      rememberSecret(secret)
      for (const form of secretForms(secret)) expect(redact(`${around}${form}${around}`)).not.toContain(form)
    }),
  )
})

test('a secret is remembered once', () => {
  expect(rememberSecret('remember-me')).toBe(true)
  expect(rememberSecret('remember-me')).toBe(false)
  expect(rememberSecret('five5')).toBe(false)
})
