import { expect, test } from 'vitest'
import { time } from '../../src/zilliz/fields.ts'

const moment = Date.UTC(2024, 6, 30, 16, 49, 50)

// A number below 10^11 is seconds, above it milliseconds ("Requests").
test.each([
  ['2024-07-30T16:49:50Z', moment],
  ['2024-07-30T16:49:50z', moment],
  ['2024-07-30T16:49:50', moment],
  ['2024-07-30 16:49:50', moment],
  ['2024-07-30T16:49:50.250Z', moment + 250],
  ['2024-07-30T18:49:50+02:00', moment],
  ['2024-07-30T18:49:50+0200', moment],
  ['2024-07-30 11:49:50-05:00', moment],
  ['2024-07-30', Date.UTC(2024, 6, 30)],
  [moment, moment],
  [String(moment), moment],
  [moment / 1_000, moment],
  [String(moment / 1_000), moment],
  [99_999_999_999, 99_999_999_999_000],
  [100_000_000_000, 100_000_000_000],
  ['', undefined],
  ['yesterday', undefined],
  ['0000-00-00T00:00:00Z', undefined],
  [0, undefined],
  [-5, undefined],
  [8.64e15, 8.64e15],
  [8.64e15 + 2, undefined],
  ['1e300', undefined],
  [null, undefined],
  [undefined, undefined],
  [{}, undefined],
])('the time %j', (value, milliseconds) => {
  expect(time(value)).toBe(milliseconds)
})
