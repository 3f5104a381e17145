import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Clock } from '../../src/clock.ts'
import { Cancelled } from '../../src/errors.ts'
import { forEachAtOnce } from '../../src/waiting/at-once.ts'

/** A clock that advances to the end of the next pause as soon as nothing else happens. */
function eventClock() {
  const due: { at: number; end: () => void }[] = []
  let time = 0
  const clock: Clock = {
    now: () => time,
    elapsed: () => time,
    pause: milliseconds => new Promise(end => due.push({ at: time + milliseconds, end })),
  }
  /** Advances the clock until the work has ended. */
  async function run<T>(work: Promise<T>): Promise<T> {
    let ended = false
    const end = () => {
      ended = true
    }
    work.then(end, end)
    for (;;) {
      await new Promise(resolve => setImmediate(resolve))
      const next = due.sort((one, other) => one.at - other.at).shift()
      if (ended || next === undefined) return work
      time = next.at
      next.end()
    }
  }
  return { clock, run, time: () => time }
}

/** Works through items that take so many milliseconds each; -1 throws after a second. */
async function workThrough(durations: readonly number[]) {
  const { clock, run, time } = eventClock()
  const items = durations.map((duration, index) => ({ duration, index }))
  const begun: { index: number; at: number }[] = []
  const finished: { index: number; over: boolean }[] = []
  let inFlight = 0
  let concurrency = 0
  const outcome = await run(
    forEachAtOnce(items, { pace: { clock, perSecond: 5 } }, async ({ duration, index }, isOver) => {
      begun.push({ index, at: time() })
      concurrency = Math.max(concurrency, ++inFlight)
      await clock.pause(Math.abs(duration))
      inFlight--
      finished.push({ index, over: isOver() })
      if (duration < 0) throw new Error(`item ${index}`)
    }).then(
      () => 'done',
      (error: Error) => error.message,
    ),
  )
  return { outcome, begun, finished, concurrency, time: time() }
}

test('without items it ends at once', async () => {
  expect(await workThrough([])).toMatchObject({ outcome: 'done', time: 0 })
})

test('items are begun in their order, a fifth of a second apart', async () => {
  const { outcome, begun } = await workThrough([10, 10, 10, 10, 10, 10])
  expect(outcome).toBe('done')
  expect(begun).toEqual([0, 200, 400, 600, 800, 1_000].map((at, index) => ({ index, at })))
})

test('a slow service has four in flight', async () => {
  const { begun, concurrency } = await workThrough([5_000, 9_000, 9_000, 9_000, 9_000, 9_000])
  expect(concurrency).toBe(4)
  expect(begun.map(({ at }) => at)).toEqual([0, 200, 400, 600, 5_000, 9_200])
})

test('after the first that throws none is begun, and those in flight are allowed to finish', async () => {
  const { outcome, begun, finished } = await workThrough([5_000, -1_000, 5_000, 5_000, 10, 10])
  expect(outcome).toBe('item 1')
  expect(begun.map(({ index }) => index)).toEqual([0, 1, 2, 3])
  expect(finished).toEqual([
    { index: 1, over: false },
    { index: 0, over: true },
    { index: 2, over: true },
    { index: 3, over: true },
  ])
})

test('the first error is thrown', async () => {
  expect((await workThrough([-9_000, -1_000, -5_000])).outcome).toBe('item 1')
})

test('an item that pauses for the rate limit is not begun after a throw', async () => {
  const { outcome, begun } = await workThrough([-100, 10])
  expect(outcome).toBe('item 0')
  expect(begun).toHaveLength(1)
})

test('a cancel ends the pauses, and nothing more is begun', async () => {
  const cancelled = new Cancelled()
  const clock: Clock = { now: () => 0, elapsed: () => 0, pause: () => Promise.reject(cancelled) }
  const begun: number[] = []
  const work = async (item: number) => {
    begun.push(item)
  }
  await expect(forEachAtOnce([1, 2, 3, 4, 5, 6], { pace: { clock, perSecond: 5 } }, work)).rejects.toBe(
    cancelled,
  )
  expect(begun).toEqual([1])
})

test('for any durations: in order, each once, at most four in flight and five begun in a second', async () => {
  const durations = fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(durations, async times => {
      const { begun, concurrency } = await workThrough(times)
      expect(begun.map(({ index }) => index)).toEqual(times.map((_, index) => index))
      expect(concurrency).toBeLessThanOrEqual(4)
      for (const [index, { at }] of begun.entries()) {
        expect(at - (begun[index - 5]?.at ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(1_000)
      }
    }),
    { numRuns: 50 },
  )
})
