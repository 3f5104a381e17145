import { expect, test } from 'vitest'
import type { Connection } from '../../src/zilliz/connection.ts'
import { serviceTime, withoutFutureTime } from '../../src/zilliz/service-time.ts'

const now = Date.UTC(2026, 0, 1)

function connection(clockDifference?: number): Connection {
  const session = { hasResponded: clockDifference !== undefined, clockDifference }
  return { clock: { now: () => now }, session } as unknown as Connection
}

test("every age goes by the service's own clock, which is whole seconds", () => {
  expect(serviceTime(connection(-90_000))).toEqual({ now: now - 90_000, tolerance: 2_000 })
  expect(serviceTime(connection(0))).toEqual({ now, tolerance: 2_000 })
})

test("without a Date header it is the runner's clock, five minutes allowed", () => {
  expect(serviceTime(connection())).toEqual({ now, tolerance: 300_000 })
})

test.each([
  [undefined, undefined],
  [now - 86_400_000, now - 86_400_000],
  [now, now],
  [now + 300_000, now + 300_000],
  [now + 300_001, undefined],
  [now + 73 * 365 * 86_400_000, undefined],
])('a time more than five minutes in the future is no time: %s', (createTime, kept) => {
  const item = { backupId: 'b1', createTime }
  expect(withoutFutureTime(connection(0), item)).toEqual({ backupId: 'b1', createTime: kept })
})

test('what is the future is said by the clock of the service', () => {
  const item = { createTime: now + 3_600_000 }
  expect(withoutFutureTime(connection(3_600_000), item)).toEqual(item)
  expect(withoutFutureTime(connection(0), item).createTime).toBeUndefined()
})
