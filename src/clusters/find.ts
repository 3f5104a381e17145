/** From `target-cluster` and `target-project-id` to an existing cluster. */
import { OperationFailed } from '../errors.ts'
import type { Reader } from '../inputs/reader.ts'
import type { Step } from '../step.ts'
import { quote, quoteInput, sanitize } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { describeClusterIfThere, otherCase, sameButCase } from '../zilliz/reads.ts'
import { isPlain } from './id.ts'

/** An existing cluster, by id or exact name. */
export interface Target {
  cluster: string
  /** Absent: any. */
  projectId?: string | undefined
}

export async function readTarget(reader: Reader): Promise<Target> {
  return { cluster: await readIdOrName(reader), projectId: reader.optionalId('target-project-id') }
}

/** `target-cluster` where it is an existing cluster; '' after a problem. */
async function readIdOrName(reader: Reader): Promise<string> {
  const cluster = reader.optional('target-cluster')
  if (cluster === undefined) {
    reader.report('target-cluster', 'expected the id or the exact name of an existing cluster; it is empty')
    return ''
  }
  if (isPlain(cluster)) return cluster
  const { problemOfIdOrName } = await import('./name.ts')
  const problem = problemOfIdOrName(cluster)
  if (problem !== undefined) reader.report('target-cluster', `${quoteInput(cluster)} ${problem}`)
  return cluster
}

export async function readOptionalTarget(reader: Reader): Promise<Target | undefined> {
  return reader.optional('target-cluster') === undefined ? undefined : readTarget(reader)
}

/** `in01-` and the like; a name of that shape is found too, after the id (F11). */
const idShape = /^in\d\d-[0-9a-z]+$/i

/**
 * The existing cluster an id or exact name stands for.
 *
 * @throws OperationFailed when there is none, or several of that name
 */
export async function findTarget(
  step: Step,
  target: Target,
  protectedClusters: readonly string[] = [],
): Promise<Cluster> {
  return (await describeById(step, target)) ?? findNamed(step, target, protectedClusters)
}

/** The same, as a list shows it. */
export async function findNamed(
  step: Step,
  target: Target,
  protectedClusters: readonly string[],
): Promise<Cluster> {
  const found = await listed(step, target, protectedClusters)
  if (found !== undefined) return found
  const { cluster, projectId } = target
  const where = projectId === undefined ? '' : ` in project ${projectId}`
  throw new OperationFailed(
    `There is no cluster with the id or name ${quote(cluster)}${where} that this key can see. Check target-cluster${projectId === undefined ? '' : ' and target-project-id'}.`,
  )
}

/**
 * The same, undefined when there is none. A listed DELETED cluster is not there.
 *
 * @param protectedClusters entries that a notice names when a list shows that there is no such cluster
 * @throws OperationFailed when several have the name, or one that differs by case alone
 */
export async function lookUpTarget(
  step: Step,
  target: Target,
  protectedClusters: readonly string[] = [],
): Promise<Cluster | undefined> {
  return (await describeById(step, target)) ?? listed(step, target, protectedClusters)
}

async function listed(
  step: Step,
  target: Target,
  protectedClusters: readonly string[],
): Promise<Cluster | undefined> {
  const { findListed } = await import('./find-listed.ts')
  return findListed(step, target, protectedClusters)
}

/** As its description shows it; undefined when it is no id, or there is no cluster of that id. */
export async function describeById(
  step: Step,
  { cluster: wanted, projectId }: Target,
): Promise<Cluster | undefined> {
  if (!idShape.test(wanted)) return undefined
  const described = await describeClusterIfThere(step.cloud, wanted)
  if (described === undefined) return undefined
  if (described.clusterId !== wanted) throw otherCase('target-cluster', wanted, described.clusterId)
  refuseOtherProject(described, projectId)
  return described
}

function refuseOtherProject({ clusterId, projectId: found }: Cluster, projectId: string | undefined): void {
  if (projectId === undefined || found === undefined || found === projectId) return
  if (sameButCase(found, projectId)) throw otherCase('target-project-id', projectId, found)
  throw new OperationFailed(
    `target-project-id: cluster ${clusterId} is in project ${sanitize(found)}, not in project ${projectId}, so nothing is done with it. Check target-cluster and target-project-id.`,
  )
}
