/** The body of a response, read here: the toolkit's own ways never settle when a body is cut short. */
import type { IncomingMessage } from 'node:http'

/** A response above this is not read on: no page of an API comes near it, and memory is finite. */
const maxResponseSize = 16 * 1024 * 1024

/** Its message says what is wrong with the body. */
export class UnusableBody extends Error {
  override name = 'UnusableBody'
}

export function readBody(message: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    message.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxResponseSize) {
        chunks.length = 0
        reject(new UnusableBody(`the response is larger than ${maxResponseSize / 1024 / 1024} MB`))
        message.destroy()
        return
      }
      chunks.push(chunk)
    })
    message.on('error', error => reject(error.message === 'aborted' ? cutShort(error) : error))
    message.on('close', () => {
      if (message.complete) resolve(Buffer.concat(chunks).toString('utf8'))
      else reject(cutShort())
    })
  })
}

function cutShort(cause?: Error): Error {
  return new UnusableBody('the response was cut short', { cause })
}
