/** Backups in sentences. */

import { timestamp } from '../duration.ts'
import { listInSentence, sanitize } from '../untrusted-text.ts'
import type { Backup } from '../zilliz/decode.ts'

/** What distinguishes a backup from its neighbours: `backup1_… (CLUSTER, 2026-01-31T02:00:00Z)`. */
export function nameOf({ backupId, backupType = 'no type', createTime }: Backup): string {
  const time = createTime === undefined ? 'no time' : timestamp(createTime)
  return `${sanitize(backupId)} (${sanitize(backupType)}, ${time})`
}

/** Of the cluster that all of them are of, where one shows it. */
export function clusterNameIn(backups: readonly Backup[]): string | undefined {
  return backups.find(({ clusterName }) => clusterName !== undefined)?.clusterName
}

/** In a sentence, each with its state. */
export function describeStatesOf(backups: readonly Backup[]): string {
  const each = backups.map(({ backupId, status }) => `${sanitize(backupId)} (${sanitize(status)})`)
  return listInSentence(each)
}

/** In a sentence, each with its type and state. */
export function describeTypesOf(backups: readonly Backup[]): string {
  if (backups.length === 0) return 'no backup at all'
  const each = backups.map(
    ({ backupId, backupType, status }) =>
      `${backupId} (${sanitize(backupType ?? 'no type')}, ${sanitize(status)})`,
  )
  return listInSentence(each)
}
