import type { ServerResponse } from 'node:http'
import type { WireFault } from './faults.ts'
import type { Response } from './response.ts'

/** Long enough for what was written to arrive before a reset overtakes it. */
const FLUSH_MS = 20

export function send(response: ServerResponse, answer: Response): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) })
  response.end(answer.body)
}

/** The answer in small pieces, `everyMs` real milliseconds apart. */
export function drip(response: ServerResponse, answer: Response, bytes: number, everyMs: number): void {
  const body = Buffer.from(answer.body)
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length })
  response.flushHeaders()
  let sent = 0
  const timer = setInterval(() => {
    response.write(body.subarray(sent, sent + bytes))
    sent += bytes
    if (sent < body.length) return
    clearInterval(timer)
    response.end()
  }, everyMs)
  response.on('close', () => clearInterval(timer))
}

/** Head and half of the body; the head promises all of it, and `missing` bytes more. */
function sendPart(response: ServerResponse, answer: Response, missing: number): void {
  const body = Buffer.from(answer.body)
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length + missing })
  response.write(missing > 0 ? body : body.subarray(0, Math.ceil(body.length / 2)))
}

export function resetInBody(response: ServerResponse, answer: Response): void {
  sendPart(response, answer, 0)
  setTimeout(() => response.socket?.resetAndDestroy(), FLUSH_MS)
}

export function stallInBody(response: ServerResponse, answer: Response): void {
  sendPart(response, answer, 0)
}

export function cut(response: ServerResponse, answer: Response, missing: number): void {
  sendPart(response, answer, missing)
  response.socket?.end()
}

/** A JSON envelope of that many megabytes, written as fast as it is read. */
export function sendHuge(
  response: ServerResponse,
  headers: Record<string, string>,
  fault: Extract<WireFault, { kind: 'huge' }>,
): void {
  const head = '{"code":0,"data":{},"padding":"'
  const tail = '"}'
  const padding = Math.max(0, Math.round(fault.megabytes * 1024 * 1024) - head.length - tail.length)
  const length = { 'content-length': head.length + padding + tail.length }
  response.writeHead(200, {
    ...headers,
    'content-type': 'application/json',
    ...(fault.announced ? length : {}),
  })
  response.write(head)
  const chunk = Buffer.alloc(65_536, 'x')
  let left = padding
  const pump = () => {
    while (left > 0 && !response.destroyed) {
      const part = chunk.subarray(0, Math.min(left, chunk.length))
      left -= part.length
      if (!response.write(part)) {
        response.once('drain', pump)
        return
      }
    }
    response.end(tail)
  }
  pump()
}
