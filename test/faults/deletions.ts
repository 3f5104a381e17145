/** Invariants of deletions: nothing but what was asked for, and what is gone is reported. */
import type { Backup, Cluster } from '../../simulator/index.ts'
import { deletionOf, deletionsAsked, dropOf } from '../harness/deletions.ts'
import type { Run } from './case.ts'
import { endOf } from './endings.ts'
import { isUntouched } from './responses.ts'
import { isLie } from './truth.ts'

const deleting = ['DELETING', 'DELETED']

function goneClusters({ before, cloud }: Run): Cluster[] {
  return before.clusters
    .filter(({ status }) => !deleting.includes(status))
    .filter(({ clusterId }) => deleting.includes(cloud.world.cluster(clusterId).status))
}

function goneBackups({ before, cloud }: Run): Backup[] {
  return (
    before.backups
      // One whose job fails is removed by itself.
      .filter(({ status, job }) => status !== 'DELETED' && job === undefined)
      .filter(({ backupId }) => cloud.world.backup(backupId).status === 'DELETED')
  )
}

/** To ask for it is wrong, whether or not the service did it; what is gone in some other way counts too. */
export function deletedBesides(run: Run): string[] {
  const { requests, before, cloud, fixture } = run
  const asked = deletionsAsked(fixture.inputs, before, cloud)
  const sent = requests.filter(({ method, path }) => method === 'DELETE' && !asked.includes(path))
  const gone = [...goneClusters(run).map(dropOf), ...goneBackups(run).map(deletionOf)]
  return [
    ...sent.map(({ path }) => `sent unasked: DELETE ${path}`),
    ...gone.filter(path => !asked.includes(path)).map(path => `gone unasked: ${path}`),
  ]
}

/** World milliseconds that a step is given to publish what it has just read. */
const toPublish = 300

/**
 * `deletedBackupIds` holds nothing that is still there, and all that a read has shown to be gone. What is gone
 * without that is named at least.
 */
export function unreportedDeletions(run: Run): string[] {
  return run.fixture.inputs.operation === 'prune-clusters' ? unreportedDrops(run) : unreportedBackups(run)
}

/** The same of a sweep. */
function unreportedDrops(run: Run): string[] {
  const { step, cloud, cancelledAt, given } = run
  const reported: string[] = JSON.parse(step.outputs.deletedClusterIds ?? '[]')
  const until = (cancelledAt ?? endOf(step)) - toPublish
  const requests = run.requests.filter(({ time }) => time < until).filter(isUntouched)
  const texts = JSON.stringify([step.outputs, step.log])
  const isSeenGone = ({ clusterId }: Cluster) => {
    const drop = requests.findIndex(one => one.path === dropOf({ clusterId } as Cluster) && one.applied)
    const after = drop === -1 ? [] : requests.slice(drop + 1)
    return after.some(one => one.method === 'GET' && one.path === `/v2/clusters/${clusterId}`)
  }
  const gone = goneClusters(run)
  return [
    ...gone.filter(one => !texts.includes(one.clusterId)).map(one => `${one.clusterId} is named nowhere`),
    ...gone
      .filter(one => isSeenGone(one) && !reported.includes(one.clusterId))
      .map(one => `${one.clusterId} was seen to be gone and is not reported`),
    ...(given.injected.some(isLie) ? [] : reported)
      .filter(id => !deleting.includes(cloud.world.cluster(id).status))
      .map(id => `${id} is reported as dropped and is there`),
  ]
}

function unreportedBackups(run: Run): string[] {
  const { step, cloud, before, cancelledAt } = run
  const reported: string[] = JSON.parse(step.outputs.deletedBackupIds ?? '[]')
  const until = (cancelledAt ?? endOf(step)) - toPublish
  const requests = run.requests.filter(({ time }) => time < until)
  const confirmed = before.backups.filter(backup => isConfirmed(backup, { ...run, requests }))
  const texts = JSON.stringify([step.outputs, step.log])
  return [
    ...goneBackups(run)
      .filter(({ backupId }) => !texts.includes(backupId))
      .map(({ backupId }) => `${backupId} is gone and named nowhere`),
    ...reported
      .filter(id => cloud.world.backup(id).status !== 'DELETED')
      .map(id => `${id} is reported as deleted and is there`),
    ...reported.filter((id, index) => reported.indexOf(id) < index).map(id => `${id} is reported twice`),
    ...confirmed
      .filter(({ backupId }) => !reported.includes(backupId))
      .map(({ backupId }) => `${backupId} was seen to be deleted and is not reported`),
  ]
}

/** Whether a deletion got the response of success, and after it a whole response showed the backup to be gone. */
/** A list may lag, and show it still. */
function lists({ data }: Run['requests'][number], { backupId }: Backup): boolean {
  return JSON.stringify(data ?? null).includes(`"${backupId}"`)
}

function isConfirmed(backup: Backup, { requests, cloud, fixture }: Run): boolean {
  const path = deletionOf(backup)
  const whole = requests.filter(isUntouched)
  const deletion = whole.findIndex(one => one.method === 'DELETE' && one.path === path && one.applied)
  if (deletion === -1) return false
  const after = whole.slice(deletion + 1)
  const read = after.findIndex(one => one.method === 'GET' && one.path === path)
  if (read === -1) return false
  // A description as DELETED is enough. A refused one is enough for a step that goes on deleting; the deletion of a
  // single backup is confirmed by the list.
  if (cloud.variants.deletedBackup === 'DELETED' || fixture.inputs.operation === 'prune-backups') return true
  return after.slice(read + 1).some(one => one.operationId === 'listBackups' && !lists(one, backup))
}
