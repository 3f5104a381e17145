import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPossibleName, offerSafeName, safeName } from '../../src/clusters/name.ts'

test.each([
  ['pr-42', true],
  ['Dedicated 01_copy', true],
  ['9', true],
  ['生产集群', true],
  ['𠀀'.repeat(255), true],
  ['a'.repeat(255), true],
  ['a'.repeat(256), false],
  ['', false],
  ['pr/42', false],
  ['feature.x', false],
  ['ünsicher', false],
  ['ひらがな', false],
  ['a\tb', false],
  ['a\nb', false],
  ['a\u00a0b', false],
  ['emoji 🙂', false],
])('%j as a name: %s', (name, possible) => {
  expect(isPossibleName(name)).toBe(possible)
})

test.each([
  ['feature/login', 'feature-login'],
  ['feature//login..x', 'feature-login-x'],
  ['-a--b-', 'a-b'],
  ['/a/', 'a'],
  ['a_b c', 'a-b-c'],
  ['ünsicher', 'nsicher'],
  ['a'.repeat(70), 'a'.repeat(64)],
  [`${'a'.repeat(63)}/b`, 'a'.repeat(63)],
  [`/${'a'.repeat(64)}`, 'a'.repeat(64)],
  ['生产', ''],
  ['🙂', ''],
])('the safe name nearest to %j is %j', (name, safe) => {
  expect(safeName(name)).toBe(safe)
})

test.each([
  ['refs/pull/7/merge', ' Try refs-pull-7-merge.'],
  ['safe-already', ''],
  ['生产', ''],
])('the offer for %j', (name, offer) => {
  expect(offerSafeName(name)).toBe(offer)
})

test('whatever the name, the safe one keeps to what every source allows', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), name => {
      const safe = safeName(name)
      expect(safe).toMatch(/^(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)?$/)
      expect(safe.length).toBeLessThanOrEqual(64)
      expect(safeName(safe)).toBe(safe)
      if (safe !== '') expect(isPossibleName(safe)).toBe(true)
    }),
  )
})
