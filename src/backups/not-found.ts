/** After "not found": what `cluster-id` or `backup-id` stands for instead. Loaded when it is needed, which is hardly ever. */
import { type ActionError, OperationFailed, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { quote } from '../untrusted-text.ts'
import type { Backup, BackupRef } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { listBackups, listClusters, otherCase, sameButCase } from '../zilliz/reads.ts'
import { describeStatesOf } from './format.ts'
import { ofCluster } from './of-cluster.ts'

/**
 * After a refusal that says "not found" of a backup or of its cluster: where the backup is instead, if anywhere.
 *
 * @throws OperationFailed with the right id, where one of the two is a name, or differs by case alone
 */
export async function explainNotFound(step: Step, backup: BackupRef, refused: ApiError): Promise<Error> {
  const listed = await findAnywhere(step, backup)
  // A name or a slip in place of the cluster's id explains more than its backup does.
  if (listed === undefined) {
    await refuseNameAsId(step, backup.clusterId, refused)
  }
  const stake =
    listed === undefined ? undefined : `The list of all backups has it: ${describeStatesOf([listed])}.`
  return withMore(refused, { stake, next: 'Check backup-id and cluster-id.' })
}

/**
 * Where a backup is that its description does not show: in the list of all backups that the key can see.
 *
 * @returns undefined when nothing there has that id
 * @throws OperationFailed when it is one of another cluster, when the id differs by case alone, or is a name
 */
export async function findAnywhere(step: Step, backup: BackupRef): Promise<Backup | undefined> {
  const { clusterId, backupId } = backup
  const all = await listBackups(step.cloud)
  const listed = all.find(other => other.backupId === backupId)
  if (listed !== undefined) return ofCluster(backup, listed)
  const other = all.find(({ backupId: id }) => sameButCase(id, backupId))
  if (other !== undefined) throw otherCase('backup-id', backupId, other.backupId)
  const named = all.filter(({ backupName }) => sameButCase(backupName, backupId))
  const [first] = named.filter(({ clusterId: id }) => id === undefined || id === clusterId).concat(named)
  if (first === undefined) return undefined
  throw new OperationFailed(
    `backup-id: ${quote(backupId)} is the name of a backup; expected is its id, ${describeStatesOf([first])}.`,
  )
}

/** @throws OperationFailed, which says what may be given instead */
export async function explainMissing(step: Step, clusterId: string, notFound: ApiError): Promise<never> {
  await refuseNameAsId(step, clusterId, notFound)
  const { next = '', answer } = notFound.parts
  const hint = /^in\d\d-/i.test(clusterId) ? next : `${looksLikeName} ${next}`
  throw new OperationFailed(
    { what: `No cluster ${quote(clusterId)}.`, next: hint, answer, help: 'no-such-cluster' },
    { cause: notFound },
  )
}

const looksLikeName = 'That looks like a name: an id looks like in01-92409d3fb64afeb.'

/**
 * After "cluster not found".
 *
 * @throws OperationFailed with the right id, where `cluster-id` is the name of a cluster or differs by case alone
 */
export async function refuseNameAsId(step: Step, clusterId: string, cause: ActionError): Promise<void> {
  const listed = await listClusters(step.cloud).catch((error: unknown) => {
    // A key that may not list clusters: nothing more can be said.
    if (error instanceof ApiError) return []
    throw error
  })
  if (listed.some(cluster => cluster.clusterId === clusterId)) return
  const other = listed.find(cluster => sameButCase(cluster.clusterId, clusterId))
  if (other !== undefined) throw otherCase('cluster-id', clusterId, other.clusterId)
  const named = listed.find(cluster => sameButCase(cluster.clusterName, clusterId))
  if (named === undefined) return
  throw new OperationFailed(
    {
      what: `No cluster ${quote(clusterId)}.`,
      next: `That is the name of a cluster, and cluster-id takes its id: ${named.clusterId}.`,
      answer: cause.parts.answer,
      help: 'no-such-cluster',
    },
    { cause },
  )
}
