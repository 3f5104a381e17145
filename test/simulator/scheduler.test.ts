import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timestamp, worldNow } from '../../simulator/clock.ts'
import { createScheduler } from '../../simulator/scheduler.ts'

test('each due effect runs once, in order of time, with the time at which it was due', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.array(fc.nat(60)), (times, reads) => {
      const scheduler = createScheduler()
      const ran: number[] = []
      for (const time of times) scheduler.at(time, dueTime => ran.push(dueTime))
      const latest = Math.max(-1, ...reads)
      let now = 0
      for (const read of reads) {
        now = Math.max(now, read)
        scheduler.runDue(now)
      }
      expect(ran).toEqual(times.filter(time => time <= latest).sort((a, b) => a - b))
    }),
  )
})

test('an effect that becomes due while others run is not skipped', () => {
  const scheduler = createScheduler()
  const ran: string[] = []
  scheduler.at(1, time => {
    ran.push('first')
    scheduler.at(time + 1, () => ran.push('second'))
  })
  scheduler.at(Number.POSITIVE_INFINITY, () => ran.push('never'))
  scheduler.runDue(1e15)
  expect(ran).toEqual(['first', 'second'])
})

test('world time runs at the given speed and is written without milliseconds', () => {
  const origin = Date.now() - 1000
  const ahead = worldNow({ origin, speed: 60 }) - (origin + 60_000)
  expect(ahead).toBeGreaterThanOrEqual(0)
  expect(ahead).toBeLessThan(6_000)
  expect(timestamp(Date.UTC(2024, 6, 30, 16, 49, 50, 999))).toBe('2024-07-30T16:49:50Z')
})
