import { expect, test } from 'vitest'
import { draw, interval } from '../../mutation/sample.ts'

const mutants = Array.from({ length: 200 }, (_, index) => ({ id: index, key: `src/a.ts ${index} → true #1` }))

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
  const shifted = mutants.map(mutant => ({ ...mutant, id: mutant.id + 1 }))
  const keys = (drawn: readonly { key: string }[]) => drawn.map(({ key }) => key)
  expect(keys(draw(shifted, 50, 'a'))).toEqual(keys(draw(mutants, 50, 'a')))
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
