/** The response to a POST that starts a backup was lost: was it started, and which one is it? */
import { missingCollections } from '../collections/contents.ts'
import { withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { findLost } from '../waiting/lost-response.ts'
import {
  type NewBackup,
  requestedCollections,
  type StartedBackup,
  typeOfNewBackup,
} from '../zilliz/changes.ts'
import type { Backup, CollectionName } from '../zilliz/decode.ts'
import { ApiError, isNotFound, type NoResponseError } from '../zilliz/errors.ts'
import { listBackups } from '../zilliz/reads.ts'
import type { ServiceTime } from '../zilliz/service-time.ts'
import { type Attempt, backupsRunning } from './busy.ts'
import { describeStatesOf } from './format.ts'
import { describeOrRefusal } from './read.ts'

const look =
  'The backup may have started anyway: look at the backups of the cluster in the console before running this step again.'

/** What a read shows of the backups that were not there before. */
interface Added {
  /** Made since the POST, of what was asked for. */
  mine: Backup[]
  /** They may be it, and nothing shows whether they are. */
  unclear: Backup[]
}

const mostDescribed = 10

/**
 * Adopts the one MANUAL backup of the cluster and type that was not there before, whose description dates it after
 * the POST and, for collections, lists exactly the requested ones.
 *
 * @throws OperationFailed when there is none, or several, or one that cannot be told from others
 */
export async function adoptBackup(attempt: Attempt, lost: NoResponseError): Promise<StartedBackup> {
  const { options, step } = attempt
  step.log(`${lost.message} Checking whether the backup has started.`)
  let running: readonly Backup[] = []
  const refused = new Set<string>()
  let seen: Added = { mine: [], unclear: [] }
  const result = await findLost(step, { lost }, async cloud => {
    const listed = await listBackups(cloud, options.clusterId)
    running = backupsRunning(listed)
    seen = await classify(attempt, { listed, refused }, { ...step, cloud })
    return seen.mine.length > 0 && seen.unclear.length === 0 ? seen.mine : undefined
  })
  const [only, ...others] = result.kind === 'found' ? result.found : []
  if (only !== undefined && others.length === 0) {
    step.log(`Backup ${only.backupId} was made since then and is used as this step's backup.`)
    return { backupId: only.backupId, backupName: only.backupName, jobId: lost.partial?.jobId }
  }
  const { jobId } = lost.partial ?? {}
  const named = jobId === undefined ? '' : ` The response named its job, ${jobId}.`
  if (jobId !== undefined) attempt.onJob?.(jobId)
  const why = result.kind === 'unknown' ? result.why : undefined
  const what = why === undefined ? describeSeen(seen, running) : `The check failed: ${why.what} ${look}`
  throw withMore(lost, { stake: `${what}${named}`, answer: why?.answer, help: 'it-may-have-started' })
}

function describeSeen({ mine, unclear }: Added, running: readonly Backup[]): string {
  const maybe = [...mine, ...unclear]
  if (maybe.length > 0) {
    return `New since then, and not known to be this step's: ${describeStatesOf(maybe)}. ${look}`
  }
  if (running.length === 0) return `The list of backups has no new one. ${look}`
  return `Backup ${describeStatesOf(running)} is running, and the list of backups has none that this step could have started. The service most likely refused this one because of it: run the job again when that backup has ended.`
}

async function classify(
  { options, before, sentAt }: Attempt,
  { listed, refused }: { listed: readonly Backup[]; refused: Set<string> },
  step: Step,
): Promise<Added> {
  const known = new Set(before.map(({ backupId }) => backupId))
  const type = typeOfNewBackup(options)
  const added = listed.filter(
    ({ backupId, creationMethod, backupType }) =>
      !known.has(backupId) && (creationMethod ?? 'MANUAL') === 'MANUAL' && (backupType ?? type) === type,
  )
  const result: Added = { mine: [], unclear: [] }
  for (const backup of added.slice(0, mostDescribed)) {
    const { clusterId } = options
    if (refused.has(backup.backupId)) {
      result.unclear.push(backup)
      continue
    }
    const found = await describeOrRefusal(step, { clusterId, backupId: backup.backupId })
    // One that may be too new to be read is read again; what means something else is not asked again.
    if (found instanceof ApiError && !isNotFound(found, 'backup')) refused.add(backup.backupId)
    const verdict = found instanceof ApiError ? 'unclear' : isMine(found, options, sentAt)
    if (verdict === 'mine') result.mine.push(backup)
    if (verdict === 'unclear') result.unclear.push(backup)
  }
  result.unclear.push(...added.slice(mostDescribed))
  return result
}

function isMine(found: Backup, options: NewBackup, sentAt: ServiceTime): 'mine' | 'not mine' | 'unclear' {
  const { createTime, creationMethod, backupType, clusterId } = found
  const isOther =
    creationMethod === 'AUTO' ||
    (backupType !== undefined && backupType !== typeOfNewBackup(options)) ||
    (clusterId !== undefined && clusterId !== options.clusterId)
  if (isOther) return 'not mine'
  if (createTime !== undefined && createTime < sentAt.now - sentAt.tolerance) return 'not mine'
  const holdsAsked = holdsExactly(found, requestedCollections(options))
  if (holdsAsked === false) return 'not mine'
  const isTold = creationMethod !== undefined && backupType !== undefined && createTime !== undefined
  return isTold && holdsAsked !== undefined ? 'mine' : 'unclear'
}

/** Undefined where the service does not list what a backup of collections holds by database. */
function holdsExactly({ contents }: Backup, requested: readonly CollectionName[]): boolean | undefined {
  if (requested.length === 0) return true
  if (contents.kind !== 'by-database') return undefined
  return (
    contents.collections.length === requested.length && missingCollections(contents, requested)?.length === 0
  )
}
