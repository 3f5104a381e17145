import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timestamp, worldNow } from '../../simulator/clock.ts'
import { createScheduler } from '../../simulator/scheduler.ts'

test('everything due happens once, in order of time, with its own time', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.array(fc.nat(60)), (times, looks) => {
      const agenda = createScheduler()
      const seen: number[] = []
      for (const time of times) agenda.at(time, own => seen.push(own))
      const latest = Math.max(-1, ...looks)
      let now = 0
      for (const look of looks) {
        now = Math.max(now, look)
        agenda.runDue(now)
      }
      expect(seen).toEqual(times.filter(time => time <= latest).sort((a, b) => a - b))
    }),
  )
})

test('what becomes due while others happen is not left out', () => {
  const agenda = createScheduler()
  const seen: string[] = []
  agenda.at(1, time => {
    seen.push('first')
    agenda.at(time + 1, () => seen.push('second'))
  })
  agenda.at(Number.POSITIVE_INFINITY, () => seen.push('never'))
  agenda.runDue(1e15)
  expect(seen).toEqual(['first', 'second'])
})

test('the clock of the world', () => {
  const origin = Date.now() - 1000
  const ahead = worldNow({ origin, speed: 60 }) - (origin + 60_000)
  expect(ahead).toBeGreaterThanOrEqual(0)
  expect(ahead).toBeLessThan(6_000)
  expect(timestamp(Date.UTC(2024, 6, 30, 16, 49, 50, 999))).toBe('2024-07-30T16:49:50Z')
})
