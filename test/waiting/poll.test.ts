import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import {
  Cancelled,
  type Clock,
  nextPause,
  type Poll,
  progressLog,
  systemClock,
  TimedOut,
  waitUntil,
} from '../../src/waiting/poll.ts'

/** A clock that stands still but for its pauses, and tells them. */
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

const milliseconds = fc.double({ min: 0, max: 1e10, noNaN: true })
const percent = fc.option(fc.double({ min: -50, max: 150, noNaN: true }), { nil: undefined })
const longest = fc.integer({ min: 1, max: 86_400_000 })
const left = fc.double({ min: 0.001, max: 1e10, noNaN: true })

describe('nextPause', () => {
  test.each([
    [0, undefined, 15_000, 7_200_000, 500],
    [2_500, undefined, 15_000, 7_200_000, 500],
    [10_000, undefined, 15_000, 7_200_000, 2_000],
    [600_000, undefined, 15_000, 7_200_000, 15_000],
    [600_000, undefined, 300_000, 7_200_000, 120_000],
    [600_000, 50, 300_000, 7_200_000, 120_000],
    [600_000, 90, 300_000, 7_200_000, 33_333],
    [600_000, 99.99, 300_000, 7_200_000, 500],
    [600_000, 0, 300_000, 7_200_000, 120_000],
    [600_000, 100, 300_000, 7_200_000, 120_000],
    [600_000, undefined, 1_000, 7_200_000, 1_000],
    [600_000, undefined, 100, 7_200_000, 100],
    [600_000, undefined, 15_000, 15_000, 13_000],
    [600_000, undefined, 15_000, 4_001, 2_001],
    [600_000, undefined, 15_000, 4_000, 4_000],
    [600_000, undefined, 15_000, 0.5, 0.5],
  ])('%d ms waited, %s percent, at most %d, %d left: %d', (waited, progress, atMost, rest, pause) => {
    expect(nextPause(waited, progress, atMost, rest)).toBeCloseTo(pause, 0)
  })

  test('is above nothing, and never above the longest or what is left', () => {
    fc.assert(
      fc.property(milliseconds, percent, longest, left, (waited, progress, atMost, rest) => {
        const pause = nextPause(waited, progress, atMost, rest)
        expect(pause).toBeGreaterThan(0)
        expect(pause).toBeLessThanOrEqual(atMost)
        expect(pause).toBeLessThanOrEqual(rest)
      }),
    )
  })

  test('grows with the time waited', () => {
    fc.assert(
      fc.property(milliseconds, milliseconds, longest, (one, other, atMost) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        const far = Number.POSITIVE_INFINITY
        expect(nextPause(less, undefined, atMost, far)).toBeLessThanOrEqual(
          nextPause(more, undefined, atMost, far),
        )
      }),
    )
  })

  test('shrinks with the progress, and is never longer for knowing it', () => {
    const between = fc.double({ min: 0.001, max: 99.999, noNaN: true })
    fc.assert(
      fc.property(milliseconds, between, between, longest, left, (waited, one, other, atMost, rest) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        const far = Number.POSITIVE_INFINITY
        expect(nextPause(waited, more, atMost, far)).toBeLessThanOrEqual(nextPause(waited, less, atMost, far))
        expect(nextPause(waited, less, atMost, far)).toBeLessThanOrEqual(
          nextPause(waited, undefined, atMost, far),
        )
        expect(nextPause(waited, more, atMost, rest)).toBeGreaterThan(0)
      }),
    )
  })
})

describe('waitUntil', () => {
  const timeoutMessage = () => 'The time is over.'

  test('ends with what the look found, without a pause when that is at once', async () => {
    const clock = fakeClock()
    const options = { clock, deadline: 60_000, maxPause: 15_000, timeoutMessage }
    expect(await waitUntil(async () => ({ done: 'found' }), options)).toBe('found')
    expect(clock.pauses).toEqual([])
  })

  test('what is done may be undefined', async () => {
    const options = { clock: fakeClock(), deadline: 60_000, maxPause: 15_000, timeoutMessage }
    expect(await waitUntil(async () => ({ done: undefined }), options)).toBeUndefined()
  })

  test('looks in growing pauses until it is done', async () => {
    const clock = fakeClock()
    let looks = 0
    const look = async (): Promise<Poll<number>> => (++looks < 9 ? {} : { done: looks })
    expect(await waitUntil(look, { clock, deadline: 3_600_000, maxPause: 700, timeoutMessage })).toBe(9)
    expect(clock.pauses).toEqual([500, 500, 500, 500, 500, 500, 600, 700])
  })

  test('hands the progress on', async () => {
    const clock = fakeClock()
    const progress = [undefined, 99, 99]
    let looks = 0
    const look = async () => {
      clock.time += 100_000
      return looks === 3 ? { done: true } : { progress: progress[looks++] }
    }
    await waitUntil(look, { clock, deadline: 1e9, maxPause: 60_000, timeoutMessage })
    expect(clock.pauses.map(Math.round)).toEqual([20_000, 1_111, 1_622])
  })

  test('looks for the last time shortly before the end, and then gives up with the sentence', async () => {
    const clock = fakeClock()
    const looks: number[] = []
    const look = async () => {
      looks.push(clock.time)
      return {}
    }
    const waiting = waitUntil(look, { clock, deadline: 60_000, maxPause: 25_000, timeoutMessage })
    await expect(waiting).rejects.toThrow(new TimedOut('The time is over.'))
    expect(looks.at(-1)).toBe(58_000)
    expect(clock.time).toBe(60_000)
  })

  test('a look that is done is done, even late; one that is not is over', async () => {
    const clock = fakeClock()
    const options = { clock, deadline: 1_000, maxPause: 15_000, timeoutMessage }
    const slow = <T>(seen: T) =>
      async function look() {
        clock.time += 5_000
        return seen
      }
    expect(await waitUntil(slow({ done: 1 }), options)).toBe(1)
    await expect(waitUntil(slow({}), options)).rejects.toThrow(TimedOut)
    expect(clock.pauses).toEqual([])
  })

  test.each([
    ['cut short by the deadline', undefined, 'The time is over.'],
    ['in trouble', new Error('HTTP 503'), 'The time is over. Could not read job job-1.'],
  ])('what was waited for is told; a request %s %#', async (_, cause, message) => {
    const look = () => Promise.reject(new TimedOut('Could not read job job-1.', { cause }))
    const waiting = waitUntil(look, { clock: fakeClock(), deadline: 1_000, maxPause: 500, timeoutMessage })
    await expect(waiting).rejects.toMatchObject({ name: 'TimedOut', message })
  })

  test('what a look throws, and what a pause throws, ends it', async () => {
    const failing = waitUntil(() => Promise.reject(new Error('refused')), {
      clock: fakeClock(),
      deadline: 1_000,
      maxPause: 500,
      timeoutMessage,
    })
    await expect(failing).rejects.toThrow('refused')
    const clock = { ...fakeClock(), pause: () => Promise.reject(new Cancelled()) }
    const cancelled = waitUntil(async () => ({}), { clock, deadline: 1_000, maxPause: 500, timeoutMessage })
    await expect(cancelled).rejects.toThrow(Cancelled)
  })

  test('whatever the times and the progress, it ends after a bounded number of looks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 1, max: 7_200_000, noNaN: true }),
        fc.integer({ min: 1_000, max: 60_000 }),
        fc.array(percent, { minLength: 1, maxLength: 5 }),
        async (deadline, atMost, progress) => {
          const clock = fakeClock()
          let looks = 0
          const look = async () => ({ progress: progress[looks++ % progress.length] })
          await expect(
            waitUntil(look, { clock, deadline, maxPause: atMost, timeoutMessage }),
          ).rejects.toThrow(TimedOut)
          expect(clock.time).toBeGreaterThanOrEqual(deadline)
          expect(looks).toBeLessThanOrEqual(deadline / 500 + 4)
        },
      ),
      { numRuns: 50 },
    )
  })
})

test('a line is told when it differs from the last about the same thing', () => {
  const news = progressLog(fakeClock())
  expect(news.isNew('job 1', 'PENDING')).toBe(true)
  expect(news.isNew('job 1', 'PENDING')).toBe(false)
  expect(news.isNew('job 2', 'PENDING')).toBe(true)
  expect(news.isNew('job 1', 'IN_PROGRESS')).toBe(true)
  expect(news.isNew('job 1', 'PENDING')).toBe(true)
  expect(news.isNew('job 2', 'PENDING')).toBe(false)
})

test('a minute without news is quiet, once', () => {
  const clock = fakeClock()
  clock.time = 5_000
  const news = progressLog(clock)
  const quietAt = (time: number) => {
    clock.time = time
    return news.isDue()
  }
  expect(quietAt(5_000)).toBe(false)
  expect(quietAt(64_999)).toBe(false)
  expect(quietAt(65_000)).toBe(true)
  expect(quietAt(65_001)).toBe(false)
  clock.time = 100_000
  news.isNew('job 1', 'PENDING')
  expect(quietAt(159_999)).toBe(false)
  news.isNew('job 1', 'PENDING')
  expect(quietAt(160_000)).toBe(true)
  expect(quietAt(220_000)).toBe(true)
})

describe('the clock of the process', () => {
  test('runs forwards', () => {
    const clock = systemClock(new AbortController().signal)
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000)
    const before = clock.elapsed()
    expect(clock.elapsed()).toBeGreaterThanOrEqual(before)
  })

  test('pauses, and a stop ends the pause at once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const stop = new AbortController()
      const clock = systemClock(stop.signal)
      const short = clock.pause(1_000)
      expect(vi.getTimerCount()).toBe(1)
      vi.advanceTimersByTime(1_000)
      await short
      const endless = clock.pause(Number.MAX_SAFE_INTEGER)
      vi.advanceTimersByTime(1_000)
      expect(vi.getTimerCount()).toBe(1)
      stop.abort()
      await expect(endless).rejects.toThrow(Cancelled)
      expect(vi.getTimerCount()).toBe(0)
      await expect(clock.pause(1)).rejects.toThrow('The step was cancelled.')
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})
