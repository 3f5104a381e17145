/** Which pull request a workflow run belongs to, by the payload of its event. */

interface Numbered {
  number?: unknown
  base?: { repo?: { id?: unknown } }
}

/** What is read of a payload, which has much more; nothing of it is certain. */
export interface EventPayload {
  /** `pull_request`, `pull_request_target`, reviews. */
  pull_request?: Numbered | undefined
  /** `issue_comment`: a pull request only where it says so. */
  issue?: (Numbered & { pull_request?: unknown }) | undefined
  workflow_run?: WithPullRequests
  check_run?: WithPullRequests
  check_suite?: WithPullRequests
  repository?: { id?: unknown; [other: string]: unknown } | undefined
}

interface WithPullRequests {
  /** GitHub names none of a fork here. */
  pull_requests?: Numbered[] | null
}

/** @returns its number, or undefined where the event has none, or several */
export function pullRequestOf(payload: EventPayload): number | undefined {
  const { pull_request: own, issue, repository } = payload
  if (own !== undefined) return numberOf(own)
  if (issue !== undefined) return issue.pull_request ? numberOf(issue) : undefined
  const run = payload.workflow_run ?? payload.check_run ?? payload.check_suite
  // A commit may also be in pull requests of other repositories, whose numbers mean nothing here.
  const here = (run?.pull_requests ?? []).filter(({ base }) => {
    return base?.repo?.id === undefined || base.repo.id === repository?.id
  })
  const [first, ...others] = here
  return first !== undefined && others.length === 0 ? numberOf(first) : undefined
}

function numberOf({ number }: Numbered): number | undefined {
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined
}
