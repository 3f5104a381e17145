import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { createLog } from '../../simulator/kept.ts'
import { settingsOf } from '../../simulator/options.ts'
import { createRateLimit } from '../../simulator/rate-limit.ts'
import { get } from './client.ts'
import { data } from './data-client.ts'

test('a server keeps the last requests and problems alone, and counts on', async () => {
  await using cloud = await startSimulator({ keepRequests: 3, dataPlane: true })
  for (let count = 1; count <= 5; count++) {
    await get(cloud, '/v2/nothing')
    await data(cloud, 'databases/nothing')
  }
  for (const list of [cloud.requests, cloud.dataRequests]) {
    expect(list.map(({ number }) => number)).toEqual([3, 4, 5])
  }
  expect(cloud.problems.map(problem => problem.request)).toEqual([4, 5, 5])
})

const numbersAfter20000 = (limit: number) => {
  const log = createLog(limit)
  for (let count = 1; count <= 20_000; count++) log.add({})
  return log.entries.map(({ number }) => number)
}

test('of 20,000 requests the last thousand are kept, and all of them without a limit', () => {
  expect(numbersAfter20000(1000)).toEqual(Array.from({ length: 1000 }, (_, index) => 19_001 + index))
  expect(numbersAfter20000(settingsOf({}).keepRequests)).toHaveLength(20_000)
})

test('what the rate limit counts expires, whatever was sent as a key', () => {
  const limit = createRateLimit(20)
  const sizes = Array.from({ length: 20_000 }, (_, count) => {
    limit.exceeded(`key ${count}`, 'listBackups', count * 10)
    return limit.size
  })
  // At a hundred requests a second: those of this second and of the one before.
  expect(Math.max(...sizes)).toBeLessThanOrEqual(200)
})

test('the rate limit still counts a key after others have expired', () => {
  const limit = createRateLimit(2)
  const at = (now: number, key = 'key') => limit.exceeded(key, 'listBackups', now)
  at(0, 'another')
  expect([at(900), at(1000), at(1100), at(1901)]).toEqual([false, false, true, false])
})
