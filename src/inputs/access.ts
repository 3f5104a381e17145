/** The API key and the address of the service. What may be wrong with them is loaded where something may be. */
import { defaultBaseUrl } from '../contract.ts'
import type { Reader } from './reader.ts'

/** Nothing can be wrong with such a one. */
const plainKey = /^(?!bearer)[\w.~-]{8,}$/i

export async function readApiKey(
  reader: Reader,
  { apiKey: fallbackKey, getsNoSecrets }: { apiKey: string; getsNoSecrets: () => boolean },
): Promise<string> {
  const given = reader.optional('api-key')
  const key = given ?? fallbackKey
  if (plainKey.test(key)) return key
  const { problemOfKey } = await import('./key.ts')
  const problem = problemOfKey(key, getsNoSecrets)
  const source = sourceOf('ZILLIZ_API_KEY', given, fallbackKey)
  if (problem !== undefined) reader.report('api-key', problem + source)
  return key
}

/** For the end of a problem: the environment variable, where that is what is wrong. */
function sourceOf(variable: string, given: string | undefined, fallback: string): string {
  return given === undefined && fallback !== '' ? ` (from the environment variable ${variable})` : ''
}

/** The sites of the service, and loopback. */
const plainAddress = /^(?:https:\/\/api\.[a-z0-9.-]+|https?:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?$/

/** @returns without a slash at its end; '' after a problem */
export async function readBaseUrl(reader: Reader, fallback: string): Promise<string> {
  const given = reader.optional('base-url')
  const value = (given ?? fallback) || defaultBaseUrl
  if (plainAddress.test(value) && URL.canParse(value) && !mayHaveProxy()) return new URL(value).origin
  const { judgeAddress } = await import('./address.ts')
  const { address, problems } = judgeAddress(value, sourceOf('ZILLIZ_BASE_URL', given, fallback))
  for (const problem of problems) reader.report('base-url', problem)
  return address
}

/** What the toolkit reads, on a system that knows names by their case and on one that does not. */
export function mayHaveProxy(): boolean {
  return Object.keys(process.env).some(name => /^https?_proxy$/i.test(name))
}
