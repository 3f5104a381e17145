/** Lists the backups of a cluster, or all that the key can see, newest first. */
import { readBackupType } from '../backups/choice.ts'
import { clusterNameIn, describeStatesOf } from '../backups/format.ts'
import { newestFirst } from '../backups/order.ts'
import { formatSize } from '../backups/size.ts'
import { listBackupsOf } from '../backups/source.ts'
import { backupLine, backupsTable } from '../backups/tables.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import type { Piece } from '../report.ts'
import { ageAndDate } from '../report.ts'
import type { Outcome, Step } from '../step.ts'
import { counted, firstLines } from '../untrusted-text.ts'
import type { Backup, BackupType } from '../zilliz/decode.ts'
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
    step.warning(`Left out, since the list of backups shows no type for them: ${describeStatesOf(untyped)}.`)
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
  const name = clusterNameIn(listed)
  const named = clusterId === undefined || name === undefined ? of : `of ${name}`
  const count = `${counted(wanted.length, 'backup')}${kind}`
  step.log(`${count} ${of}.`)
  const { now } = serviceTime(step.cloud)
  const lines = wanted.slice(0, mostLogged + 1).map(backup => backupLine(backup, now))
  const older = wanted.length - mostLogged
  for (const line of firstLines(lines, mostLogged, () => `And ${older} older ones.`)) step.log(line)
  step.report.heading = `${count} ${named}`
  if (wanted.length === 0) step.report.sentence = 'A step with operation: create-backup makes one.'
  else showListed(step, wanted, clusterId)
  return 'succeeded'
}

function showListed({ report, cloud }: Step, wanted: readonly Backup[], clusterId: string | undefined): void {
  const { now } = serviceTime(cloud)
  const of: readonly Piece[] = clusterId === undefined ? [] : ['Of cluster ', { code: clusterId }, '. ']
  report.sentence = [...of, `${newestOf(wanted, now)} ${sizeOf(wanted)}`]
  report.tables.push({ ...backupsTable(wanted, now), rest: 'older ones' })
}

/** Of one that is being created nobody can restore yet. */
function newestOf(wanted: readonly Backup[], now: number): string {
  const available = wanted.filter(({ status }) => status === 'AVAILABLE')
  if (available.length === 0) return 'None is AVAILABLE.'
  const [newest] = available
  if (newest?.createTime === undefined) return 'The age of the newest is unknown.'
  const which = newest === wanted[0] ? 'The newest' : 'The newest that is AVAILABLE'
  return `${which} is from ${ageAndDate(newest, now)}.`
}

function sizeOf(wanted: readonly Backup[]): string {
  const sizes = wanted.flatMap(({ size }) => (size === undefined ? [] : [size]))
  if (sizes.length === 0) return 'Their size is unknown.'
  const sum = formatSize(sizes.reduce((sum, size) => sum + size, 0))
  return sizes.length === wanted.length ? `${sum} in all.` : `At least ${sum} in all.`
}
