/** At the end of the job: the cluster of a step that ended before it knew the id. */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import { findLost, searchLimit } from '../waiting/lost-response.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { toleranceOfService } from '../zilliz/service-time.ts'
import type { Intent } from './attempt.ts'
import type { DropRule } from './drop.ts'
import { describeNamed } from './named.ts'

/** A cluster that is this step's by its name, and the moment since which it must have been created. */
type Own = Required<Pick<DropRule, 'clusterId' | 'createdSince'>>

/**
 * The step ended between its POST and the response: a cluster of its name and project, whose description dates it after
 * the POST by the service's own clock, is its own.
 *
 * @param readableBy milliseconds since the epoch, after which "not found" means that there is none
 * @throws OperationFailed with the ids, where nothing shows whether one is: it may be somebody else's
 */
export async function findOwn(step: Step, intent: Intent, readableBy: number): Promise<Own | undefined> {
  const { clusterName, projectId, since, until, clockDifference } = intent
  const createdSince =
    clockDifference === undefined ? undefined : since + clockDifference - toleranceOfService
  const isOlder = ({ createTime }: Cluster) =>
    createTime !== undefined && createdSince !== undefined && createTime < createdSince
  const killed = new Error('The step that asked for the cluster was killed.')
  const limit = Math.max(searchLimit, readableBy - step.clock.now())
  let young: Cluster[] = []
  const result = await findLost(step, { lost: killed, limit }, async cloud => {
    young = (await describeNamed({ ...step, cloud }, intent)).filter(found => !isOlder(found))
    const isClear = young.length > 0 && young.every(({ createTime }) => createTime !== undefined)
    return isClear ? young : undefined
  })
  if (result.kind === 'unknown') throw new OperationFailed(result.why)
  const latest = until + (clockDifference ?? 0) + longestMaking
  const [late] = young.filter(({ createTime = 0 }) => createTime > latest)
  if (late !== undefined) throw nothingShows(intent, young)
  if (young.length > 0) return onlyOne(step, intent, { found: young, createdSince })
  step.log(
    `delete-after-job: no cluster named ${quote(clusterName)} was created in project ${projectId} since ${new Date(since).toISOString()}, so nothing is dropped.`,
  )
  return undefined
}

/** Milliseconds after the last POST: a cluster that was created later was not made by it. */
const longestMaking = 300_000

function nothingShows({ clusterName }: Intent, found: readonly Cluster[]): OperationFailed {
  const ids = found.map(({ clusterId }) => clusterId).join(', ')
  const what = found.length > 1 ? 'Several clusters have' : 'A cluster has'
  return new OperationFailed(
    `${what} the name ${quote(clusterName)}, and nothing shows whether this job made it: ${ids}. Nothing was dropped.`,
  )
}

function onlyOne(
  step: Step,
  intent: Intent,
  { found, createdSince }: { found: readonly Cluster[]; createdSince: number | undefined },
): Own {
  const [only, ...others] = found
  const isUnclear = createdSince === undefined || only?.createTime === undefined
  if (only === undefined || others.length > 0 || isUnclear) throw nothingShows(intent, found)
  const { projectId } = intent
  step.log(
    `delete-after-job: the step ended before it knew the id of its cluster. Cluster ${only.clusterId} (${sanitize(only.status)}) of project ${projectId} has the name it asked for and was created after it asked, by the clock of the service, so it is this step's.`,
  )
  return { clusterId: only.clusterId, createdSince }
}
