/** A cluster of the new one's name exists already: fail, reuse it, or drop it first. */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { listClusters, sameButCase } from '../zilliz/reads.ts'
import { isDeletingOrGone, type PollOptions } from './busy.ts'
import { type Drop, drop, waitUntilNameIsFree } from './drop.ts'
import { describeListed, withStates } from './find.ts'
import { isProtected, noticeUnknownEntries } from './protected.ts'

export type IfExists = 'fail' | 'reuse' | 'replace'

export interface NameOptions {
  clusterName: string
  projectId: string
  /** By the workflow; it may be a slip. */
  isProjectGiven?: boolean
  ifExists: IfExists
  /** Ids of the cluster the backup is of, as the input and as the backup have it: never reused, never replaced. */
  sourceIds: readonly string[]
  /** Ids or names: never reused, never replaced. */
  protectedClusters: readonly string[]
}

/**
 * `free`: no cluster has the name. `leaving`: only clusters that are on their way out have it. `held`: a cluster has
 * it that may be reused or replaced.
 */
export type NameState =
  | { kind: 'free' }
  | { kind: 'leaving'; clusterIds: string[] }
  | { kind: 'held'; cluster: Cluster }

/**
 * Who has the name, after every check of `if-exists`. The one to be reused or replaced is described: a list may lag.
 *
 * @throws OperationFailed when it may be neither reused nor replaced
 */
export async function nameState(step: Step, options: NameOptions): Promise<NameState> {
  const { clusterName, projectId, ifExists, protectedClusters } = options
  const all = await listClusters(step.cloud, projectId)
  await noticeUnknownEntries(step, protectedClusters)
  if (options.isProjectGiven && !all.some(cluster => cluster.projectId === projectId)) {
    await (await import('./project.ts')).refuseProjectSlip(step, projectId)
  }
  const there = all.filter(
    cluster => cluster.status !== 'DELETED' && (cluster.projectId ?? projectId) === projectId,
  )
  const other = there.find(
    cluster => cluster.clusterName !== clusterName && sameButCase(cluster.clusterName, clusterName),
  )
  if (other !== undefined) throw caseDiffers(clusterName, other)
  const named = there.filter(cluster => cluster.clusterName === clusterName)
  const staying = named.filter(({ status }) => !isDeletingOrGone(status))
  const [holder] = staying
  if (named.length === 0) return { kind: 'free' }
  if (holder === undefined) return { kind: 'leaving', clusterIds: named.map(({ clusterId }) => clusterId) }
  const taken = `The name ${quote(clusterName)} is used in project ${projectId} by cluster ${withStates(staying)}.`
  const refuse = (next: string, why = '') =>
    new OperationFailed({ what: [taken, why].filter(Boolean).join(' '), next, help: 'the-name-is-used' })
  const chooseAnother = 'Choose another target-cluster.'
  if (staying.length > 1) throw refuse(chooseAnother, 'With several, none is reused or replaced.')
  const found = await describeListed(step, holder, { untilUnlisted: true })
  // Dropped a moment ago, and still listed as it was.
  if (found === undefined || isDeletingOrGone(found.status)) {
    return { kind: 'leaving', clusterIds: named.map(({ clusterId }) => clusterId) }
  }
  if (ifExists === 'fail') {
    throw refuse(
      'Choose another target-cluster, or set if-exists to reuse (keeps the cluster, restores nothing) or replace (drops it first).',
    )
  }
  const why = whyNotToUse(options, found)
  if (why !== undefined)
    throw refuse(chooseAnother, `${why}, which is never ${ifExists === 'reuse' ? 'reused' : 'replaced'}.`)
  return { kind: 'held', cluster: found }
}

function caseDiffers(clusterName: string, { clusterId, clusterName: other = '' }: Cluster): OperationFailed {
  return new OperationFailed(
    `target-cluster: cluster ${clusterId} has the name ${quote(other)}, which differs from ${quote(clusterName)} by case alone. Choose another name, or write it so.`,
  )
}

/** By its description. */
function whyNotToUse(options: NameOptions, found: Cluster): string | undefined {
  const { sourceIds, protectedClusters, clusterName, projectId } = options
  if (sourceIds.some(id => sameButCase(found.clusterId, id))) return 'It is the source cluster'
  if (isProtected(protectedClusters, found)) return 'It is one of protected-clusters'
  if (found.clusterName !== undefined && found.clusterName !== clusterName) {
    return `Its own name is another one, ${quote(found.clusterName)}`
  }
  if (found.projectId !== undefined && found.projectId !== projectId) {
    return `It is in another project, ${sanitize(found.projectId)}`
  }
  return undefined
}

/** Drops the cluster that has the name and waits until the name is free. */
async function replace(
  step: Step,
  { clusterId }: Cluster,
  { pollInterval, ...options }: NameOptions & PollOptions,
): Promise<Drop> {
  const { clusterName, projectId, sourceIds, protectedClusters } = options
  step.log(`Dropping cluster ${clusterId} to replace it.`)
  const { dropping: onSend } = step.inProgress
  const rule = { clusterId, clusterName, projectId, neverIds: sourceIds, protectedClusters, onSend }
  const outcome = await drop(step, rule, { pollInterval })
  if (outcome === 'dropped')
    step.note(
      `Cluster ${clusterId}, which had the name, is dropped. It stays in the recycle bin for 30 days.`,
    )
  await waitUntilNameIsFree(step, { clusterName, projectId, pollInterval }, [clusterId])
  return outcome
}

/**
 * Frees the name: drops the cluster that has it, or waits for those that are on their way out.
 *
 * @returns ids of the clusters that had it
 */
export async function makeRoom(
  step: Step,
  state: NameState,
  options: NameOptions & { pollInterval: number },
): Promise<string[]> {
  switch (state.kind) {
    case 'free':
      return []
    case 'leaving':
      step.log(`The name is used by ${state.clusterIds.join(', ')}, which is on its way out. Waiting for it.`)
      await waitUntilNameIsFree(step, options, state.clusterIds)
      return state.clusterIds
    case 'held':
      // One that was gone already does not hold the name any more: a refusal for it is final then.
      return (await replace(step, state.cluster, options)) === 'gone' ? [] : [state.cluster.clusterId]
  }
}
