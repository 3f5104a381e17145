import { expect, test } from 'vitest'
import type { Mutant } from '../../mutation/mutants.ts'
import { draw, interval } from '../../mutation/sample.ts'

const place = { line: 1, column: 0 }
const mutants: Mutant[] = Array.from({ length: 200 }, (_, index) => ({
  id: String(index),
  path: 'src/a.ts',
  mutator: 'BooleanLiteral',
  start: place,
  end: place,
  // Some are the same change in two places.
  original: `is${Math.floor(index / 2)}`,
  replacement: 'true',
}))

test('a seed draws the same mutants again, each once, and another seed draws others', () => {
  const drawn = draw(mutants, 50, 'a')
  expect(new Set(drawn).size).toBe(50)
  expect(draw(mutants, 50, 'a')).toEqual(drawn)
  expect(draw(mutants, 50, 'b')).not.toEqual(drawn)
})

test('a larger sample holds the smaller one', () => {
  expect(draw(mutants, 60, 'a').slice(0, 50)).toEqual(draw(mutants, 50, 'a'))
})

test('what is drawn stays drawn when the numbers of the mutants change', () => {
  const shifted = mutants.map(mutant => ({ ...mutant, id: `1${mutant.id}` }))
  const withoutIds = (drawn: Mutant[]) => drawn.map(({ original }) => original)
  expect(withoutIds(draw(shifted, 50, 'a'))).toEqual(withoutIds(draw(mutants, 50, 'a')))
})

// Computed apart from this code, with Wilson's formula.
test.each([
  [85, 100, 0.7672, 0.9069],
  [425, 500, 0.816, 0.8787],
  [10, 10, 0.7225, 1],
])('%i of %i killed', (killed, tried, from, to) => {
  const [lower, upper] = interval(killed, tried)
  expect(lower).toBeCloseTo(from, 3)
  expect(upper).toBeCloseTo(to, 3)
})
