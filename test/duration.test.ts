import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDuration, parseDuration } from '../src/duration.ts'

test.each([
  ['1s', 1_000],
  ['90s', 90_000],
  ['45m', 2_700_000],
  ['2h', 7_200_000],
  ['1h30m', 5_400_000],
  ['1d', 86_400_000],
  ['1d2h3m4s', 93_784_000],
  ['1d4s', 86_404_000],
  ['0h5m', 300_000],
  ['007s', 7_000],
  ['36525d', 3_155_760_000_000],
])('%s is a duration', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds)
})

test.each([
  [''],
  ['0s'],
  ['0d0h0m0s'],
  ['5'],
  ['m'],
  ['-5m'],
  ['+5m'],
  ['1.5h'],
  ['1,5h'],
  ['30m1h'],
  ['1m1m'],
  ['1h 30m'],
  [' 1h'],
  ['1h\n'],
  ['1H'],
  ['1w'],
  ['500ms'],
  ['forever'],
  ['٣m'],
  ['36526d'],
  [`${'9'.repeat(400)}d`],
])('%j is not a duration', text => {
  expect(parseDuration(text)).toBeUndefined()
})

test.each([
  [-5_000, '0s'],
  [0, '0s'],
  [499, '0s'],
  [500, '1s'],
  [59_999, '1m'],
  [61_000, '1m 1s'],
  [3_599_000, '59m 59s'],
  [5_400_000, '1h 30m'],
  [3_661_000, '1h 1m'],
  [86_400_000, '1d'],
  [93_784_000, '1d 2h'],
])('%d ms are written as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text)
})

test('a written duration is read as the same time, but for what follows its second unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 36_000 * 86_400 }), seconds => {
      const read = parseDuration(formatDuration(seconds * 1000).replace(' ', '')) ?? 0
      expect(read).toBeGreaterThan(0)
      expect(seconds * 1000 - read).toBeGreaterThanOrEqual(0)
      expect(seconds * 1000 - read).toBeLessThan(seconds >= 86_400 ? 86_400_000 : 60_000)
      if (seconds < 3_600) expect(read).toBe(seconds * 1000)
    }),
  )
})

test('any parts in their order are read, and no text throws', () => {
  const part = fc.option(fc.nat({ max: 999 }), { nil: undefined })
  fc.assert(
    fc.property(fc.tuple(part, part, part, part), ([d, h, m, s]) => {
      const text = `${d === undefined ? '' : `${d}d`}${h === undefined ? '' : `${h}h`}${m === undefined ? '' : `${m}m`}${s === undefined ? '' : `${s}s`}`
      const total = (d ?? 0) * 86_400 + (h ?? 0) * 3_600 + (m ?? 0) * 60 + (s ?? 0)
      expect(parseDuration(text)).toBe(total === 0 ? undefined : total * 1000)
    }),
  )
  fc.assert(
    fc.property(fc.string(), text => {
      const milliseconds = parseDuration(text)
      expect(milliseconds === undefined || milliseconds > 0).toBe(true)
    }),
  )
})
