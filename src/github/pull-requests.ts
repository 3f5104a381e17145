/** The pull requests of this repository, by GitHub's API. Only `prune-clusters` with `{pr}` loads this file. */

import { Cancelled, messageOf, type Parts } from '../errors.ts'
import { isObject } from '../json.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import {
  askGitHub,
  type FailedResponse,
  type GitHubAccess,
  isRedirect,
  repository,
  responseOf,
} from './api.ts'

export interface PullRequest {
  state: 'open' | 'closed' | 'merged'
  /** Milliseconds since the epoch, by GitHub's clock; undefined where it cannot be read. */
  createdAt: number | undefined
  closedAt: number | undefined
  /** Milliseconds by which GitHub's clock is ahead of the runner's; undefined where the response does not show it. */
  clockDifference: number | undefined
}

/**
 * What came of one question. `said` follows "Could not …: ". After `refused` no other try fares better; `trouble` is
 * load or a fault, so it says nothing of the pull request.
 */
export type PullRequestAnswer =
  | { kind: 'found'; pullRequest: PullRequest }
  | { kind: 'not-found' }
  | { kind: 'refused'; said: Parts }
  | { kind: 'trouble'; isLoad: boolean; said: Parts; retryAfter?: number | undefined }

/**
 * @param now milliseconds since the epoch by the runner's clock
 * @throws Cancelled
 */
export async function readPullRequest(
  number: number,
  { now, ...access }: GitHubAccess & { now: () => number },
): Promise<PullRequestAnswer> {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'
  try {
    const { data, headers } = await askGitHub(access, octokit =>
      octokit.request(route, { ...repository(), pull_number: number }),
    )
    const date = timeOf(headers.date)
    const clockDifference = date === undefined ? undefined : date - now()
    return { kind: 'found', pullRequest: { ...decode(data, number), clockDifference } }
  } catch (error) {
    if (error instanceof Cancelled) throw error
    const response = responseOf(error)
    if (response !== undefined) return answerOf(response, quote(messageOf(error)), now())
    if (isRedirect(error))
      return { kind: 'refused', said: { ...redirected, answer: sanitize(messageOf(error)) } }
    const said = { what: 'no usable answer', answer: sanitize(messageOf(error)), next: later }
    return { kind: 'trouble', isLoad: false, said }
  }
}

/** @throws Error where it is not the pull request that was asked for: that proves nothing */
function decode(data: unknown, number: number): Omit<PullRequest, 'clockDifference'> {
  if (!isObject(data)) throw new Error('the response is not JSON')
  if (data.number !== number) throw new Error('the response is about another pull request')
  const { state, merged_at: mergedAt } = data
  if (state !== 'open' && state !== 'closed') throw new Error('the response has no state of a pull request')
  const isMerged = state === 'closed' && timeOf(mergedAt) !== undefined
  return {
    state: isMerged ? 'merged' : state,
    createdAt: timeOf(data.created_at),
    closedAt: timeOf(data.closed_at),
  }
}

function answerOf(response: FailedResponse, message: string, now: number): PullRequestAnswer {
  const { status, headers } = response
  const answer = `HTTP ${status}, ${message}`
  // GitHub answers with 403 too where it asks for less load.
  const isLimited = headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0'
  if (status === 429 || (status === 403 && isLimited)) {
    const said = { what: 'GitHub asks for fewer requests', next: 'Run the step again later.', answer }
    return { kind: 'trouble', isLoad: true, said, retryAfter: retryAfterOf(headers, now) }
  }
  if (status === 408 || status >= 500) {
    return { kind: 'trouble', isLoad: false, said: { what: 'GitHub failed', next: later, answer } }
  }
  if (!isObject(response.data)) {
    return { kind: 'refused', said: { what: 'something other than GitHub responded', next: address, answer } }
  }
  if (status === 404) return { kind: 'not-found' }
  if (status === 401) {
    const next = 'Check github-token: the token of a workflow ends with its job.'
    return { kind: 'refused', said: { what: 'GitHub refused github-token', next, answer } }
  }
  return { kind: 'refused', said: { what: 'GitHub refused it', next: permission, answer } }
}

const later = 'Look at the status page of GitHub, then run the step again.'
const permission = 'The job needs "permissions: pull-requests: read".'
const address = 'Check GITHUB_API_URL, and what may stand in between, such as a proxy.'
const redirected = {
  what: 'GitHub answered with a redirect, which is not followed',
  next: `Was the repository renamed or moved? Then start a new workflow run. ${address}`,
}

/** Milliseconds; undefined where GitHub does not say it. */
function retryAfterOf(headers: FailedResponse['headers'], now: number): number | undefined {
  const seconds = headers['retry-after']
  if (/^\d{1,9}$/.test(`${seconds}`)) return Number(seconds) * 1_000
  const reset = headers['x-ratelimit-reset']
  if (!/^\d{1,12}$/.test(`${reset}`)) return undefined
  // A moment by GitHub's own clock.
  return Math.max(0, Number(reset) * 1_000 - (timeOf(headers.date) ?? now))
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}
