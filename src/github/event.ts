/** What the event of a workflow run says of its secrets. */
import { readFileSync } from 'node:fs'

interface Repository {
  full_name?: unknown
}

/** What is read of a payload; nothing of it is certain. */
interface Payload {
  pull_request?: { head?: { repo?: Repository | null } }
  repository?: Repository
}

/**
 * GitHub gives no secrets to a run for a pull request from a fork, nor to one that Dependabot has caused. A repository
 * that is gone was a fork.
 */
export function getsNoSecrets(): boolean {
  const { GITHUB_ACTOR: actor, GITHUB_EVENT_NAME: event = '', GITHUB_EVENT_PATH: path = '' } = process.env
  if (actor === 'dependabot[bot]') return true
  // One of `pull_request_target` has them.
  if (event === 'pull_request_target') return false
  const { pull_request: pullRequest, repository } = readPayload(path)
  return pullRequest !== undefined && pullRequest.head?.repo?.full_name !== repository?.full_name
}

function readPayload(path: string): Payload {
  try {
    const payload: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof payload === 'object' && payload !== null ? payload : {}
  } catch {
    return {}
  }
}
