/** Whether a cluster's endpoint answers. RUNNING does not say so: it may refuse for two minutes more (F75, F104). */
import { formatDuration } from '../duration.ts'
import { OperationFailed, type Parts, TimedOut, textOf, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { progressLog, waitUntil } from '../waiting/poll.ts'
import { listDatabases } from '../zilliz/collection-reads.ts'
import type { Connection } from '../zilliz/connection.ts'
import { ApiError, NoResponseError } from '../zilliz/errors.ts'

/** Milliseconds for which a token may be refused, since the first time: a new cluster learns it late. */
const tokenGrace = 180_000
/** Milliseconds of nothing but faults of the network after which the usual reasons are named. */
const networkGrace = 180_000

interface Options {
  clusterId: string
  /** Of the token, for sentences. */
  tokenFrom: string
  /** Milliseconds. */
  pollInterval: number
}

/**
 * Waits until the cluster lists its databases.
 *
 * @returns the names of its databases
 * @throws OperationFailed when it refuses the token for three minutes; ApiError for any other refusal, at once; TimedOut
 */
export async function waitUntilUsable(
  step: Step,
  cluster: Connection,
  { clusterId, tokenFrom, pollInterval }: Options,
): Promise<string[]> {
  const { clock } = step
  const start = clock.elapsed()
  const progress = progressLog(clock)
  const network = networkWatch(step, cluster)
  let refusedSince: number | undefined
  let last: Parts = { what: 'It was not asked' }
  const poll = async () => {
    try {
      return { done: await listDatabases({ ...cluster, triesOnce: true }) }
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof NoResponseError)) throw error
      const now = clock.elapsed()
      if (error instanceof ApiError) {
        if (!error.isAuthError) throw error
        refusedSince ??= now
        if (now - refusedSince >= tokenGrace) throw refusedToken(clusterId, tokenFrom, error)
      }
      network.note(error)
      last = error.parts
      const line = textOf({ what: last.what, answer: last.answer })
      // The id of a request is another one each time.
      const trouble = line.replace(/request id [^,)]*/, '')
      if (progress.isNew('endpoint', trouble) || progress.isDue()) {
        step.log(`${formatDuration(now - start)}  ${line}`)
      }
      return { retryAfter: error instanceof NoResponseError ? error.retryAfter : undefined }
    }
  }
  const stillOpen = () => `the endpoint of cluster ${clusterId} is not usable yet`
  return waitUntil(step, poll, { maxPause: pollInterval, stillOpen }).catch(error => {
    if (!(error instanceof TimedOut)) throw error
    const { what, next, answer } = last
    throw withMore(error, { what, next, answer, help: 'the-cluster-does-not-answer' })
  })
}

function refusedToken(clusterId: string, from: string, error: ApiError): OperationFailed {
  const { next, answer, help } = error.parts
  return new OperationFailed(
    {
      what: `Cluster ${clusterId} is RUNNING, but its endpoint has not accepted the token for ${formatDuration(tokenGrace)}. The token is ${from}.`,
      next,
      answer,
      help: help ?? 'the-cluster-does-not-accept-the-token',
    },
    { cause: error },
  )
}

/** Says once why a network may keep a runner out. */
function networkWatch({ clock, log }: Step, cluster: Connection) {
  let since: number | undefined
  let isSaid = false
  return {
    note(error: ApiError | NoResponseError) {
      const trouble = error instanceof NoResponseError ? error.trouble : undefined
      const isOfNetwork = trouble === 'network' || trouble === 'timeout'
      since = isOfNetwork ? (since ?? clock.elapsed()) : undefined
      if (isSaid || since === undefined || clock.elapsed() - since < networkGrace) return
      isSaid = true
      log(
        `The endpoint has not responded for ${formatDuration(networkGrace)}. Usual reasons: the network allow list of the cluster does not have the address of this runner; the cluster has a private link only, which needs a self-hosted runner in that network; a firewall or a proxy blocks ${new URL(cluster.baseUrl).host}.`,
      )
    },
  }
}
