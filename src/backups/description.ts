/** What is known of one backup, for the job summary. */
import { listContents } from '../collections/contents.ts'
import { timestamp } from '../duration.ts'
import { ageAndDate, type Cell, namedCluster, type Row } from '../report.ts'
import { listInSentence } from '../untrusted-text.ts'
import type { Backup } from '../zilliz/decode.ts'
import { formatSize } from './size.ts'

export function backupRows(backup: Backup, now: number): Row[] {
  const { backupId, backupName, clusterId, clusterName, projectId, regionId } = backup
  const { backupType, creationMethod, status, size, expireTime } = backup
  const rows: Record<string, Cell | undefined> = {
    'Backup id': { code: backupId },
    'Name in the console': backupName && { code: backupName },
    Cluster: clusterId === undefined ? clusterName : namedCluster({ clusterId, clusterName }),
    Project: projectId && { code: projectId },
    Region: regionId,
    Type: backupType,
    Method: creationMethod,
    State: status,
    Size: formatSize(size),
    Created: ageAndDate(backup, now),
    // An example gives a time to a manual backup, which never expires (F38).
    Expires: creationMethod === 'AUTO' && expireTime !== undefined ? timestamp(expireTime) : undefined,
    Contents: contentsOf(backup),
  }
  return Object.entries(rows).flatMap(([name, value]) => (value ? [{ name, value }] : []))
}

/** Characters, so that the end of the sentence is not cut off with the cell. */
const longestContents = 450

function contentsOf({ contents }: Backup): string {
  const names = listContents(contents)
  if (names.length === 0) return 'not listed by the service'
  let length = 0
  const tooLong = names.findIndex(name => {
    length += name.length + 2
    return length > longestContents
  })
  if (tooLong === 0) return `${names.length} collections`
  return listInSentence(names, tooLong === -1 ? names.length : tooLong)
}
