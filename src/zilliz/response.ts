/** A response of the service that says success; why one does not is in no-success.ts. */
import { parseJson } from '../json.ts'
import type { Envelope } from './no-success.ts'
import type { Party } from './party.ts'
import type { Right } from './refusals.ts'
import type { HttpResponse } from './transport.ts'

export interface Expected<T> {
  /** Ends the sentence "Could not …". */
  tried: string
  right: Right
  /** Takes `data` of the envelope, or a bare body, and the size of the body; throws when what it needs is not there. */
  decode: (data: unknown, size: number) => T
  /** Bodies without envelope that the documentation shows for this call (F59, F73). */
  bare?: (json: unknown) => boolean
  /** Codes that mean "not yet": nothing was done, and it may be asked again (F103). */
  isTemporary?: ((code: number) => boolean) | undefined
}

/**
 * Distinguishes success from refusal, throttling and fault (F5 to F9; failure often comes with HTTP 200).
 *
 * @param at where it was sent, and the milliseconds since the epoch, for a Retry-After that is a date
 * @throws ApiError, NoResponseError
 */
export async function readResponse<T>(
  response: HttpResponse,
  expected: Expected<T>,
  at: { baseUrl: string; now: number; party?: Party | undefined },
): Promise<T> {
  const { status, text } = response
  const json = parseJson(text)
  const envelope = asEnvelope(json)
  const bare = json !== undefined && (expected.bare?.(json) ?? false)
  let cause: unknown
  if (status >= 200 && status < 300 && (envelope?.success ?? bare)) {
    try {
      return expected.decode(bare ? json : (json as { data?: unknown }).data, text.length)
    } catch (error) {
      cause = error
    }
  }
  const { noSuccess } = await import('./no-success.ts')
  throw noSuccess({ ...response, json, envelope, cause }, { ...expected, ...at })
}

/** `code` is a number everywhere, but whether it can be text is not known (U4). */
function asEnvelope(json: unknown): Envelope | undefined {
  if (typeof json !== 'object' || json === null || !('code' in json)) return undefined
  const raw = json.code
  const code = typeof raw === 'string' && /^-?\d{1,9}$/.test(raw) ? Number(raw) : raw
  if (typeof code === 'string' && code !== '') return { code, success: false }
  if (typeof code !== 'number' || !Number.isFinite(code)) return undefined
  return { code, success: code === 0 || code === 200 }
}
