/** Faults at the questions to GitHub, as that API may have them. */
import type { Simulator } from '../../simulator/index.ts'
import { addPull, type GitHub, type GitHubFault, startGitHub } from '../harness/github.ts'
import { type FaultClass, faultKind } from './faults.ts'
import type { Fixture, Matcher } from './fixture.ts'
import { hostileText } from './hostile.ts'

const failed = (status: number, headers: Record<string, string> = {}): GitHubFault => ({
  kind: 'status',
  status,
  message: hostileText,
  headers,
})

/** The right answer. */
const none: GitHubFault = { kind: 'late', ms: 1 }

/** By their names, where their class does not tell enough. */
const faults: Readonly<Record<string, GitHubFault>> = {
  'reset before the response': { kind: 'reset' },
  'stalled before the response': { kind: 'hang' },
  'cut body': { kind: 'cut' },
  'HTML with 200': { kind: 'page', status: 200 },
  'gateway 502': { kind: 'page', status: 502 },
  'redirect 302': { kind: 'redirect', to: 'http://127.0.0.1:1/elsewhere' },
  'a word as code': { kind: 'json', body: { code: 'closed', state: 'closed' } },
  'ids missing': { kind: 'json', body: { state: 'closed' } },
  'hostile ids': { kind: 'json', body: { number: hostileText, state: 'closed' } },
  'envelope 401': failed(401),
}

function faultOf(name: string): GitHubFault {
  const { is, retryAfter } = faultKind(name)
  const byClass: Record<FaultClass, GitHubFault> = {
    harmless: none,
    unsent: none,
    load: failed(429, retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` }),
    fault: failed(500),
    refusal: failed(403),
    'not-found': failed(404),
    unexpected: { kind: 'json', body: { number: 8, state: hostileText } },
  }
  return faults[name] ?? byClass[is]
}

/** A GitHub with the pull requests of a fixture, that goes by the time of its world. */
export async function openGitHub({ world }: Simulator, { pulls = [] }: Fixture): Promise<GitHub> {
  const github = await startGitHub()
  github.now = () => world.now()
  for (const { number, ...pull } of pulls) addPull(github, number, pull)
  return github
}

/** @returns how often it was hit */
export function injectAtGitHub(
  github: GitHub,
  { method, path, skip = 0 }: Matcher,
  { fault: name, times }: { fault: string; times: number },
): () => number {
  const fault = faultOf(name)
  let seen = 0
  let hits = 0
  github.fault = request => {
    if (request.method !== method || !new RegExp(path).test(request.path)) return undefined
    seen++
    if (seen <= skip || hits >= times) return undefined
    hits++
    return fault
  }
  return () => hits
}
