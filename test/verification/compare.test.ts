import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldFaults, isTooFew, lostAliases } from '../../src/verification/compare.ts'
import { picture } from './pictures.ts'

const whole = 100_000_000n

/** As a fraction of integers, by the definition: what is left is less than what must be left. */
function isBelow(now: bigint, before: bigint, allowedLoss: bigint): boolean {
  const mustBeLeft = { numerator: before * (whole - allowedLoss), denominator: whole }
  return now * mustBeLeft.denominator < mustBeLeft.numerator
}

const count = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const loss = fc.bigInt({ min: 0n, max: whole })

test('too few is what is less than must be left, exactly, for every number and fraction', () => {
  fc.assert(
    fc.property(count, count, loss, (now, before, allowedLoss) => {
      expect(isTooFew(now, before, allowedLoss)).toBe(isBelow(BigInt(now), BigInt(before), allowedLoss))
    }),
  )
})

test('at the border one entity decides', () => {
  fc.assert(
    fc.property(count, loss, (before, allowedLoss) => {
      const product = BigInt(before) * (whole - allowedLoss)
      // The least whole number that is not below it.
      const least = Number((product + whole - 1n) / whole)
      expect(isTooFew(least, before, allowedLoss)).toBe(false)
      if (least > 0) expect(isTooFew(least - 1, before, allowedLoss)).toBe(true)
    }),
  )
})

test('nothing is too few where all may be lost, more is never, and the same is never', () => {
  fc.assert(
    fc.property(count, count, loss, (one, other, allowedLoss) => {
      expect(isTooFew(one, other, whole)).toBe(false)
      const [less, more] = [Math.min(one, other), Math.max(one, other)]
      expect(isTooFew(more, less, allowedLoss)).toBe(false)
      expect(isTooFew(less, more, 0n)).toBe(less < more)
    }),
  )
})

test.each([
  [950, 1_000, 5_000_000n, false],
  [949, 1_000, 5_000_000n, true],
  // A third of a per cent in floating point would be off.
  [299, 300, 333_333n, true],
  [299, 300, 333_334n, false],
  [0, 0, 0n, false],
  [9_007_199_254_740_990, 9_007_199_254_740_991, 0n, true],
])('%i of %i with %s millionths of a per cent: %s', (now, before, allowedLoss, tooFew) => {
  expect(isTooFew(now, before, allowedLoss)).toBe(tooFew)
})

describe('fields', () => {
  const faults = (before: string[], now: string[]) =>
    fieldFaults(picture('a.b', { fields: before }), picture('a.b', { fields: now }))

  test('that are the same in another order, and new ones, are in order', () => {
    expect(
      faults(['id Int64 primary', 'v FloatVector(8)'], ['v FloatVector(8)', 'new Bool', 'id Int64 primary']),
    ).toEqual([])
    expect(faults([], ['id Int64 primary'])).toEqual([])
  })

  test.each([
    ['v FloatVector(8)', 'v FloatVector(16)', 'field "v" was "FloatVector(8)" and is "FloatVector(16)"'],
    ['v FloatVector(8)', 'v Float16Vector(8)', 'field "v" was "FloatVector(8)" and is "Float16Vector(8)"'],
    ['id Int64 primary', 'id Int64', 'field "id" was "Int64 primary" and is "Int64"'],
    ['id Int64', 'id VarChar', 'field "id" was "Int64" and is "VarChar"'],
    ['id Int64', 'ID Int64', 'field "id" is gone'],
  ])('%s -> %s', (before, now, fault) => {
    expect(faults(['x Bool', before], [now, 'x Bool'])).toEqual([fault])
  })

  test('that are gone, each', () => {
    expect(faults(['a Int64', 'b Int64', 'c Int64'], ['b Int64'])).toEqual([
      'field "a" is gone',
      'field "c" is gone',
    ])
  })
})

test('the aliases that are gone, in their order; new ones do not matter', () => {
  const before = picture('a.b', { aliases: ['x', 'y', 'z'] })
  expect(lostAliases(before, picture('a.b', { aliases: ['w', 'y'] }))).toEqual(['x', 'z'])
  expect(lostAliases(picture('a.b'), before)).toEqual([])
})
