import { expect, test, vi } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { Cancelled } from '../src/errors.ts'

test('the clock of the process runs forwards', () => {
  const clock = systemClock(new AbortController().signal)
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000)
  const before = clock.elapsed()
  expect(clock.elapsed()).toBeGreaterThanOrEqual(before)
})

test('the clock of the process pauses, and a stop ends the pause at once', async () => {
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
