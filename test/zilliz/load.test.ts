/** One request is told that there are too many: all of the step stay away. */
import { expect, test } from 'vitest'
import { Cancelled } from '../../src/errors.ts'
import { type Connection, read, send } from '../../src/zilliz/connection.ts'
import { openDataPlane } from '../../src/zilliz/data-plane.ts'
import { good, open, post, query } from './tiny-service.ts'

/** The first request is told to stay away. */
async function throttledOnce({ status = 429, retryAfter }: { status?: number; retryAfter?: string }) {
  const sentAt: number[] = []
  const service = await open((response, _, number) => {
    sentAt.push(service.time.now)
    if (number > 1) return void response.end(good)
    response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end()
  })
  const once: Connection = { ...service.connection, triesOnce: true }
  await expect(read(once, query)).rejects.toThrow('Could not read job job-1')
  return { ...service, sentAt }
}

test.each(['read', 'start'] as const)('a %s waits as another request was told to', async what => {
  await using service = await throttledOnce({ retryAfter: '30' })
  const { connection, sentAt } = service
  if (what === 'read') await read(connection, query)
  else await send(connection, post)
  expect(sentAt[1]).toBeGreaterThanOrEqual(29_990)
  expect(sentAt[1]).toBeLessThan(30_500)
  expect(service.lines).toEqual([])
  await read(connection, query)
  expect(service.time.pauses).toHaveLength(1)
})

test('what is looked at before a change is looked at after the wait', async () => {
  await using service = await throttledOnce({ retryAfter: '30' })
  let lookedAt = 0
  const before = () => {
    lookedAt = service.time.now
  }
  await send(service.connection, post, { before })
  expect(lookedAt).toBeGreaterThanOrEqual(29_990)
})

test('without a time that is asked for it is that of the pause before the next try', async () => {
  await using service = await throttledOnce({})
  await read(service.connection, query)
  expect(service.sentAt[1]).toBeGreaterThanOrEqual(240)
  expect(service.sentAt[1]).toBeLessThan(1_000)
})

test('each refusal for too many requests is counted, so that looks become fewer', async () => {
  await using service = await throttledOnce({ retryAfter: '30' })
  expect(service.connection.session.load.times).toBe(1)
})

test('those that waited do not all go out at the same moment', async () => {
  await using service = await throttledOnce({ retryAfter: '30' })
  const { load } = service.connection.session
  const { notBefore } = load
  for (let count = 0; count < 10; count++) {
    load.notBefore = service.time.now + notBefore
    await read(service.connection, query)
  }
  expect(new Set(service.time.pauses).size).toBeGreaterThan(5)
})

test('a deadline cuts the wait, for one last try', async () => {
  await using service = await throttledOnce({ retryAfter: '30' })
  await read({ ...service.connection, deadline: 10_000 }, query)
  expect(service.sentAt[1]).toBe(9_000)
})

test('nothing is held back for longer than a request may take', async () => {
  await using service = await throttledOnce({ retryAfter: '3600' })
  await read(service.connection, query)
  expect(service.sentAt[1]).toBe(120_000)
  await using other = await throttledOnce({ retryAfter: '3600' })
  await read({ ...other.connection, retryUntilDeadline: true }, query)
  expect(other.sentAt[1]).toBeGreaterThanOrEqual(3_599_990)
})

test('a cancel ends the wait, and nothing is sent', async () => {
  await using service = await throttledOnce({ retryAfter: '30' })
  service.time.onPause = () => Promise.reject(new Cancelled())
  await expect(read(service.connection, query)).rejects.toBeInstanceOf(Cancelled)
  expect(service.requests).toHaveLength(1)
})

test.each([500, 503, 425])('HTTP %d holds no other request back', async status => {
  await using service = await throttledOnce({ status, retryAfter: '30' })
  await read(service.connection, query)
  expect(service.time.pauses).toEqual([])
})

test('what the control plane asks for does not hold back a cluster', async () => {
  await using service = await throttledOnce({ retryAfter: '30' })
  await read(await openDataPlane(service.connection, service.url, 'token-123456'), query)
  expect(service.time.pauses).toEqual([])
})
