/** What the job summary says of collections that are restored, or would be, into an existing cluster. */
import { backupRow } from '../backups/size.ts'
import { showName } from '../collections/contents.ts'
import type { Part } from '../collections/parts.ts'
import { endpointRows, namedCluster, type Row } from '../report.ts'
import { type Step, tookSoFar } from '../step.ts'
import { counted } from '../untrusted-text.ts'
import type { Backup, Cluster } from '../zilliz/decode.ts'
import { serviceTime } from '../zilliz/service-time.ts'

/** Each collection is in the table that the restores keep up to date. */
export function showSource(step: Step, { target, backup }: { target: Cluster; backup: Backup }): void {
  const { connectAddress } = target
  step.report.rows.push(
    { name: 'Into', value: namedCluster(target) },
    ...endpointRows(connectAddress),
    backupRow(backup, serviceTime(step.cloud).now),
  )
}

export function showSafetyBackup({ report }: Step, backupId: string): void {
  const value = [{ code: backupId }, ', kept until somebody deletes it']
  report.rows.push({ name: 'Safety backup', value })
}

interface Restored {
  /** Of the target. */
  name: string
  parts: readonly Part[]
  wait: boolean
}

export function showRestores(step: Step, { name, parts, wait }: Restored): void {
  const { report } = step
  report.heading = wait
    ? `${countOf(parts)} restored into ${name}`
    : `${countOf(parts)} on the way into ${name}`
  report.sentence = wait ? `Restored in ${tookSoFar(step)}.` : 'The step does not wait for it.'
}

/** `3 collections`; the one request without a list restores all that the backup holds. */
function countOf(parts: readonly Part[]): string {
  if (parts.some(({ collection }) => collection === undefined)) return 'everything'
  return counted(parts.length, 'collection')
}

interface Plan {
  target: Cluster
  backup: Backup
  parts: readonly Part[]
  withSafetyBackup: boolean
}

/** Of a dry run: what somebody approves. */
export function showPlannedRestores(step: Step, { target, backup, parts, withSafetyBackup }: Plan): void {
  const { report } = step
  const name = target.clusterName ?? target.clusterId
  report.heading = `Dry run: ${countOf(parts)} would be restored into ${name}`
  report.sentence =
    'Nothing was started. The names under To must be free: what the service does with a collection that exists is not documented.'
  const safety: Row = {
    name: 'Safety backup',
    value: withSafetyBackup ? 'of the whole target, first' : 'none',
  }
  showSource(step, { target, backup })
  report.rows.push(safety)
  report.tables.push({
    columns: ['From', 'To', 'State after'],
    rows: parts.map(({ what, collection }) =>
      collection === undefined
        ? [what, 'where it was', 'UNLOADED']
        : [{ code: showName(collection.from) }, { code: showName(collection.to) }, collection.status],
    ),
  })
}
