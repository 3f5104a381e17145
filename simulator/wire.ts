import type { ServerResponse } from 'node:http'
import type { WireFault } from './faults.ts'
import type { Response } from './response.ts'

/** Long enough for the written data to arrive before the reset does. */
const FLUSH_MS = 20

export function send(outgoing: ServerResponse, response: Response): void {
  outgoing.writeHead(response.status, {
    ...response.headers,
    'content-length': Buffer.byteLength(response.body),
  })
  outgoing.end(response.body)
}

interface Pace {
  bytes: number
  everyMs: number
}

/** Sends the response in small pieces, one every `everyMs` real milliseconds. */
export function drip(outgoing: ServerResponse, response: Response, { bytes, everyMs }: Pace): void {
  const body = Buffer.from(response.body)
  outgoing.writeHead(response.status, { ...response.headers, 'content-length': body.length })
  outgoing.flushHeaders()
  let sent = 0
  const timer = setInterval(() => {
    outgoing.write(body.subarray(sent, sent + bytes))
    sent += bytes
    if (sent < body.length) return
    clearInterval(timer)
    outgoing.end()
  }, everyMs)
  outgoing.on('close', () => clearInterval(timer))
}

/** Sends half of the body, or with `missing` all of it and a content-length that is larger by that much. */
function sendPart(outgoing: ServerResponse, response: Response, missing: number): void {
  const body = Buffer.from(response.body)
  outgoing.writeHead(response.status, { ...response.headers, 'content-length': body.length + missing })
  outgoing.write(missing > 0 ? body : body.subarray(0, Math.ceil(body.length / 2)))
}

export function resetInBody(outgoing: ServerResponse, response: Response): void {
  sendPart(outgoing, response, 0)
  setTimeout(() => outgoing.socket?.resetAndDestroy(), FLUSH_MS)
}

export function stallInBody(outgoing: ServerResponse, response: Response): void {
  sendPart(outgoing, response, 0)
}

export function cut(outgoing: ServerResponse, response: Response, missing: number): void {
  sendPart(outgoing, response, missing)
  outgoing.socket?.end()
}

/** Sends a JSON envelope of that many megabytes as fast as the client reads it. */
export function sendHuge(
  outgoing: ServerResponse,
  headers: Record<string, string>,
  fault: Extract<WireFault, { kind: 'huge' }>,
): void {
  const head = '{"code":0,"data":{},"padding":"'
  const tail = '"}'
  const padding = Math.max(0, Math.round(fault.megabytes * 1024 * 1024) - head.length - tail.length)
  const length = { 'content-length': head.length + padding + tail.length }
  outgoing.writeHead(200, {
    ...headers,
    'content-type': 'application/json',
    ...(fault.announced ? length : {}),
  })
  outgoing.write(head)
  const chunk = Buffer.alloc(65_536, 'x')
  let left = padding
  const pump = () => {
    while (left > 0 && !outgoing.destroyed) {
      const part = chunk.subarray(0, Math.min(left, chunk.length))
      left -= part.length
      if (!outgoing.write(part)) {
        outgoing.once('drain', pump)
        return
      }
    }
    outgoing.end(tail)
  }
  pump()
}
