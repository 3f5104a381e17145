import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forEachAtOnce } from '../../src/waiting/at-once.ts'

const turn = () => new Promise(resolve => setImmediate(resolve))

/** Works through items that take so many turns each; -1 throws after one. */
async function workThrough(items: readonly number[], most: number) {
  const begun: number[] = []
  const finished: number[] = []
  let open = 0
  let mostOpen = 0
  const work = async (turns: number) => {
    begun.push(turns)
    open++
    mostOpen = Math.max(mostOpen, open)
    for (let left = Math.abs(turns); left > 0; left--) await turn()
    open--
    if (turns < 0) throw new Error(`after ${finished.length}`)
    finished.push(turns)
  }
  const thrown = await forEachAtOnce(items, { most }, work).catch(error => error)
  return { begun, finished, mostOpen, openAtTheEnd: open, thrown }
}

test('each item once, in its order, and never more at once than that', async () => {
  const turns = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(turns, fc.integer({ min: 1, max: 9 }), async (items, most) => {
      const { begun, finished, mostOpen, thrown } = await workThrough(items, most)
      expect(begun).toEqual(items)
      expect([...finished].sort()).toEqual([...items].sort())
      expect(mostOpen).toBeLessThanOrEqual(most)
      expect(thrown).toBeUndefined()
    }),
  )
})

test('as many at once as there may be', async () => {
  expect((await workThrough(Array(20).fill(3), 8)).mostOpen).toBe(8)
  expect((await workThrough([1, 1], 8)).mostOpen).toBe(2)
})

test('after the first that throws none is begun, and those in flight finish', async () => {
  const { begun, finished, openAtTheEnd, thrown } = await workThrough([1, -2, 9, 9, 1, 1, 1, 1], 3)
  expect(thrown).toEqual(new Error('after 1'))
  expect(begun).toEqual([1, -2, 9, 9])
  expect(finished).toEqual([1, 9, 9])
  expect(openAtTheEnd).toBe(0)
})

test('of several that throw the first is told', async () => {
  expect((await workThrough([0, -3, -1, -2], 4)).thrown).toEqual(new Error('after 1'))
  const work = (item: number) => Promise.reject(new Error(`item ${item}`))
  await expect(forEachAtOnce([1, 2, 3], { most: 3 }, work)).rejects.toThrow('item 1')
})

test('nothing to do', async () => {
  expect(await workThrough([], 8)).toMatchObject({ begun: [], thrown: undefined })
})
