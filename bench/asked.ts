/** The requests of a real step, for a program that sends the same ones. */
import type { RequestRecord } from '../simulator/index.ts'

/** Each connection has its own. */
const ofConnection = ['host', 'connection', 'content-length']

/** As text for `programs/bare.cjs`. */
export function askedBy(requests: readonly RequestRecord[]): string {
  return JSON.stringify(
    requests.map(({ method, path, query, headers, body }) => ({
      method,
      path: Object.keys(query).length === 0 ? path : `${path}?${new URLSearchParams(query)}`,
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.includes(name))),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })),
  )
}
