import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openPace } from '../../src/waiting/pace.ts'

const roundTrip = 30
const pollInterval = 15_000

/** Percent at a share of the job, from 0 to 1. */
type Progress = (share: number) => number | undefined

/** Looks at a job of so many seconds until it has ended, in the default poll-interval; each look takes `took`. */
function wait(seconds: number, progress: Progress, took = roundTrip): { looks: number; late: number } {
  const pauseAfter = openPace(pollInterval)
  const end = seconds * 1000
  let looks = 0
  for (let time = 0; ; ) {
    looks++
    time += took
    if (time >= end) return { looks, late: (time - end) / 1000 }
    time += pauseAfter({ waited: time, took, progress: progress(time / end) })
  }
}

const shown: Record<string, Progress> = {
  linear: share => Math.floor(100 * share),
  none: () => undefined,
  'stuck at 0': () => 0,
  'stuck in the middle': share => Math.min(42, Math.floor(100 * share)),
  'stuck near the end': share => Math.min(99, Math.floor(300 * share)),
  'at 100 too early': share => Math.min(100, Math.floor(150 * share)),
  jumping: share => [0, 15, 15, 60, 60, 60, 90, 90, 90, 95][Math.floor(share * 10)],
  'ever slower': share => 100 * (1 - Math.exp(-10 * share)),
  'slow at first': share => Math.floor(100 * share ** 3),
  'going back': share => Math.floor(100 * share) - (Math.floor(share * 40) % 2) * 10,
}
const others = Object.keys(shown).filter(name => name !== 'linear')
const jobs = [0.3, 1.3, 4.7, 17.3, 61, 600, 3_600, 21_600]

describe('the end of a job is noticed', () => {
  test.each(jobs)('with linear progress, of %d s: at most 2 %% too late, or a third of a second', seconds => {
    expect(wait(seconds, shown.linear as Progress).late).toBeLessThanOrEqual(Math.max(0.33, seconds * 0.02))
  })

  test.each(others.flatMap(name => jobs.map(seconds => [name, seconds] as const)))(
    'progress %s, %d s: at most 5 %% too late, or half a second and a look',
    (name, seconds) => {
      const late = wait(seconds, shown[name] as Progress).late
      expect(late).toBeLessThanOrEqual(Math.max(0.55, seconds * 0.05))
    },
  )
})

test.each([
  [20, 45],
  [3_600, 340],
  [21_600, 1_540],
])('a job of %d s takes at most %d looks, whatever its progress', (seconds, most) => {
  const looks = Object.values(shown).map(progress => wait(seconds, progress).looks)
  expect(Math.max(...looks)).toBeLessThanOrEqual(most)
})

const look = fc.record({
  waited: fc.double({ min: 0, max: 1e8, noNaN: true }),
  progress: fc.option(fc.double({ min: -50, max: 150, noNaN: true }), { nil: undefined }),
})

test('without progress the pause is half a second and a little, and then a share of the time waited', () => {
  const pauseAt = (waited: number) => openPace(pollInterval)({ waited, progress: undefined })
  expect([0, 1_000, 12_000, 24_000, 240_000].map(pauseAt)).toEqual([540, 540, 540, 1_000, 10_000])
})

test('progress of any kind never makes a pause longer, nor shorter than a tenth of a second', () => {
  fc.assert(
    fc.property(fc.array(look, { minLength: 1, maxLength: 30 }), looks => {
      const pauseAfter = openPace(pollInterval)
      for (const each of looks.toSorted((one, other) => one.waited - other.waited)) {
        const pause = pauseAfter(each)
        expect(pause).toBeGreaterThanOrEqual(100)
        expect(pause).toBeLessThanOrEqual(openPace(pollInterval)({ ...each, progress: undefined }))
      }
    }),
  )
})

const percents = fc.array(fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }), {
  minLength: 1,
  maxLength: 300,
})

test('no progress is worse than none: the end is noticed no later, but for a look that is under way', () => {
  const seconds = fc.double({ min: 0.1, max: 1_200, noNaN: true })
  const took = fc.integer({ min: 1, max: 500 })
  fc.assert(
    fc.property(percents, seconds, took, (percents, seconds, took) => {
      const random = wait(seconds, share => percents[Math.floor(share * percents.length)], took)
      const { late } = wait(seconds, () => undefined, took)
      expect(random.late).toBeLessThanOrEqual(late + (took + 100) / 1_000)
    }),
    { numRuns: 300 },
  )
})

test('progress of any kind costs a few looks at most', () => {
  fc.assert(
    fc.property(percents, fc.constantFrom(...jobs), (percents, seconds) => {
      const random = wait(seconds, share => percents[Math.floor(share * percents.length)])
      expect(random.looks - wait(seconds, () => undefined).looks).toBeLessThanOrEqual(20)
    }),
    { numRuns: 300 },
  )
})

test('under load the pauses double, to four times, and shrink again when it is over', () => {
  const pauseAfter = openPace(pollInterval)
  const pauses = [true, true, true, true, false, false, false, false, false, false].map(isThrottled =>
    Math.round(pauseAfter({ waited: 0, progress: undefined, isThrottled })),
  )
  expect(pauses).toEqual([1_080, 2_160, 2_160, 2_160, 1_800, 1_500, 1_250, 1_042, 868, 723])
})

test('the pause counts from look to look, but for a look that took long', () => {
  const pauseAfter = (took: number) => openPace(pollInterval)({ waited: 24_000, took, progress: undefined })
  expect([0, 30, 100, 5_000].map(pauseAfter)).toEqual([1_000, 970, 900, 900])
})

test('an end that is expected is not sooner for the time that the look took', () => {
  const pauseAfter = (took: number) => {
    const pace = openPace(pollInterval)
    pace({ waited: 0, progress: 0 })
    return pace({ waited: 9_800, took, progress: 98 })
  }
  expect(pauseAfter(30)).toBe(pauseAfter(0))
})

test('under load the look at the expected end does not come before it, nor much after it', () => {
  const times = fc.record({
    seconds: fc.double({ min: 3, max: 600, noNaN: true }),
    share: fc.double({ min: 0.15, max: 0.6, noNaN: true }),
  })
  fc.assert(
    fc.property(times, ({ seconds, share }) => {
      const end = seconds * 1_000
      const looked = share * end
      const percent = Math.floor(100 * share)
      const pace = openPace(pollInterval)
      pace({ waited: 0, progress: 0, isThrottled: true })
      const next = looked + pace({ waited: looked, progress: percent, isThrottled: false })
      expect(next).toBeGreaterThan(end)
      expect(next - end).toBeLessThanOrEqual(1_000 + end / 100 + (2 * (end - looked)) / percent)
    }),
  )
})

test('under load a long job with linear progress takes few looks, and its end is noticed soon', () => {
  fc.assert(
    fc.property(fc.double({ min: 3, max: 3_600, noNaN: true }), seconds => {
      const pace = openPace(pollInterval)
      const end = seconds * 1_000
      let looks = 0
      let time = 0
      for (; time < end; looks++) {
        const progress = Math.floor((100 * time) / end)
        time += pace({ waited: time, progress, isThrottled: looks % 2 === 0 })
      }
      expect(looks).toBeLessThanOrEqual(20)
      expect(time - end).toBeLessThanOrEqual(1_000 + end / 7)
    }),
  )
})
