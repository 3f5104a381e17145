/** Drops a cluster, and says so only when a read shows it gone or on its way out. */
import { isDeletingOrGone } from '../clusters/busy.ts'
import { drop, refuseDrop } from '../clusters/drop.ts'
import { lookUpTarget, readTarget, type Target } from '../clusters/find.ts'
import { describeListed } from '../clusters/named.ts'
import { readProtectedClusters } from '../clusters/protected.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { capitalize, quote, sanitize } from '../untrusted-text.ts'
import { expectChange } from '../zilliz/ahead.ts'
import { dropCluster } from '../zilliz/changes.ts'

export interface DeleteCluster extends CommonInputs {
  target: Target
  protectedClusters: string[]
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

export async function read(reader: Reader, common: CommonInputs): Promise<DeleteCluster> {
  return {
    ...common,
    target: await readTarget(reader),
    protectedClusters: await readProtectedClusters(reader),
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
}

export async function run(request: DeleteCluster, step: Step): Promise<Outcome> {
  const { target, protectedClusters, dryRun } = request
  const { report } = step
  report.subject = `Drop of cluster ${target.cluster}`
  if (!dryRun) expectChange(step.cloud)
  const nothing = (why: string) => nothingToDrop(request, step, why)
  const found = await lookUpTarget(step, target, protectedClusters)
  if (found === undefined || found.status === 'DELETED') {
    const where = target.projectId === undefined ? '' : ` in project ${target.projectId}`
    return nothing(`there is no cluster with the id or name ${quote(target.cluster)}${where}`)
  }
  const { clusterId, clusterName, status } = found
  step.publish('clusterId', clusterId)
  step.publish('clusterName', clusterName)
  const chosenByName = clusterId === target.cluster ? undefined : target.cluster
  const rule = { clusterId, clusterName: chosenByName, projectId: target.projectId, protectedClusters }
  const described = await describeListed(step, found, { untilUnlisted: false })
  if (described === undefined)
    return nothing(`cluster ${clusterId} is in the list of clusters, but cannot be found any more`)
  if (isDeletingOrGone(described.status)) {
    return nothing(`cluster ${clusterId} is ${sanitize(described.status)} already`)
  }
  refuseDrop(rule, described)
  const name = clusterName ?? clusterId
  report.rows.push({ name: 'Cluster id', value: { code: clusterId } })
  if (dryRun) {
    report.heading = `Dry run: cluster ${name} would be dropped`
    report.sentence = `It is ${sanitize(described.status)}. Nothing was dropped.`
    return planned(step, [dropCluster(clusterId)])
  }
  step.log(`Dropping cluster ${clusterId}, which is ${sanitize(status)}.`)
  const outcome = await drop(step, rule, request)
  if (outcome !== 'dropped') return nothing(`cluster ${clusterId} is ${outcome} already`)
  step.log(`Cluster ${clusterId} is dropped. ${bin}`)
  report.heading = `Cluster ${name} is dropped`
  report.sentence = bin
  return 'succeeded'
}

const bin =
  'It stays in the recycle bin for 30 days, where the console can restore it; a free cluster does not.'

async function nothingToDrop({ target, dryRun }: DeleteCluster, step: Step, why: string): Promise<Outcome> {
  step.report.heading = `Nothing to drop: no cluster ${target.cluster}`
  step.report.sentence = `${capitalize(why)}.`
  step.notice(`Nothing to drop: ${why}.`)
  return dryRun ? planned(step, []) : 'skipped'
}
