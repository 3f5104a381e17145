import { expect, test } from 'vitest'
import { atMost, growth, inTurns, median } from '../../bench/statistics.ts'

test.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[10, 2, 4, 100], 7],
  [[], Number.NaN],
])('the median of %j is %d', (numbers, expected) => {
  expect(median(numbers)).toBe(expected)
})

test('growth is 1 when each item costs the same, however long the start takes', () => {
  const at = (items: number, time: number) => ({ items, time })
  expect(growth(at(100, 1_100), at(1_000, 2_000), at(10_000, 11_000))).toBe(1)
  expect(growth(at(100, 100), at(1_000, 10_000), at(10_000, 1_000_000))).toBeCloseTo(9.18)
  expect(growth(at(100, 50), at(1_000, 500), at(10_000, 2_750))).toBeLessThan(1)
})

test('contenders run in turns, and the first round does not count', async () => {
  const order: string[] = []
  const counting = (name: string, measures: number[]) => async () => {
    order.push(name)
    return measures.shift() ?? Number.NaN
  }
  const medians = await inTurns(3, {
    one: counting('one', [99, 1, 3, 2]),
    two: counting('two', [99, 5, 5, 6]),
  })
  expect(medians).toEqual({ one: 2, two: 5 })
  expect(order.join(' ')).toBe('one two one two one two one two')
})

test('no more tasks run at a time than allowed, and all of them run', async () => {
  let running = 0
  let most = 0
  let done = 0
  const task = async () => {
    running++
    most = Math.max(most, running)
    await Promise.resolve()
    running--
    done++
  }
  await atMost(
    2,
    Array.from({ length: 5 }, () => task),
  )
  expect({ most, done }).toEqual({ most: 2, done: 5 })
})
