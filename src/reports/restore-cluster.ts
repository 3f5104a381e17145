/** What the job summary says of a cluster that is restored, used or would be made. */
import { backupRow } from '../backups/size.ts'
import { type Cell, endpointRows, namedCluster, type Row } from '../report.ts'
import { type Step, tookSoFar } from '../step.ts'
import type { Backup } from '../zilliz/decode.ts'
import { serviceTime } from '../zilliz/service-time.ts'

/** What does not come along: by the service's own pages (F28, F52), and in the open-source engine (F109). */
const notRestored = [
  'users and roles',
  'collection TTL',
  'mmap settings',
  'aliases',
  'the old password: the new cluster has its own',
]

export interface Restored {
  clusterId: string
  clusterName: string
  connectAddress?: string | undefined
  backup: Backup
  deleteAfterJob: boolean
  /** The service shows one once, and some versions of it none. */
  hasPassword: boolean
}

const signingIn: Row = {
  name: 'Signing in',
  value: ['outputs ', { code: 'username' }, ' and ', { code: 'password' }, ' of this step'],
}

function atTheEnd(deleteAfterJob: boolean): string {
  return deleteAfterJob ? ', which happens when the job ends' : ''
}

/** @param wait whether it was waited for */
export function showRestored(step: Step, restored: Restored, { wait }: { wait: boolean }): void {
  const { report } = step
  const { clusterId, clusterName, connectAddress, backup, deleteAfterJob, hasPassword } = restored
  const source = backup.clusterName ?? backup.clusterId ?? 'another cluster'
  report.heading = wait
    ? `${clusterName} is RUNNING, restored from a backup of ${source}`
    : `${clusterName} is being restored from a backup of ${source}`
  const took = wait ? `Restored in ${tookSoFar(step)}.` : 'The step does not wait for it.'
  report.sentence = `${took} It costs money until it is dropped${atTheEnd(deleteAfterJob)}.`
  report.rows.push(
    ...endpointRows(connectAddress),
    { name: 'Cluster id', value: { code: clusterId } },
    ...(hasPassword ? [signingIn] : []),
    backupRow(backup, serviceTime(step.cloud).now),
  )
  report.folds.push({ title: 'What does not come along', content: { kind: 'list', items: notRestored } })
  // Beside the step that waits stands this one already.
  if (deleteAfterJob || !wait) return
  const content = {
    kind: 'step',
    operation: 'delete-cluster',
    inputs: [`target-cluster: ${clusterId}`],
  } as const
  report.folds.push({ title: 'A step that drops it', content })
}

export interface Plan {
  backup: Backup
  clusterName: string
  projectId: string
  cuSize: number
  deleteAfterJob: boolean
  /** Would be dropped first, since it has the name. */
  dropped?: { clusterId: string; status: string } | undefined
}

/** Of a dry run: what somebody approves. */
export function showPlannedRestore(
  step: Step,
  { backup, clusterName, projectId, cuSize, deleteAfterJob, dropped }: Plan,
): void {
  const { report } = step
  const source = backup.clusterName ?? backup.clusterId ?? 'another cluster'
  const would = dropped === undefined ? 'would be restored' : 'would be dropped, and restored'
  report.heading = `Dry run: ${clusterName} ${would} from a backup of ${source}`
  report.sentence = `Nothing was started. The new cluster would cost money until it is dropped${atTheEnd(deleteAfterJob)}.`
  const first: Cell =
    dropped === undefined
      ? 'nothing'
      : [namedCluster({ ...dropped, clusterName }), `, which is ${dropped.status}`]
  report.rows.push(
    {
      name: 'From',
      value: namedCluster({ clusterId: backup.clusterId ?? '', clusterName: backup.clusterName }),
    },
    backupRow(backup, serviceTime(step.cloud).now),
    { name: 'To', value: `new cluster ${clusterName}` },
    { name: 'In project', value: { code: projectId } },
    { name: 'Compute units', value: String(cuSize) },
    { name: 'Dropped first', value: first },
  )
}
