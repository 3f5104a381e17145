/** The name of a new cluster is used: whether the cluster that has it may be reused or replaced. */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { sameButCase } from '../zilliz/reads.ts'
import { isDeletingOrGone } from './busy.ts'
import { describeListed, withStates } from './named.ts'
import { isProtected } from './protected.ts'

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

/** `free`: no cluster has the name. */
export type NameState = { kind: 'free' } | UsedName

/** `leaving`: only clusters that are on their way out have it. `held`: a cluster has it that may be reused or replaced. */
export type UsedName = { kind: 'leaving'; clusterIds: string[] } | { kind: 'held'; cluster: Cluster }

/**
 * The one to be reused or replaced is described: a list may lag.
 *
 * @param named the listed clusters that have the name
 * @throws OperationFailed when it may be neither reused nor replaced
 */
export async function usedName(
  step: Step,
  options: NameOptions,
  named: readonly Cluster[],
): Promise<UsedName> {
  const { clusterName, projectId, ifExists } = options
  const staying = named.filter(({ status }) => !isDeletingOrGone(status))
  const [holder] = staying
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

export function caseDiffers(
  clusterName: string,
  { clusterId, clusterName: other = '' }: Cluster,
): OperationFailed {
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
