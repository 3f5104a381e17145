import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Clock } from '../../src/clock.ts'
import { Cancelled, TimedOut } from '../../src/errors.ts'
import { boundedPause, type Poll, progressLog, waitUntil } from '../../src/waiting/poll.ts'

/** A clock that advances only with its pauses, and records them. */
function fakeClock() {
  const clock = {
    time: 0,
    pauses: [] as number[],
    now: () => 1_700_000_000_000 + clock.time,
    elapsed: () => clock.time,
    pause(milliseconds: number) {
      clock.pauses.push(milliseconds)
      clock.time += milliseconds
      return Promise.resolve()
    },
  }
  return clock satisfies Clock
}

const percent = fc.option(fc.double({ min: -50, max: 150, noNaN: true }), { nil: undefined })
const maxPause = fc.integer({ min: 1, max: 86_400_000 })
const left = fc.double({ min: 0.001, max: 1e10, noNaN: true })

describe('boundedPause', () => {
  test.each([
    [2_000, 15_000, 7_200_000, 2_000],
    [120_000, 15_000, 7_200_000, 15_000],
    [500, 100, 7_200_000, 100],
    [15_000, 15_000, 15_000, 13_000],
    [15_000, 15_000, 4_001, 2_001],
    [15_000, 15_000, 4_000, 4_000],
    [500, 15_000, 0.5, 0.5],
  ])('a pause of %d ms, at most %d, %d left: %d', (pause, maxPause, left, bounded) => {
    expect(boundedPause({ pause, maxPause, left })).toBe(bounded)
  })

  test('is above 0, and never above maxPause or what is left', () => {
    fc.assert(
      fc.property(fc.record({ pause: fc.double({ min: 1, noNaN: true }), maxPause, left }), times => {
        const bounded = boundedPause(times)
        expect(bounded).toBeGreaterThan(0)
        expect(bounded).toBeLessThanOrEqual(times.maxPause)
        expect(bounded).toBeLessThanOrEqual(times.left)
      }),
    )
  })

  test.each([
    [9_000, 7_200_000, 9_000],
    [90_000, 7_200_000, 90_000],
    [100, 7_200_000, 500],
    [9_000, 6_000, 4_000],
    [9_000, 3_000, 3_000],
  ])('is no shorter than the service asks for: %d ms, %d left: %d', (retryAfter, left, bounded) => {
    expect(boundedPause({ pause: 500, maxPause: 15_000, left, retryAfter })).toBe(bounded)
  })
})

describe('waitUntil', () => {
  const stillOpen = () => 'job job-1 is PENDING'
  const message = 'Timed out after 2h: job job-1 is PENDING.'

  /** What a wait needs of a step with a timeout of two hours. */
  const stepWith = (clock: Clock, deadline: number) => ({ clock, deadline, timeout: 7_200_000 })

  test('ends with what the poll gave, without a pause when that is at once', async () => {
    const clock = fakeClock()
    const step = stepWith(clock, 60_000)
    const options = { maxPause: 15_000, stillOpen }
    expect(await waitUntil(step, async () => ({ done: 'found' }), options)).toBe('found')
    expect(clock.pauses).toEqual([])
  })

  test('the result may be undefined', async () => {
    const step = stepWith(fakeClock(), 60_000)
    const options = { maxPause: 15_000, stillOpen }
    expect(await waitUntil(step, async () => ({ done: undefined }), options)).toBeUndefined()
  })

  test('polls in growing pauses until it is done', async () => {
    const clock = fakeClock()
    let polls = 0
    const poll = async (): Promise<Poll<number>> => {
      clock.time += 4_000
      polls++
      return polls < 7 ? {} : { done: polls }
    }
    const step = stepWith(clock, 3_600_000)
    expect(await waitUntil(step, poll, { maxPause: 900, stillOpen })).toBe(7)
    expect(clock.pauses.map(Math.round)).toEqual([486, 486, 486, 655, 810, 810])
  })

  test('uses the progress for the next pause', async () => {
    const clock = fakeClock()
    const progress = [0, 90, 90]
    let polls = 0
    const poll = async () => {
      clock.time += 100_000
      return polls === 3 ? { done: true } : { progress: progress[polls++] }
    }
    await waitUntil(stepWith(clock, 1e9), poll, { maxPause: 60_000, stillOpen })
    expect(clock.pauses.map(Math.round)).toEqual([3_750, 5_476, 500])
  })

  test('of what is known, a first look is not needed: it comes after the first pause', async () => {
    const clock = fakeClock()
    const known = { progress: 0, isThrottled: true }
    await waitUntil(stepWith(clock, 60_000), async () => ({ done: true }), {
      maxPause: 15_000,
      stillOpen,
      known,
    })
    expect(clock.pauses).toEqual([1_080])
  })

  test('polls for the last time shortly before the deadline, and then times out with the sentence', async () => {
    const clock = fakeClock()
    const polls: number[] = []
    const poll = async () => {
      polls.push(clock.time)
      return { retryAfter: 25_000 }
    }
    const waiting = waitUntil(stepWith(clock, 60_000), poll, { maxPause: 25_000, stillOpen })
    await expect(waiting).rejects.toThrow(new TimedOut(message))
    expect(polls).toEqual([0, 25_000, 50_000, 58_000])
    expect(clock.time).toBe(60_000)
  })

  test('does not poll once more when a timer ends a moment before the deadline', async () => {
    const clock = fakeClock()
    const { pause } = clock
    clock.pause = milliseconds => pause(Math.max(milliseconds - 1, milliseconds / 2))
    const polls: number[] = []
    const poll = async () => {
      polls.push(clock.time)
      return { retryAfter: 9_000 }
    }
    const waiting = waitUntil(stepWith(clock, 30_000), poll, { maxPause: 25_000, stillOpen })
    await expect(waiting).rejects.toThrow(new TimedOut(message))
    expect(polls).toEqual([0, 8_999, 17_998, 26_997])
  })

  test('a poll that is done after the deadline is a success; one that is not is a timeout', async () => {
    const clock = fakeClock()
    const step = stepWith(clock, 1_000)
    const options = { maxPause: 15_000, stillOpen }
    const slow = <T>(result: T) =>
      async function poll() {
        clock.time += 5_000
        return result
      }
    expect(await waitUntil(step, slow({ done: 1 }), options)).toBe(1)
    await expect(waitUntil(step, slow({}), options)).rejects.toThrow(TimedOut)
    expect(clock.pauses).toEqual([])
  })

  test.each([
    ['cut short by the deadline', undefined, message],
    ['in trouble', new Error('HTTP 503'), `${message} Could not read job job-1.`],
  ])('the sentence says what was waited for; a request %s %#', async (_, cause, message) => {
    const poll = () => Promise.reject(new TimedOut('Could not read job job-1.', { cause }))
    const waiting = waitUntil(stepWith(fakeClock(), 1_000), poll, { maxPause: 500, stillOpen })
    await expect(waiting).rejects.toMatchObject({ name: 'TimedOut', message })
  })

  test('what a poll throws, and what a pause throws, ends it', async () => {
    const options = { maxPause: 500, stillOpen }
    const refused = () => Promise.reject(new Error('refused'))
    const failing = waitUntil(stepWith(fakeClock(), 1_000), refused, options)
    await expect(failing).rejects.toThrow('refused')
    const clock = { ...fakeClock(), pause: () => Promise.reject(new Cancelled()) }
    const cancelled = waitUntil(stepWith(clock, 1_000), async () => ({}), options)
    await expect(cancelled).rejects.toThrow(Cancelled)
  })

  test('for any times and progress it ends after a bounded number of polls', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 1, max: 7_200_000, noNaN: true }),
        fc.integer({ min: 1_000, max: 60_000 }),
        fc.array(percent, { minLength: 1, maxLength: 5 }),
        async (deadline, maxPause, progress) => {
          const clock = fakeClock()
          let polls = 0
          const poll = async () => ({ progress: progress[polls++ % progress.length] })
          const waiting = waitUntil(stepWith(clock, deadline), poll, { maxPause, stillOpen })
          await expect(waiting).rejects.toThrow(TimedOut)
          expect(clock.time).toBeGreaterThanOrEqual(deadline - 50)
          expect(polls).toBeLessThanOrEqual(deadline / 500 + 20)
        },
      ),
      { numRuns: 50 },
    )
  })
})

test('a line is new when it differs from the last one about the same thing', () => {
  const log = progressLog(fakeClock())
  expect(log.isNew('job 1', 'PENDING')).toBe(true)
  expect(log.isNew('job 1', 'PENDING')).toBe(false)
  expect(log.isNew('job 2', 'PENDING')).toBe(true)
  expect(log.isNew('job 1', 'IN_PROGRESS')).toBe(true)
  expect(log.isNew('job 1', 'PENDING')).toBe(true)
  expect(log.isNew('job 2', 'PENDING')).toBe(false)
})

test('after a minute without a new line one is due, once', () => {
  const clock = fakeClock()
  clock.time = 5_000
  const log = progressLog(clock)
  const dueAt = (time: number) => {
    clock.time = time
    return log.isDue()
  }
  expect(dueAt(5_000)).toBe(false)
  expect(dueAt(64_999)).toBe(false)
  expect(dueAt(65_000)).toBe(true)
  expect(dueAt(65_001)).toBe(false)
  clock.time = 100_000
  log.isNew('job 1', 'PENDING')
  expect(dueAt(159_999)).toBe(false)
  log.isNew('job 1', 'PENDING')
  expect(dueAt(160_000)).toBe(true)
  expect(dueAt(220_000)).toBe(true)
})
