/**
 * The rule against a second writing of it, over random worlds. For very many of them:
 *
 *     RETENTION_WORLDS=100000 RETENTION_SEED=1 npx vitest run test/backups/keep-property.test.ts --testTimeout 1000000
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyRule, type Rule } from '../../src/backups/keep.ts'
import { type Backup, decodeBackup } from '../../src/zilliz/decode.ts'
import { naiveDeletions } from '../harness/naive-retention.ts'

const numRuns = Number(process.env.RETENTION_WORLDS ?? 400)
const seed = process.env.RETENTION_SEED
const options = { numRuns, ...(seed !== undefined && { seed: Number(seed) }) }

const clusterId = 'in01-1'
const hour = 3_600_000
const day = 24 * hour

interface World {
  now: number
  backups: Backup[]
  rule: Rule
}

/** Some at the same moment, at the ends of days, weeks, months and years, on leap days, and some without a time. */
const anyWorld: fc.Arbitrary<World> = fc
  .record({
    now: fc.date({ min: new Date('1999-12-01'), max: new Date('2032-03-02'), noInvalidDate: true }),
    scale: fc.constantFrom(hour, 6 * hour, day, 5 * day, 27 * day),
    drafts: fc.array(
      fc.record({
        age: fc.option(fc.integer({ min: -1, max: 30 }), { nil: undefined, freq: 12 }),
        atMidnight: fc.boolean(),
        backupType: fc.constantFrom('CLUSTER', 'COLLECTION', undefined),
      }),
      { maxLength: 30 },
    ),
    rule: fc.record({
      keepLast: fc.integer({ min: 1, max: 4 }),
      keepDaily: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
      keepWeekly: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
      keepMonthly: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
      olderThan: fc.option(fc.integer({ min: 1, max: 400 * 24 }), { nil: undefined }),
      protectedOnes: fc.array(fc.nat(40), { maxLength: 3 }),
    }),
  })
  .map(({ now, scale, drafts, rule: { olderThan, protectedOnes, ...numbers } }) => {
    const backups = drafts.map(({ age, atMidnight, backupType }, index) => {
      const time = now.getTime() - (age ?? 0) * scale
      const rounded = atMidnight ? time - (time % day) : time
      return backupAt(`b${index}`, age === undefined ? undefined : rounded, backupType)
    })
    const rule = {
      ...{ clusterId, ...numbers },
      olderThan: olderThan === undefined ? undefined : olderThan * hour,
      protectedBackups: protectedOnes.map(index => `B${index}`),
    }
    return { now: now.getTime(), backups, rule }
  })

function backupAt(backupId: string, time: number | undefined, backupType: string | undefined): Backup {
  const shown = { backupId, clusterId, backupType, creationMethod: 'MANUAL', status: 'AVAILABLE' }
  return { ...decodeBackup(shown), createTime: time }
}

function deletedBy({ now, backups, rule }: World): string[] {
  return applyRule(rule, backups, now)
    .toDelete.map(({ backup }) => backup.backupId)
    .sort()
}

function naively({ now, backups, rule }: World): string[] {
  const plain = backups.map(({ backupId, backupType, createTime }) => ({
    id: backupId,
    type: backupType,
    time: createTime,
  }))
  const { protectedBackups: protectedIds = [], ...numbers } = rule
  return naiveDeletions({ ...numbers, protectedIds }, plain, now).sort()
}

const holds = (property: (world: World) => void) =>
  fc.assert(
    // What a matcher returns says nothing.
    fc.property(anyWorld, world => void property(world)),
    options,
  )

describe('whatever the backups', () => {
  test('the rule deletes what its naive writing deletes', () => {
    holds(world => expect(deletedBy(world)).toEqual(naively(world)))
  })

  test('a smaller rule never keeps more', () => {
    const less = (number: number | undefined) =>
      number === undefined || number === 1 ? undefined : number - 1
    holds(world => {
      const { keepLast, keepDaily, keepWeekly, keepMonthly, olderThan, protectedBackups = [] } = world.rule
      const smaller: Partial<Rule>[] = [
        { keepLast: Math.max(1, keepLast - 1) },
        { keepDaily: less(keepDaily) },
        { keepWeekly: less(keepWeekly) },
        { keepMonthly: less(keepMonthly) },
        { olderThan: olderThan === undefined || olderThan <= hour ? undefined : olderThan - hour },
        { protectedBackups: protectedBackups.slice(1) },
      ]
      for (const one of smaller) {
        const rule = { ...world.rule, ...one }
        expect(deletedBy({ ...world, rule })).toEqual(expect.arrayContaining(deletedBy(world)))
      }
    })
  })

  test('pruning twice deletes nothing the second time', () => {
    holds(world => {
      const gone = new Set(deletedBy(world))
      const backups = world.backups.filter(({ backupId }) => !gone.has(backupId))
      expect(deletedBy({ ...world, backups })).toEqual([])
    })
  })

  test('the newest of each type always stays, and so does what is protected or without a time', () => {
    holds(world => {
      const gone = new Set(deletedBy(world))
      for (const type of ['CLUSTER', 'COLLECTION', undefined]) {
        const ofType = world.backups.filter(({ backupType }) => backupType === type)
        const newest = Math.max(...ofType.map(({ createTime = Number.NEGATIVE_INFINITY }) => createTime))
        const kept = ofType.filter(({ backupId, createTime }) => createTime === newest && !gone.has(backupId))
        if (Number.isFinite(newest)) expect(kept).not.toEqual([])
      }
      for (const id of world.rule.protectedBackups ?? []) expect(gone.has(id.toLowerCase())).toBe(false)
      const undated = world.backups.filter(({ createTime }) => createTime === undefined)
      expect(undated.filter(({ backupId }) => gone.has(backupId))).toEqual([])
    })
  })

  test('each has a reason to stay or is deleted', () => {
    holds(({ now, backups, rule }) => {
      const { reasons, toDelete } = applyRule(rule, backups, now)
      const all = [...reasons.keys(), ...toDelete.map(({ backup }) => backup.backupId)]
      expect(all.sort()).toEqual(backups.map(({ backupId }) => backupId).sort())
    })
  })
})
