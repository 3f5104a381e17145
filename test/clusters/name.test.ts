import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isIdShaped } from '../../src/clusters/id.ts'
import { isPossibleName, offerSafeName, problemOfIdOrName, safeName } from '../../src/clusters/name.ts'

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

test.each([
  ['in01-3e5d8a4b2f', true],
  ['IN99-0123456789AB', true],
  ['in01-3e5d8a4b2', false],
  ['in1-3e5d8a4b2f', false],
  ['in01_3e5d8a4b2f', false],
  ['in01-3e5d8a4b2f-x', false],
  [' in01-3e5d8a4b2f', false],
  ['production', false],
])('%j has the shape of an id: %s', (text, expected) => {
  expect(isIdShaped(text)).toBe(expected)
})

test.each([
  'in01-3e5d8a4b2f',
  'backup0_a',
  'my cluster',
  '生产 集群',
  '-',
  '-prod',
  'in01-a prod',
  'a'.repeat(255),
])('%j can be an id or a name', text => {
  expect(problemOfIdOrName(text)).toBeUndefined()
})

const wrong = (character: string) =>
  `has ${character}, which no id has, and no name that this action takes: a cluster whose name has other characters is given by its id`
const severalWords = 'has an id and another word in it: one per line, or comma separated'

test.each([
  ['"prod"', wrong('"""')],
  ["'prod'", wrong('"\'"')],
  ['[prod]', wrong('"["')],
  ['prod; staging', wrong('";"')],
  ['prod*', wrong('"*"')],
  ['prod # never', wrong('"#"')],
  ['pro\u200bd', wrong('U+200B')],
  ['prod\u00a0', wrong('U+00A0')],
  ['pröd', wrong('U+00F6')],
  ['pro\tduction', wrong('U+0009')],
  ['- prod', 'begins with "- " as YAML lists have it: one per line, without a hyphen'],
  ['in01-3e5d8a4b2f in01-0123456789', severalWords],
  ['prod in01-3e5d8a4b2f', severalWords],
  ['a'.repeat(256), 'is longer than 255 characters'],
])('%j can be neither ("Impossible value")', (text, problem) => {
  expect(problemOfIdOrName(text)).toBe(problem)
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
