/** `fetch` for Octokit, over the toolkit's own client: it knows the proxies, and the bundle needs no undici for it. */
import type { RequestOptions } from 'node:http'
import { HttpClient } from '@actions/http-client'
import { messagesOf } from '../errors.ts'
import { readBody } from '../response-body.ts'

/** What Octokit asks of it. */
interface FetchOptions {
  method: string
  headers: Record<string, string>
  body?: string
}

/** What is not followed, so that the token goes to no other host. */
export class Redirected extends Error {
  override name = 'Redirected'
}

/** Of a response, what anybody here reads. */
const headersRead = [
  'content-type',
  'date',
  'link',
  'retry-after',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
] as const

/**
 * @param stop ends an exchange at once
 * @throws Error for whatever is no answer of GitHub's API, with Redirected as its cause for a redirect
 */
export function fetchUntil(stop: AbortSignal) {
  return async (url: string, { method, headers, body }: FetchOptions): Promise<Response> => {
    const options = { allowRedirects: false, allowRetries: false }
    const client = new HttpClient(undefined, [endedBy(stop)], options)
    try {
      const { message } = await client.request(method, url, body ?? null, headers)
      const { statusCode: status = 0, headers: received } = message
      const text = await readBody(message)
      const type = received['content-type'] ?? ''
      if (status < 200 || (status >= 300 && status < 400)) {
        throw new Redirected(`HTTP ${status} is not followed`)
      }
      if (status < 300 && !type.startsWith('application/json'))
        throw new Error('a web page instead of the API')
      const kept = headersRead.flatMap((name): [string, string][] => {
        const value = received[name]
        return typeof value === 'string' ? [[name, value]] : []
      })
      return new Response(text, { status, headers: kept })
    } catch (error) {
      throw new Error(messagesOf(error).join('; '), { cause: error })
    }
  }
}

/** The toolkit's hook into a request. */
function endedBy(stop: AbortSignal) {
  return {
    prepareRequest(options: RequestOptions) {
      options.signal = stop
    },
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error('not used')),
  }
}
