import { newestFirst } from '../backups/find.ts'
import { backupLine, backupsTable } from '../backups/format.ts'
import type { Outcome, Step } from '../step.ts'
import { listBackups } from '../zilliz/reads.ts'
import type { ListBackups } from './requests.ts'

/** The log tells that many; the page of the step and the outputs have more. */
const mostLogged = 20

/** Tells the backups of a cluster, or all that the key can see, newest first. */
export async function listAllBackups(request: ListBackups, step: Step): Promise<Outcome> {
  const { clusterId, backupType } = request
  const listed = await listBackups(step.cloud, clusterId)
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
  const now = step.clock.now()
  for (const backup of wanted.slice(0, mostLogged)) step.log(backupLine(backup, now))
  if (wanted.length > mostLogged) step.log(`And ${wanted.length - mostLogged} older ones.`)
  if (wanted.length > 0) step.showTable(backupsTable(wanted, now))
  return 'succeeded'
}
