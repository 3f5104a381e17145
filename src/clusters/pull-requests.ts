/** Asking GitHub about the pull requests that own clusters, until it has answered. */
import { OperationFailed, TimedOut } from '../errors.ts'
import type { PullRequest, PullRequestAnswer } from '../github/pull-requests.ts'
import type { Step } from '../step.ts'
import { forEachAtOnce } from '../waiting/at-once.ts'
import { NoResponseError } from '../zilliz/errors.ts'
import { patiently } from '../zilliz/patiently.ts'
import { serviceTime, toleranceOfRunner, toleranceOfService } from '../zilliz/service-time.ts'

/** What GitHub said of a pull request, with its times as the clock of Zilliz Cloud has them. */
export interface Owner {
  state: PullRequest['state'] | 'not-found'
  /** Milliseconds since the epoch. */
  createdAt?: number | undefined
  closedAt?: number | undefined
  /** Milliseconds by which these times may be wrong, beside those of the cluster. */
  tolerance: number
  /** On the scale of `clock.elapsed()`: no younger than that is what GitHub said. */
  askedAt: number
}

const help = 'github-could-not-be-asked'

/** @throws OperationFailed, NoResponseError, TimedOut, Cancelled: then nothing is known of the pull request */
export type Ask = (number: number) => Promise<Owner>

/** Milliseconds of one exchange. */
const longestExchange = 30_000
/** Milliseconds of nothing but load and faults that end a question. */
const longestTrouble = 120_000
/** The token of a workflow has 1,000 requests an hour for its repository. */
const questionsPerSecond = 10

/** Loads what asks GitHub. */
export async function openAsk(step: Step, token: string): Promise<Ask> {
  const { readPullRequest } = await import('../github/pull-requests.ts')
  const { clock, cloud } = step
  return number =>
    askUntilAnswered(step, number, longest =>
      readPullRequest(number, { token, longest, stop: cloud.stop, now: clock.now }),
    )
}

/** Asks about each once, a few at a time; the first question that gets no answer ends it. */
export async function askAll(step: Step, ask: Ask, numbers: readonly number[]): Promise<Map<number, Owner>> {
  const owners = new Map<number, Owner>()
  const pace = { clock: step.clock, perSecond: questionsPerSecond }
  await forEachAtOnce([...new Set(numbers)], { pace }, async number => {
    owners.set(number, await ask(number))
  })
  return owners
}

async function askUntilAnswered(
  step: Step,
  number: number,
  ask: (longest: number) => Promise<PullRequestAnswer>,
): Promise<Owner> {
  const { clock, deadline, log } = step
  const tried = `read pull request ${number} from GitHub`
  const attempt = async () => {
    const askedAt = clock.elapsed()
    const left = deadline - askedAt
    const timedOut = () => new TimedOut(`Could not ${tried}: the step timed out.`)
    if (left <= 0) throw timedOut()
    const answer = await ask(Math.min(longestExchange, left))
    if (answer.kind === 'found') return { ...ownerOf(step, answer.pullRequest), askedAt }
    if (answer.kind === 'not-found') return { state: answer.kind, tolerance: 0, askedAt }
    const { said } = answer
    if (answer.kind === 'refused') {
      throw new OperationFailed({ ...said, what: `Could not ${tried}: ${said.what}.`, help })
    }
    // Not trouble of GitHub: the step's own timeout ended this question.
    if (left < longestExchange && clock.elapsed() >= deadline - 50) throw timedOut()
    const { isLoad, retryAfter } = answer
    throw new NoResponseError({ ...said, help }, { kind: isLoad ? 'throttled' : 'lost', retryAfter })
  }
  return patiently<Owner>(attempt, {
    ...{ tried, clock, deadline, log },
    maxDuration: longestTrouble,
    shouldRetry: () => true,
    makeWayAfter: Number.POSITIVE_INFINITY,
    hasResponded: () => true,
    load: { notBefore: 0, times: 0 },
  })
}

/**
 * A cluster has its time by the clock of Zilliz Cloud, a pull request by GitHub's, and either may be wrong. The `Date`
 * headers of both show how far each is from the runner's clock, and so from each other, however wrong that one is.
 * Where GitHub shows none, the runner's clock stands for GitHub's.
 */
function ownerOf({ cloud }: Step, pullRequest: PullRequest): Omit<Owner, 'askedAt'> {
  const { state, createdAt, closedAt, clockDifference } = pullRequest
  const ahead = serviceTime(cloud).now - cloud.clock.now() - (clockDifference ?? 0)
  const byService = (time: number | undefined) => (time === undefined ? undefined : time + ahead)
  return {
    state,
    createdAt: byService(createdAt),
    closedAt: byService(closedAt),
    tolerance: clockDifference === undefined ? toleranceOfRunner : toleranceOfService,
  }
}
