/** What the job summary says of collections that are restored, or would be, into an existing cluster. */
import { backupRow } from '../backups/size.ts'
import type { Part } from '../collections/parts.ts'
import { endpointRows, namedCluster } from '../report.ts'
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
export function countOf(parts: readonly Part[]): string {
  if (parts.some(({ collection }) => collection === undefined)) return 'everything'
  return counted(parts.length, 'collection')
}
