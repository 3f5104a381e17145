import { createServer } from 'node:http'
import { type Connection, openSession } from '../../src/zilliz/connection.ts'
import { listening } from './listening.ts'

/** A service that responds to each request in turn with a body and records the requests; nothing may pause. */
export async function openService(...bodies: unknown[]) {
  const requests: { method: string; url: string; body: unknown }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    requests.push({
      method: request.method ?? '',
      url: request.url ?? '',
      body: text === '' ? undefined : JSON.parse(text),
    })
    response.end(JSON.stringify(bodies[requests.length - 1] ?? { code: 5, message: 'one request too many' }))
  })
  const { url, close } = await listening(server)
  const lines: string[] = []
  const connection: Connection = {
    baseUrl: url,
    apiKey: 'key-123456',
    clock: { now: () => 0, elapsed: () => 0, pause: () => Promise.reject(new Error('no pause expected')) },
    deadline: 60_000,
    stop: new AbortController().signal,
    log: line => lines.push(line),
    session: openSession(),
  }
  const urls = () => requests.map(({ url }) => url)
  return { connection, requests, urls, lines, [Symbol.asyncDispose]: close }
}

/** The envelope of success. */
export const success = (data: unknown) => ({ code: 0, data })
