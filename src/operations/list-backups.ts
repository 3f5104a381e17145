/** Lists the backups of a cluster, or all that the key can see, newest first. */
import { readBackupType } from '../backups/find.ts'
import { describeStatesOf } from '../backups/format.ts'
import { newestFirst } from '../backups/newest.ts'
import { listBackupsOf } from '../backups/source.ts'
import { backupLine, backupsTable } from '../backups/tables.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import type { Outcome, Step } from '../step.ts'
import { firstLines } from '../untrusted-text.ts'
import type { BackupType } from '../zilliz/decode.ts'
import { listBackups } from '../zilliz/reads.ts'
import { serviceTime } from '../zilliz/service-time.ts'

export interface ListBackups extends CommonInputs {
  /** Absent: of all clusters that the key can see. */
  clusterId?: string | undefined
  /** Absent: both. */
  backupType?: BackupType | undefined
}

export function read(reader: Reader, common: CommonInputs): ListBackups {
  return { ...common, clusterId: reader.optionalId('cluster-id'), backupType: readBackupType(reader) }
}

/** The log has that many; the job summary and the outputs have more. */
const mostLogged = 20

export async function run({ clusterId, backupType }: ListBackups, step: Step): Promise<Outcome> {
  const listed =
    clusterId === undefined ? await listBackups(step.cloud) : await listBackupsOf(step, clusterId)
  const untyped = backupType === undefined ? [] : listed.filter(backup => backup.backupType === undefined)
  if (untyped.length > 0) {
    step.warning(`Left out, since the list shows no type for them: ${describeStatesOf(untyped)}.`)
  }
  const wanted = newestFirst(
    listed.filter(backup => backupType === undefined || backup.backupType === backupType),
  )
  step.publishList(
    'backups',
    wanted.map(({ raw }) => raw),
  )
  const kind = backupType === undefined ? '' : ` of type ${backupType}`
  const of = clusterId === undefined ? 'that the key can see' : `of cluster ${clusterId}`
  step.note(`${wanted.length === 1 ? '1 backup' : `${wanted.length} backups`}${kind} ${of}.`)
  const { now } = serviceTime(step.cloud)
  const lines = wanted.slice(0, mostLogged + 1).map(backup => backupLine(backup, now))
  const older = wanted.length - mostLogged
  for (const line of firstLines(lines, mostLogged, () => `And ${older} older ones.`)) step.log(line)
  if (wanted.length > 0) step.showTable(backupsTable(wanted, now))
  return 'succeeded'
}
