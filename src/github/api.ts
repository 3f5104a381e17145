/**
 * GitHub's API by the toolkit's package. Only what asks GitHub loads this file: the package reads the event and
 * GITHUB_API_URL when it is loaded.
 */
import { context, getOctokit } from '@actions/github'
import { fetchUntil, Redirected } from './fetch.ts'

export type Octokit = ReturnType<typeof getOctokit>

export interface GitHubAccess {
  token: string
  /** Milliseconds for all of it. */
  longest: number
  stop: AbortSignal
}

/** The repository of the workflow run. */
export function repository(): { owner: string; repo: string } {
  return context.repo
}

export function eventPayload(): typeof context.payload {
  return context.payload
}

/** @throws the reason of `stop`, and whatever `ask` throws */
export async function askGitHub<T>(
  { token, longest, stop }: GitHubAccess,
  ask: (octokit: Octokit) => Promise<T>,
): Promise<T> {
  const late = new AbortController()
  const timer = setTimeout(
    () => late.abort(new Error(`no complete response within ${Math.ceil(longest / 1_000)} s`)),
    longest,
  )
  const end = AbortSignal.any([late.signal, stop])
  try {
    const octokit = getOctokit(token, { request: { fetch: fetchUntil(end) } })
    // Whatever a request does when it is aborted, the step does not wait for it.
    return await Promise.race([ask(octokit), rejectionBy(end)])
  } catch (error) {
    throw end.aborted ? end.reason : error
  } finally {
    clearTimeout(timer)
    late.abort()
  }
}

function rejectionBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** What GitHub answered where it was no success. */
export interface FailedResponse {
  status: number
  headers: Readonly<Record<string, string | number | undefined>>
  data: unknown
}

/** Undefined where there was no response: Octokit then has a status 500 of its own. */
export function responseOf(error: unknown): FailedResponse | undefined {
  if (!(error instanceof Error) || !('status' in error) || !('response' in error)) return undefined
  return error.response === undefined ? undefined : (error.response as FailedResponse)
}

export function isRedirect(error: unknown): boolean {
  if (error instanceof Redirected) return true
  return error instanceof Error && error.cause !== undefined && isRedirect(error.cause)
}
