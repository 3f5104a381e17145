import type { RequestRecord } from './requests.ts'

/** `TIME METHOD PATH STATUS CODE`, with `-` where there is no status or code. Without the query and the API key. */
export function formatRequest(record: RequestRecord, apiKey: string): string {
  const { method, status = '-', code = '-' } = record
  const time = new Date(record.realTime).toISOString()
  // A client may send a real key by mistake, so its own key is hidden as well.
  const sentKey = /^bearer (.+)$/i.exec(record.headers.authorization ?? '')?.[1]
  const path = hideKeys(record.path, [apiKey, sentKey ?? apiKey])
  return [time, method, path, status, code].join(' ').replaceAll(/[^ -~]/g, '?')
}

/** Segment by segment, because a client may encode any character of a key. */
function hideKeys(path: string, keys: readonly string[]): string {
  return path
    .split('/')
    .map(segment => (keys.some(key => decoded(segment).includes(key)) ? '***' : segment))
    .join('/')
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
