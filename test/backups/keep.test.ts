import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyRule, type Reason, type Result, type Rule } from '../../src/backups/keep.ts'
import { isCandidate } from '../../src/backups/retention.ts'
import { type Backup, decodeBackup } from '../../src/zilliz/decode.ts'

const clusterId = 'in01-1'
const now = Date.UTC(2026, 0, 31)
const hour = 3_600_000

/** A manual AVAILABLE backup of that age in hours, named by what sets it apart. */
function backup(backupId: string, age: number | undefined, more: object = {}): Backup {
  const createTime = age === undefined ? '' : new Date(now - age * hour).toISOString()
  return decodeBackup({
    backupId,
    clusterId,
    backupType: 'CLUSTER',
    creationMethod: 'MANUAL',
    status: 'AVAILABLE',
    createTime,
    ...more,
  })
}

const collection = { backupType: 'COLLECTION' }

function idsOf(backups: readonly Backup[]): string {
  return backups.map(({ backupId }) => backupId).join(' ')
}

/** Those that stay for one reason. */
function keptBy({ candidates, reasons }: Result, by: Reason['by']): Backup[] {
  return candidates.filter(({ backupId }) => reasons.get(backupId)?.by === by)
}

/** The ids that a rule deletes, in its order. */
function deleted(backups: readonly Backup[], keepLast: number, olderThan?: number): string {
  const { toDelete } = applyRule({ clusterId, keepLast, olderThan }, backups, now)
  return idsOf(toDelete.map(one => one.backup))
}

describe('the rule', () => {
  const five = [backup('c', 3), backup('a', 1), backup('e', 5), backup('b', 2), backup('d', 4)]

  test.each<[keepLast: number, olderThan: number | undefined, expected: string]>([
    [1, undefined, 'e d c b'],
    [2, undefined, 'e d c'],
    [4, undefined, 'e'],
    [5, undefined, ''],
    [1_000_000, undefined, ''],
    [1, 4 * hour, 'e d'],
    [1, 4 * hour + 1, 'e'],
    [1, 6 * hour, ''],
    [4, 1 * hour, 'e'],
    [1, 1, 'e d c b'],
  ])('keep-last %d, older than %s ms: %s is deleted', (keepLast, olderThan, expected) => {
    expect(deleted(five, keepLast, olderThan)).toBe(expected)
    expect(deleted([...five].reverse(), keepLast, olderThan)).toBe(expected)
  })

  test('keeps the newest of each type, and orders over both', () => {
    const both = [
      ...[backup('A1', 1), backup('A3', 3), backup('A5', 5)],
      ...[backup('B2', 2, collection), backup('B4', 4, collection), backup('B6', 6, collection)],
    ]
    expect(deleted(both, 1)).toBe('B6 A5 B4 A3')
    expect(deleted(both, 2)).toBe('B6 A5')
    expect(deleted(both, 3)).toBe('')
  })

  test('counts those without a type as a type of their own', () => {
    const none = { backupType: undefined }
    expect(deleted([backup('a', 1, none), backup('b', 2, none), backup('c', 3)], 1)).toBe('b')
  })

  test('keeps what has no readable time, and does not count it in keep-last', () => {
    const backups = [backup('x', undefined), backup('a', 1), backup('b', 2), backup('y', undefined)]
    expect(deleted(backups, 1)).toBe('b')
    expect(deleted(backups, 2)).toBe('')
    const result = applyRule({ clusterId, keepLast: 1 }, backups, now)
    expect(idsOf(keptBy(result, 'no-time'))).toBe('x y')
    expect(result.candidates).toHaveLength(4)
  })

  test('keeps what is as old as the oldest kept one: either could be the newer', () => {
    const backups = [backup('a', 1), backup('b', 2), backup('c', 2), backup('d', 3)]
    const result = applyRule({ clusterId, keepLast: 2 }, backups, now)
    expect(idsOf(result.toDelete.map(one => one.backup))).toBe('d')
    expect(idsOf(keptBy(result, 'tied'))).toBe('c')
    const younger = applyRule({ clusterId, keepLast: 2, olderThan: 3 * hour }, backups, now)
    expect(keptBy(younger, 'tied')).toEqual([])
  })

  test('with all of one time deletes none', () => {
    expect(deleted([backup('a', 1), backup('b', 1), backup('c', 1)], 1)).toBe('')
  })

  test('without older-than goes by the order alone, even where the clocks disagree', () => {
    expect(deleted([backup('a', -5), backup('b', -4)], 1)).toBe('b')
    expect(deleted([backup('a', -5), backup('b', -4)], 1, 1)).toBe('')
  })

  test('gives the cutoff that none of the deleted is younger than', () => {
    const { toDelete } = applyRule({ clusterId, keepLast: 1 }, five, now)
    expect(new Set(toDelete.map(one => one.cutoff))).toEqual(new Set([now - hour - 1]))
    const older = applyRule({ clusterId, keepLast: 1, olderThan: 4 * hour }, five, now)
    expect(new Set(older.toDelete.map(one => one.cutoff))).toEqual(new Set([now - 4 * hour]))
  })
})

describe('days, weeks and months', () => {
  const at = (backupId: string, time: string, more: object = {}): Backup =>
    backup(backupId, undefined, { createTime: time, ...more })
  const verdicts = (backups: readonly Backup[], rule: Partial<Rule>): string => {
    const result = applyRule({ clusterId, keepLast: 1, ...rule }, backups, now)
    return backups
      .map(({ backupId }) => {
        const reason = result.reasons.get(backupId)
        return `${backupId}:${reason === undefined ? 'deleted' : 'period' in reason ? reason.period : reason.by}`
      })
      .join(' ')
  }

  test('what the rules hold is newest first, also where the newest of a month is not that of its week', () => {
    // The first of February is the Sunday of a week that began in January.
    const days = { a: '2026-02-01', b: '2026-01-31', c: '2026-01-25', d: '2026-01-24' }
    const backups = Object.entries(days).map(([id, day]) => at(id, `${day}T00:00:00Z`))
    const rule = { clusterId, keepLast: 1, keepWeekly: 2, keepMonthly: 2 }
    const { kept } = applyRule(rule, backups, Date.UTC(2026, 1, 2))
    expect(kept.map(idsOf)).toEqual(['a b c'])
  })

  test.each<[rule: Partial<Rule>, expected: string]>([
    [{}, 'a:last b:deleted c:deleted d:deleted e:deleted'],
    [{ keepDaily: 1 }, 'a:last b:deleted c:deleted d:deleted e:deleted'],
    [{ keepDaily: 2 }, 'a:last b:deleted c:2026-01-30 d:deleted e:deleted'],
    // A day without a backup is not one of the last days.
    [{ keepDaily: 3 }, 'a:last b:deleted c:2026-01-30 d:deleted e:2026-01-11'],
    [{ keepWeekly: 2 }, 'a:last b:deleted c:deleted d:deleted e:2026-W02'],
    [{ keepMonthly: 9 }, 'a:last b:deleted c:deleted d:deleted e:deleted'],
    // The first rule that holds is named.
    [{ keepDaily: 2, keepWeekly: 2, keepMonthly: 2 }, 'a:last b:deleted c:2026-01-30 d:deleted e:2026-W02'],
    [{ keepLast: 2, keepDaily: 2 }, 'a:last b:last c:2026-01-30 d:deleted e:deleted'],
    [{ keepDaily: 2, olderThan: 48 * hour }, 'a:last b:younger c:2026-01-30 d:younger e:deleted'],
    [{ protectedBackups: ['D'] }, 'a:last b:deleted c:deleted d:protected e:deleted'],
    // A protected one is counted like others.
    [{ keepDaily: 2, protectedBackups: ['c'] }, 'a:last b:deleted c:protected d:deleted e:deleted'],
  ])('%o: %s', (rule, expected) => {
    const backups = [
      at('a', '2026-01-31T23:59:59Z'),
      at('b', '2026-01-31T00:00:00Z'),
      at('c', '2026-01-30T23:59:59Z'),
      at('d', '2026-01-30T02:00:00Z'),
      at('e', '2026-01-11T02:00:00Z'),
    ]
    expect(verdicts(backups, rule)).toBe(expected)
    expect(verdicts([...backups].reverse(), rule)).toBe(expected.split(' ').reverse().join(' '))
  })

  test('are those of each type', () => {
    const backups = [
      at('a', '2026-01-31T02:00:00Z'),
      at('b', '2026-01-30T02:00:00Z'),
      at('c', '2026-01-29T02:00:00Z', collection),
      at('d', '2026-01-28T02:00:00Z', collection),
      at('e', '2026-01-27T02:00:00Z', collection),
    ]
    expect(verdicts(backups, { keepDaily: 2 })).toBe('a:last b:2026-01-30 c:last d:2026-01-28 e:deleted')
  })

  test('what is as old as the newest of a day stays', () => {
    const backups = [
      at('a', '2026-01-31T02:00:00Z'),
      at('b', '2026-01-30T02:00:00Z'),
      at('c', '2026-01-30T02:00:00Z'),
      at('d', '2026-01-30T01:00:00Z'),
    ]
    expect(verdicts(backups, { keepDaily: 2 })).toBe('a:last b:2026-01-30 c:tied d:deleted')
  })

  test('one that turns out to be of another time is not deleted', () => {
    const backups = [at('a', '2026-01-31T02:00:00Z'), at('b', '2026-01-30T02:00:00Z')]
    const must = (rule: Partial<Rule>) =>
      applyRule({ clusterId, keepLast: 1, ...rule }, backups, now).toDelete.map(one => one.mustHaveItsTime)
    expect(must({})).toEqual([false])
    expect(must({ keepWeekly: 1 })).toEqual([true])
  })
})

test.each<[more: object, backupType: 'CLUSTER' | 'COLLECTION' | undefined, ours: boolean]>([
  [{}, undefined, true],
  [{}, 'CLUSTER', true],
  [{}, 'COLLECTION', false],
  [collection, 'COLLECTION', true],
  [{ backupType: 'cluster' }, 'CLUSTER', true],
  [{ backupType: undefined }, 'CLUSTER', false],
  [{ creationMethod: 'manual' }, undefined, true],
  [{ creationMethod: 'AUTO' }, undefined, false],
  [{ creationMethod: 'auto' }, undefined, false],
  [{ creationMethod: undefined }, undefined, false],
  [{ creationMethod: 'SCHEDULED' }, undefined, false],
  [{ status: 'CREATING' }, undefined, false],
  [{ status: 'DELETED' }, undefined, false],
  [{ status: 'FAILED' }, undefined, false],
  [{ clusterId: 'in01-2' }, undefined, false],
  [{ clusterId: undefined }, undefined, true],
])('a backup with %o is a candidate of type %s: %s', (more, backupType, ours) => {
  expect(isCandidate({ clusterId, keepLast: 1, backupType }, backup('a', 1, more))).toBe(ours)
})

const anyDrafts = fc.array(
  fc.record({
    age: fc.option(fc.integer({ min: -3, max: 40 }), { nil: undefined, freq: 9 }),
    backupType: fc.constantFrom('CLUSTER', 'COLLECTION', undefined),
  }),
  { maxLength: 40 },
)
const anyRule = fc.record({
  keepLast: fc.integer({ min: 1, max: 6 }),
  olderThan: fc.option(
    fc.integer({ min: 1, max: 30 }).map(hours => hours * hour),
    { nil: undefined },
  ),
})

test('whatever the list: the newest of each type stay, nothing is too young, the oldest are deleted first', () => {
  fc.assert(
    fc.property(anyDrafts, anyRule, (drafts, rule) => {
      const backups = drafts.map(({ age, backupType }, index) => backup(`b${index}`, age, { backupType }))
      const result = applyRule({ clusterId, ...rule }, backups, now)
      const { toDelete } = result
      const tied = keptBy(result, 'tied')
      const oldEnough = rule.olderThan === undefined ? Number.POSITIVE_INFINITY : now - rule.olderThan
      const gone = toDelete.map(one => one.backup)
      const times = gone.map(({ createTime }) => createTime ?? Number.NaN)
      expect(times).toEqual([...times].sort((one, other) => one - other))
      for (const { backup, cutoff } of toDelete) {
        expect(backups).toContain(backup)
        expect(backup.createTime).toBeLessThanOrEqual(Math.min(cutoff, oldEnough))
      }
      for (const type of ['CLUSTER', 'COLLECTION', undefined]) {
        const ofType = backups.filter(({ backupType, createTime }) => backupType === type && createTime)
        const stay = ofType.filter(one => !gone.includes(one))
        expect(stay.length).toBeGreaterThanOrEqual(Math.min(rule.keepLast, ofType.length))
        // Whatever is deleted leaves enough newer ones.
        for (const one of gone.filter(({ backupType }) => backupType === type)) {
          const newer = stay.filter(({ createTime = 0 }) => createTime > (one.createTime ?? 0))
          expect(newer.length).toBeGreaterThanOrEqual(rule.keepLast)
        }
        // Nothing is forgotten: what stays is among the newest, too young or as old as one that is kept.
        const old = stay.filter(({ createTime = 0 }) => createTime <= oldEnough)
        const kept = old.filter(one => !tied.includes(one))
        expect(kept.length).toBeLessThanOrEqual(rule.keepLast)
      }
      expect(keptBy(result, 'no-time')).toEqual(backups.filter(({ createTime }) => createTime === undefined))
    }),
    { numRuns: 300 },
  )
})
