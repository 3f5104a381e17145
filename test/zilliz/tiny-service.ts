import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Cancelled } from '../../src/errors.ts'
import { type Connection, openSession } from '../../src/zilliz/connection.ts'
import { fields, text } from '../../src/zilliz/fields.ts'
import type { Change, Query } from '../../src/zilliz/requests.ts'
import { listening } from './listening.ts'

export type Handler = (response: ServerResponse, request: IncomingMessage, number: number) => void

/** A tiny service on loopback, and a connection to it whose clock advances only with its pauses. */
export async function open(handler: Handler) {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    handler(response, request, requests.length)
  })
  const service = await listening(server)
  const stop = new AbortController()
  const time = { now: 0, pauses: [] as number[], onPause: async () => {} }
  const lines: string[] = []
  const connection: Connection = {
    baseUrl: service.url,
    apiKey: 'key-123456',
    clock: {
      now: () => Date.UTC(2026, 0, 1) + time.now,
      elapsed: () => time.now,
      async pause(milliseconds) {
        if (stop.signal.aborted) throw new Cancelled()
        time.pauses.push(milliseconds)
        time.now += milliseconds
        await time.onPause()
      },
    },
    deadline: 7_200_000,
    stop: stop.signal,
    log: line => lines.push(line),
    session: openSession(),
  }
  return { ...service, connection, requests, time, lines, stop }
}

export const good = '{"code":0,"data":{"jobId":"job-1"}}'
export const jobId = (data: unknown) => text(fields(data, 'job'), 'jobId')
export const query: Query<string> = { path: '/v2/x', tried: 'read job job-1', decode: jobId }

export const post: Change<string> = {
  method: 'POST',
  path: '/v2/start',
  body: { backupType: 'CLUSTER' },
  tried: 'start a backup',
  right: 'backup',
  decode: jobId,
}

export const drop: Change<void> = {
  method: 'DELETE',
  path: '/v2/clusters/in01-a/drop',
  tried: 'drop cluster in01-a',
  right: 'cluster',
  decode: () => undefined,
}
