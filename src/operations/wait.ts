/** Waits for what an earlier step started: every job SUCCESSFUL, the backup AVAILABLE, the cluster RUNNING. */
import { isLatest } from '../backups/choice.ts'
import { ofCluster } from '../backups/of-cluster.ts'
import { publishBackup } from '../backups/publish.ts'
import { findTarget, readOptionalTarget, type Target } from '../clusters/find.ts'
import type { InputName } from '../contract.ts'
import { idOf } from '../in-progress.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { type Outcome, type Step, tookSoFar } from '../step.ts'
import { capitalize } from '../untrusted-text.ts'
import { backupAvailable } from '../waiting/backup.ts'
import { clusterRunning } from '../waiting/cluster.ts'
import { type Condition, notFoundGrace } from '../waiting/conditions.ts'
import { jobSuccessful } from '../waiting/job.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import type { Backup, BackupRef } from '../zilliz/decode.ts'
import type { ApiError } from '../zilliz/errors.ts'

export interface Wait extends CommonInputs {
  jobIds: string[]
  backup?: BackupRef | undefined
  target?: Target | undefined
  /** Milliseconds. */
  pollInterval: number
}

export async function read(reader: Reader, common: CommonInputs): Promise<Wait> {
  const clusterId = reader.optionalId('cluster-id')
  const backupId = reader.optionalId('backup-id')
  const jobIds = reader.ids('job-id')
  const isGiven = (name: InputName) => reader.optional(name) !== undefined
  if (backupId !== undefined && isLatest(backupId)) {
    reader.report('backup-id', 'expected the id of a backup; wait does not take "latest"')
  }
  if (backupId !== undefined && !isGiven('cluster-id')) {
    reader.report('cluster-id', 'expected the source cluster of backup-id; it is empty')
  }
  if (!isGiven('backup-id') && clusterId !== undefined) {
    reader.report('cluster-id', 'has no effect without backup-id')
  }
  if (isGiven('target-project-id') && !isGiven('target-cluster')) {
    reader.report('target-project-id', 'has no effect without target-cluster')
  }
  if (!isGiven('job-id') && !isGiven('backup-id') && !isGiven('target-cluster')) {
    reader.report(
      'job-id',
      'wait needs at least one of job-id, backup-id with cluster-id, and target-cluster',
    )
  }
  return {
    ...common,
    jobIds,
    backup: clusterId !== undefined && backupId !== undefined ? { clusterId, backupId } : undefined,
    target: await readOptionalTarget(reader),
    pollInterval: reader.duration('poll-interval'),
  }
}

export async function run(request: Wait, step: Step): Promise<Outcome> {
  const { jobIds, backup, target, pollInterval } = request
  step.report.subject = 'Waiting'
  const conditions: Condition[] = []
  if (jobIds.length > 0) {
    step.publish('jobId', jobIds[0])
    step.publishList('jobIds', jobIds)
    // Of several jobs nothing shows which of them made the backup or the cluster.
    const isReadBack = (backup !== undefined || target !== undefined) && jobIds.length === 1
    const grace = notFoundGrace.given
    conditions.push(...jobIds.map(jobId => jobSuccessful(jobId, { grace, isReadBack, isInput: true })))
  }
  if (backup !== undefined) {
    step.publish('backupId', backup.backupId)
    const publishFound = (found: Backup) => {
      publishBackup(step, ofCluster(backup, found))
      return undefined
    }
    const condition = backupAvailable(backup, notFoundGrace.none, publishFound)
    const onNotFound = async (refused: ApiError) => {
      const { explainNotFound } = await import('../backups/not-found.ts')
      return explainNotFound(step, backup, refused)
    }
    conditions.push({ ...condition, onNotFound })
  }
  for (const { item } of conditions) step.inProgress.asked(item)
  if (target !== undefined) conditions.push(await targetRunning(step, target))
  await waitForAll(step, conditions, { pollInterval })
  showReached(step, conditions)
  return 'succeeded'
}

const reached = { job: 'SUCCESSFUL', backup: 'AVAILABLE', cluster: 'RUNNING' } as const

function showReached(step: Step, conditions: readonly Condition[]): void {
  const { report } = step
  const rows = conditions.map(({ item }) => {
    return { name: capitalize(item.kind), id: idOf(item), state: reached[item.kind] }
  })
  const [only, ...others] = rows
  report.heading =
    only !== undefined && others.length === 0
      ? `${only.name} ${only.id} is ${only.state}`
      : `All that was waited for is there: ${rows.length} of ${rows.length}`
  report.sentence = `After ${tookSoFar(step)}.`
  report.rows.push(...rows.map(({ name, id, state }) => ({ name, value: [{ code: id }, ` ${state}`] })))
}

async function targetRunning(step: Step, target: Target): Promise<Condition> {
  // As the input has it, until it is found: a step that is cancelled before must say how to go on.
  const asGiven = { kind: 'cluster', clusterId: target.cluster } as const
  step.inProgress.asked(asGiven)
  const { clusterId } = await findTarget(step, target)
  step.inProgress.ended(asGiven)
  step.inProgress.asked({ kind: 'cluster', clusterId })
  step.publish('clusterId', clusterId)
  return clusterRunning(clusterId, notFoundGrace.none, found => {
    step.publish('clusterName', found.clusterName)
    step.publish('connectAddress', found.connectAddress)
  })
}
