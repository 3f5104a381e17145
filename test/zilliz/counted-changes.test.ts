import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { read, send } from '../../src/zilliz/connection.ts'
import { drop, good, open, post, query } from './tiny-service.ts'

describe('what went out that changes something is counted', () => {
  test.each([
    ['a POST that is done', (response: ServerResponse) => response.end(good), 1],
    ['a POST whose response is lost', (response: ServerResponse) => response.writeHead(502).end(), 1],
    ['a POST that is refused', (response: ServerResponse) => response.end('{"code":5}'), 0],
  ])('%s', async (_, respond, count) => {
    await using service = await open(respond)
    await send(service.connection, post).catch(() => {})
    expect(service.connection.session.changes).toBe(count)
  })

  test('a DELETE that is throttled, then done, is one; a refused one is none', async () => {
    await using service = await open((response, _, number) => {
      if (number === 1) response.writeHead(429).end()
      else response.end(number === 2 ? good : '{"code":5}')
    })
    await send(service.connection, drop)
    expect(service.connection.session.changes).toBe(1)
    await send(service.connection, drop).catch(() => {})
    expect(service.connection.session.changes).toBe(1)
  })

  test('a POST that never arrived is none', async () => {
    const service = await open(response => response.end(good))
    await service[Symbol.asyncDispose]()
    await send(service.connection, post).catch(() => {})
    expect(service.connection.session.changes).toBe(0)
  })

  test('nor is a read', async () => {
    await using service = await open(response => response.end(good))
    await read(service.connection, query)
    expect(service.connection.session.changes).toBe(0)
  })
})
