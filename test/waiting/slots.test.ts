import { expect, test } from 'vitest'
import { openSlots } from '../../src/waiting/slots.ts'

function openClock() {
  const pauses: number[] = []
  let time = 5_000
  const clock = {
    now: () => 0,
    elapsed: () => time,
    async pause(milliseconds: number) {
      pauses.push(milliseconds)
      time += milliseconds
    },
  }
  const spend = (milliseconds: number) => {
    time += milliseconds
  }
  return { clock, pauses, spend, time: () => time }
}

test('a few do not wait', async () => {
  const { clock, pauses } = openClock()
  const slot = openSlots(clock)
  for (let count = 0; count < 18; count++) await slot()
  expect(pauses).toEqual([])
})

test('many stay below twenty in any second', async () => {
  const { clock, time, spend } = openClock()
  const slot = openSlots(clock)
  const begun: number[] = []
  for (let count = 0; count < 200; count++) {
    await slot()
    begun.push(time())
    spend(count % 3)
  }
  const inSecondFrom = (start: number) => begun.filter(at => at >= start && at < start + 1_000).length
  expect(Math.max(...begun.map(inSecondFrom))).toBeLessThan(20)
  expect(time()).toBeLessThan(5_000 + 200 * 60)
})

test('several that ask at the same moment get one slot each', async () => {
  const { clock, pauses } = openClock()
  const slot = openSlots(clock)
  await Promise.all(Array.from({ length: 36 }, slot))
  expect(pauses).toEqual([1_050])
})

test('nobody waits who takes long anyway', async () => {
  const { clock, pauses, spend } = openClock()
  const slot = openSlots(clock)
  for (let count = 0; count < 100; count++) {
    await slot()
    spend(60)
  }
  expect(pauses).toEqual([])
})
