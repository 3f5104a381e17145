import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeReason, type ReasonToKeep, whyKept } from '../../src/clusters/prune-rule.ts'
import type { Owner } from '../../src/clusters/pull-requests.ts'
import type { Cluster } from '../../src/zilliz/decode.ts'

const now = { now: Date.UTC(2026, 0, 31), tolerance: 2_000 }
const minute = 60_000
const hour = 3_600_000

const cluster = (age: number | undefined, more: Partial<Cluster> = {}): Cluster => ({
  ...{ clusterId: 'in01-0123456789ab', clusterName: 'shop-pr-7', status: 'RUNNING' },
  createTime: age === undefined ? undefined : now.now - age,
  ...more,
})

const owner = (state: Owner['state'], opened?: number, closed?: number, tolerance = 2_000): Owner => {
  const ago = (age: number | undefined) => (age === undefined ? undefined : now.now - age)
  return { state, createdAt: ago(opened), closedAt: ago(closed), tolerance, askedAt: 0 }
}

const closed = owner('closed', 10 * hour, 9 * hour)

test.each<[Cluster, Owner | undefined, olderThan: number | undefined, ReasonToKeep | undefined]>([
  [cluster(9.5 * hour), closed, undefined, undefined],
  [cluster(9.5 * hour), owner('merged', 10 * hour, 9 * hour), undefined, undefined],
  [cluster(9.5 * hour), owner('open', 10 * hour), undefined, 'open'],
  // GitHub keeps it when a pull request is opened again.
  [cluster(9.5 * hour), owner('open', 10 * hour, 9 * hour), undefined, 'open'],
  [cluster(9.5 * hour), owner('not-found'), undefined, 'not-found'],
  [cluster(undefined), closed, undefined, 'without-time'],
  [cluster(undefined), undefined, hour, 'without-time'],
  [cluster(9.5 * hour), owner('closed', undefined, 9 * hour), undefined, 'owner-without-time'],
  [cluster(9.5 * hour), owner('closed', 10 * hour), undefined, 'owner-without-time'],
  [cluster(10 * hour), closed, undefined, 'older'],
  [cluster(10 * hour - 3_999), closed, undefined, 'older'],
  [cluster(10 * hour - 4_000), closed, undefined, undefined],
  [cluster(3 * hour + 4_000), closed, undefined, undefined],
  [cluster(3 * hour + 3_999), closed, undefined, 'later'],
  [cluster(hour), closed, undefined, 'later'],
  [cluster(9.5 * hour), closed, 9 * hour, undefined],
  [cluster(9.5 * hour), closed, 9.5 * hour, 'young'],
  [cluster(9.5 * hour), undefined, 9.5 * hour - 2_000, undefined],
  [cluster(9.5 * hour), undefined, 9.5 * hour - 1_999, 'young'],
  // Where a clock is not known.
  [cluster(9.94 * hour), owner('closed', 10 * hour, 9 * hour, 5 * minute), undefined, 'older'],
  [cluster(9.9 * hour), owner('closed', 10 * hour, 9 * hour, 5 * minute), undefined, undefined],
])('%#: kept because %s', (one, of, olderThan, expected) => {
  const rule = { olderThan, protectedClusters: [] }
  expect(whyKept(rule, { cluster: one, owner: of }, now)).toBe(expected)
})

test.each(['SHOP-pr-7', 'IN01-0123456789AB'])('protected as %s it stays, whatever else', entry => {
  const rule = { protectedClusters: ['x', entry] }
  expect(whyKept(rule, { cluster: cluster(9.5 * hour), owner: closed }, now)).toBe('protected')
})

describe('any cluster, any pull request', () => {
  const time = fc.option(fc.integer({ min: -2 * hour, max: 40 * hour }), { nil: undefined })
  const tolerance = fc.constantFrom(0, 2_000, 5 * minute)
  const state = fc.constantFrom<Owner['state']>('open', 'closed', 'merged', 'not-found')
  const anyOwner = fc.option(fc.tuple(state, time, time, tolerance), { nil: undefined })
  const olderThan = fc.option(fc.integer({ min: 1, max: 40 * hour }), { nil: undefined })

  /** The rule once more, as the contract has it: a list of all that must be true. */
  function isDropped(
    made: number | undefined,
    of: Owner | undefined,
    older: number,
    allowed: number,
  ): boolean {
    const age = made === undefined ? Number.NaN : now.now - made
    const isOld = age >= older + allowed
    if (of === undefined) return isOld
    const margin = allowed + of.tolerance
    const { createdAt = Number.NaN, closedAt = Number.NaN } = of
    return (
      (of.state === 'closed' || of.state === 'merged') &&
      isOld &&
      (made ?? Number.NaN) - createdAt >= margin &&
      closedAt + 6 * hour - (made ?? Number.NaN) >= margin
    )
  }

  test('is dropped when everything says so, and in no other case', () => {
    fc.assert(
      fc.property(time, anyOwner, olderThan, tolerance, (age, given, older, allowed) => {
        const of = given && owner(...given)
        const one = cluster(age)
        const clock = { ...now, tolerance: allowed }
        const reason = whyKept(
          { olderThan: older, protectedClusters: [] },
          { cluster: one, owner: of },
          clock,
        )
        const dropped = isDropped(one.createTime, of, older === undefined ? -Infinity : older, allowed)
        expect(reason === undefined).toBe(dropped)
      }),
      { numRuns: 5_000 },
    )
  })
})

test('each reason has its words', () => {
  expect(describeReason('young', { olderThan: 7 * 24 * hour, protectedClusters: [] })).toBe(
    'it is not older than 7d',
  )
})
