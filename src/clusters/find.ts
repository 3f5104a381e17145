/** From `target-cluster` and `target-project-id` to an existing cluster. */
import { OperationFailed } from '../errors.ts'
import type { Reader } from '../inputs/reader.ts'
import type { Step } from '../step.ts'
import { quote, quoteInput, sanitize } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { describeClusterIfThere, listClusters, otherCase, sameButCase } from '../zilliz/reads.ts'
import { clusterState } from '../zilliz/states.ts'
import { problemOfIdOrName } from './name.ts'
import { noticeUnknownEntries } from './protected.ts'

/** An existing cluster, by id or exact name. */
export interface Target {
  cluster: string
  /** Absent: any. */
  projectId?: string | undefined
}

export function readTarget(reader: Reader): Target {
  return { cluster: readIdOrName(reader) ?? '', projectId: reader.optionalId('target-project-id') }
}

/** `target-cluster` where it is an existing cluster; undefined after a problem. */
function readIdOrName(reader: Reader): string | undefined {
  const cluster = reader.optional('target-cluster')
  const problem = cluster === undefined ? undefined : problemOfIdOrName(cluster)
  if (cluster === undefined) {
    reader.report('target-cluster', 'expected the id or the exact name of an existing cluster; it is empty')
  }
  if (problem !== undefined) reader.report('target-cluster', `${quoteInput(cluster ?? '')} ${problem}`)
  return cluster
}

export function readOptionalTarget(reader: Reader): Target | undefined {
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
  const found = await lookUpTarget(step, target, protectedClusters)
  if (found !== undefined) return found
  const where = target.projectId === undefined ? '' : ` in project ${target.projectId}`
  throw new OperationFailed(
    `There is no cluster with the id or name ${quote(target.cluster)}${where} that this key can see. Check target-cluster${target.projectId === undefined ? '' : ' and target-project-id'}.`,
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
  { cluster: wanted, projectId }: Target,
  protectedClusters: readonly string[] = [],
): Promise<Cluster | undefined> {
  if (idShape.test(wanted)) {
    const described = await describeClusterIfThere(step.cloud, wanted)
    if (described !== undefined && described.clusterId !== wanted) {
      throw otherCase('target-cluster', wanted, described.clusterId)
    }
    if (described !== undefined) {
      refuseOtherProject(described, projectId)
      return described
    }
  }
  const all = await listClusters(step.cloud, projectId)
  await noticeUnknownEntries(step, protectedClusters, projectId === undefined ? all : undefined)
  if (projectId !== undefined && !all.some(cluster => cluster.projectId === projectId)) {
    await (await import('./project.ts')).refuseProjectSlip(step, projectId)
  }
  const listed = all.filter(cluster => cluster.status !== 'DELETED' && inProject(cluster, projectId))
  const byId = listed.find(cluster => cluster.clusterId === wanted)
  const named = byId ? [byId] : listed.filter(cluster => cluster.clusterName === wanted)
  if (named.length > 1) throw severalNamed(wanted, named)
  const other = listed.find(
    ({ clusterId, clusterName }) => sameButCase(clusterId, wanted) || sameButCase(clusterName, wanted),
  )
  if (named.length === 0 && other !== undefined) {
    const right = sameButCase(other.clusterId, wanted) ? other.clusterId : (other.clusterName ?? '')
    throw otherCase('target-cluster', wanted, right)
  }
  return named[0]
}

function severalNamed(wanted: string, named: readonly Cluster[]): OperationFailed {
  const each = named.map(({ clusterId, projectId, status }) => {
    const project = projectId === undefined ? '' : ` in project ${sanitize(projectId)}`
    return `${clusterId}${project}, ${sanitize(status)}`
  })
  return new OperationFailed(
    `target-cluster: several clusters have the name ${quote(wanted)}: ${each.join('; ')}. Give the id, or narrow it with target-project-id.`,
  )
}

/** In a sentence, each with its state. */
export function withStates(clusters: readonly Cluster[]): string {
  return clusters.map(({ clusterId, status }) => `${clusterId} (${sanitize(status)})`).join(', ')
}

/** Clusters of a name in a project, as the list shows them. A listed DELETED one is not there, and its name is free. */
export async function clustersNamed(step: Step, name: string, projectId: string): Promise<Cluster[]> {
  const listed = await listClusters(step.cloud, projectId)
  return listed.filter(({ clusterName, status }) => clusterName === name && status !== 'DELETED')
}

/**
 * The same, but as their descriptions show them. A list may lag or lie, also about times: one that cannot be described
 * has none.
 *
 * @param but ids of those that are left out
 */
export async function describeNamed(
  step: Step,
  { clusterName, projectId }: { clusterName: string; projectId: string },
  but: readonly string[] = [],
): Promise<Cluster[]> {
  const named = await clustersNamed(step, clusterName, projectId)
  const described: Cluster[] = []
  for (const listed of named.filter(({ clusterId }) => !but.includes(clusterId))) {
    const found = await describeClusterIfThere(step.cloud, listed.clusterId)
    described.push({ ...listed, createTime: undefined, ...found })
  }
  return described
}

function inProject(cluster: Cluster, projectId: string | undefined): boolean {
  return projectId === undefined || cluster.projectId === undefined || cluster.projectId === projectId
}

function refuseOtherProject({ clusterId, projectId: found }: Cluster, projectId: string | undefined): void {
  if (projectId === undefined || found === undefined || found === projectId) return
  if (sameButCase(found, projectId)) throw otherCase('target-project-id', projectId, found)
  throw new OperationFailed(
    `target-project-id: cluster ${clusterId} is in project ${sanitize(found)}, not in project ${projectId}, so nothing is done with it. Check target-cluster and target-project-id.`,
  )
}

/** Milliseconds: a new cluster may not be readable for that long (U8), and a list may show a dropped one. */
const settledAfter = 60_000
const betweenReads = 2_000

/**
 * Describes a cluster that a list has shown. One that is "not found" is gone, although it is still listed; but where the
 * list shows it CREATING, it may be so new that it cannot be read yet.
 *
 * @param untilUnlisted wait for the list to show that it is gone, too
 * @returns undefined when it is gone
 * @throws OperationFailed when it is still listed after a minute, and cannot be read
 */
export async function describeListed(
  step: Step,
  listed: Cluster,
  { untilUnlisted }: { untilUnlisted: boolean },
): Promise<Cluster | undefined> {
  const { clusterId, projectId } = listed
  const end = step.clock.elapsed() + settledAfter
  for (let shown: Cluster | undefined = listed; ; ) {
    const found = await describeClusterIfThere(step.cloud, clusterId)
    if (found !== undefined || shown === undefined) return found
    if (clusterState(shown.status) === 'deleted') return undefined
    if (!untilUnlisted && clusterState(shown.status) !== 'busy') return undefined
    if (step.clock.elapsed() >= end) {
      throw new OperationFailed(
        `Cluster ${clusterId} cannot be read, although the list of clusters has it as ${sanitize(shown.status)}. Look at it in the console and try again.`,
      )
    }
    await step.clock.pause(betweenReads)
    shown = (await listClusters(step.cloud, projectId)).find(one => one.clusterId === clusterId)
  }
}
