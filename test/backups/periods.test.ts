import { expect, test } from 'vitest'
import { periodOf } from '../../src/backups/periods.ts'

test.each([
  ['2026-10-26T00:00:00Z', '2026-10-26', '2026-W44', '2026-10'],
  ['2026-11-01T23:59:59Z', '2026-11-01', '2026-W44', '2026-11'],
  // A week belongs to the year of its Thursday.
  ['2021-01-03T12:00:00Z', '2021-01-03', '2020-W53', '2021-01'],
  ['2021-01-04T00:00:00Z', '2021-01-04', '2021-W01', '2021-01'],
  ['2018-12-31T00:00:00Z', '2018-12-31', '2019-W01', '2018-12'],
  ['2024-02-29T12:00:00Z', '2024-02-29', '2024-W09', '2024-02'],
  ['1970-01-01T00:00:00Z', '1970-01-01', '1970-W01', '1970-01'],
  ['1969-12-28T23:00:00Z', '1969-12-28', '1969-W52', '1969-12'],
])('%s is in %s, %s and %s', (time, day, week, month) => {
  const moment = Date.parse(time)
  expect(periodOf('day', moment)).toBe(day)
  expect(periodOf('week', moment)).toBe(week)
  expect(periodOf('month', moment)).toBe(month)
})
