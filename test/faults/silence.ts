/** Invariant: of what a step has started and not seen to its end, nothing goes unsaid. */
import type { RequestRecord } from '../../simulator/index.ts'
import type { Run } from './case.ts'
import { endOf, receiptOf, signalledAtItsEnd } from './endings.ts'
import { tick } from './fixture.ts'
import { starts } from './responses.ts'

const inDoubt = /may have (?:started|been carried out)|ha(?:s|ve) started anyway|goe?s? on at the service/

export function unsaid(run: Run): string[] {
  const { step, requests } = run
  if (step.exitCode === 0 || signalledAtItsEnd(run)) return []
  const carriedOut = requests.filter(({ operationId, applied }) => applied && starts.includes(operationId))
  const error = `${receiptOf(step).error}`
  return carriedOut.flatMap(start => {
    const { jobId, clusterId } = (start.data ?? {}) as { jobId?: string; clusterId?: string }
    const isKnown = jobId !== undefined && step.log.some(line => line.includes(jobId))
    const isWithoutJob = jobId === undefined && isSuccess(start) && clusterId !== undefined
    if (isWithoutJob) return unsaidCluster(run, clusterId)
    if (!isKnown) return foundAndEnded(run, start) ? [] : unsaidStart(start.path, error)
    if (!hasEnded(run, jobId)) return unsaidOf(run, jobId)
    return /Run this step again, with/.test(error) ? [`a second POST ${start.path} is advised: ${error}`] : []
  })
}

function isSuccess({ code }: RequestRecord): boolean {
  return code === 0 || code === '0' || code === 200
}

/** To run the step again would start a second one, unless only what is missing is asked for. */
const again = /(?:try|step) again(?! with (?:if-exists|the collections that are missing there))/i

/** Of a backup that was found after a lost response. */
const ended = /Backup \S+ is (?:FAILED|DELETED) and will not become AVAILABLE/

function unsaidStart(path: string, error: string): string[] {
  const advice = error.replace(/(?:before running|Do not run) this step again/g, '')
  return [
    ...(inDoubt.test(error) || ended.test(error) ? [] : [`no word of POST ${path}: ${error}`]),
    ...(again.test(advice) ? [`a second POST ${path} is advised: ${error}`] : []),
  ]
}

/** A backup that was found after a lost response and used: once it has ended, nothing more is to be said of it. */
function foundAndEnded({ step, cloud }: Run, { operationId, time }: RequestRecord): boolean {
  const { backupId, safetyBackupId } = step.outputs
  const found = cloud.world.backups.find(
    one => [backupId, safetyBackupId].includes(one.backupId) && one.createdAt >= time - tick,
  )
  return (
    operationId === 'createBackup' && (found?.job?.endsAt ?? Number.POSITIVE_INFINITY) <= endOf(step) + tick
  )
}

/** Before the end of the step; two clocks may differ by a little. */
function hasEnded({ step, cloud }: Run, jobId: string): boolean {
  const job = cloud.world.jobs.find(one => one.jobId === jobId)
  return job !== undefined && job.endsAt <= endOf(step) + tick
}

/** Of a restore whose response named no job: the log has a step that waits for its cluster. */
function unsaidCluster({ step, cloud }: Run, clusterId: string): string[] {
  const status = cloud.world.statusAt(clusterId, endOf(step)) ?? ''
  const isOver = !['CREATING', 'RESTORE_BACKUP'].includes(status)
  const isNamed = step.log.some(line => line.includes('target-cluster: ') && line.includes(clusterId))
  return isOver || isNamed ? [] : [`no step that waits for cluster ${clusterId}: ${receiptOf(step).error}`]
}

/** The log has a step that waits for it, and the error of a step that was cut short speaks of it. */
function unsaidOf({ step }: Run, jobId: string): string[] {
  const error = `${receiptOf(step).error}`
  const wasCutShort = ['timed-out', 'cancelled'].includes(step.outputs.status ?? '')
  const isResumed = step.log.some(line => line.includes('job-id: ') && line.includes(jobId))
  return [
    ...(isResumed ? [] : [`no step that waits for job ${jobId}: ${error}`]),
    ...(!wasCutShort || inDoubt.test(error) ? [] : [`no word of job ${jobId}: ${error}`]),
  ]
}
