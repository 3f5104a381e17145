/** What a retention rule deletes of a list of backups, once what it keeps is confirmed. */
import { formatDuration } from '../duration.ts'
import { withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { counted } from '../untrusted-text.ts'
import { forEachAtOnce } from '../waiting/at-once.ts'
import { openSlots } from '../waiting/slots.ts'
import type { Backup } from '../zilliz/decode.ts'
import { ApiError, isNotFound } from '../zilliz/errors.ts'
import { serviceTime } from '../zilliz/service-time.ts'
import { describeStatesOf } from './format.ts'
import { applyRule, type Result, type Rule } from './keep.ts'
import { grouped } from './order.ts'
import { describeOrRefusal, stillListed } from './read.ts'

/**
 * Applies the rule to a list, until the backups that it keeps are confirmed by their descriptions: one that was just
 * deleted, and is still listed, must not stand for those that the rule deletes in its favour.
 *
 * @param listed all backups of the cluster, the list whole
 */
export async function evaluate(rule: Rule, step: Step, listed: readonly Backup[]): Promise<Result> {
  const slot = openSlots(step.clock, readsPerSecond)
  const settled = await settleTies({ ...rule, slot }, step, candidatesOf(rule, listed))
  // What a description shows goes before the list, of more than the time.
  let candidates = candidatesOf(rule, settled)
  const confirmed = new Set<string>()
  const gone: Backup[] = []
  for (;;) {
    const result = applyRule(rule, candidates, serviceTime(step.cloud).now)
    const described = await describeKept({ ...rule, slot }, step, { kept: result.kept, confirmed })
    if (described.size === 0) {
      const names = describeStatesOf(gone)
      if (gone.length > 0)
        step.warning(`Not counted: the list of backups still has them, but they are gone: ${names}.`)
      return result
    }
    for (const [backupId, found] of described) if (found !== undefined) confirmed.add(backupId)
    const current = candidates.flatMap(backup => {
      const { backupId } = backup
      if (!described.has(backupId)) return backup
      const found = described.get(backupId)
      if (found === undefined) gone.push(backup)
      return found ?? []
    })
    candidates = candidatesOf(rule, current)
  }
}

/** The deletions that follow describe backups too. */
const readsPerSecond = 12

type Paced = Rule & { slot: () => Promise<void> }

function candidatesOf(rule: Rule, backups: readonly Backup[]): Backup[] {
  return backups.filter(backup => isCandidate(rule, backup))
}

/** More are not described one by one: for these the list is read once more. */
const mostDescribed = 100

/**
 * What descriptions (and for those beyond the newest 100 of a type, a new list) show of the kept backups that are not
 * confirmed yet; undefined for one that is not there any more.
 */
async function describeKept(
  { clusterId, slot }: Paced,
  step: Step,
  { kept, confirmed }: { kept: readonly Backup[][]; confirmed: ReadonlySet<string> },
): Promise<Map<string, Backup | undefined>> {
  const found = new Map<string, Backup | undefined>()
  const isOpen = ({ backupId }: Backup) => !confirmed.has(backupId)
  const toDescribe = kept.flatMap(ofType => ofType.slice(0, mostDescribed)).filter(isOpen)
  await forEachAtOnce(toDescribe, { slot }, async ({ backupId }) => {
    const described = await describeOrRefusal(step, { clusterId, backupId })
    // A refusal that means something else says nothing of the backup.
    if (described instanceof ApiError && !isNotFound(described, 'backup')) throw described
    found.set(backupId, described instanceof ApiError ? undefined : described)
  })
  const others = kept.flatMap(ofType => ofType.slice(mostDescribed)).filter(isOpen)
  const ids = new Set(others.map(({ backupId }) => backupId))
  const listed = new Map((await stillListed(step, clusterId, ids)).map(backup => [backup.backupId, backup]))
  for (const backup of others) {
    const now = listed.get(backup.backupId)
    // A time that a description has settled is not undone by the list's.
    found.set(backup.backupId, now && { ...backup, status: now.status })
  }
  return found
}

/** Manual, AVAILABLE, of the cluster and type of the rule. */
export function isCandidate({ clusterId, backupType }: Rule, backup: Backup): boolean {
  return (
    backup.creationMethod === 'MANUAL' &&
    backup.status === 'AVAILABLE' &&
    (backup.clusterId === undefined || backup.clusterId === clusterId) &&
    (backupType === undefined || backup.backupType === backupType)
  )
}

/** AVAILABLE ones of which the list does not show whether the rule is about them. */
export function unclearOf({ backupType: wanted }: Rule, listed: readonly Backup[]): Backup[] {
  return listed.filter(
    ({ status, creationMethod, backupType }) =>
      status === 'AVAILABLE' &&
      creationMethod !== 'AUTO' &&
      (creationMethod === undefined || (wanted !== undefined && backupType === undefined)),
  )
}

export function describeResult(rule: Rule, { candidates, toDelete }: Result): string {
  const { clusterId, backupType } = rule
  const kind = backupType === undefined ? '' : ` of type ${backupType}`
  return `Manual AVAILABLE backups${kind} of cluster ${clusterId}: ${candidates.length}. ${describeRule(rule)} To delete: ${toDelete.length}.`
}

/** `Rule: keep the newest 7 of each type, and the newest of each of the last 14 days and 6 months that have a backup; …` */
export function describeRule({ keepLast, keepDaily, keepWeekly, keepMonthly, olderThan }: Rule): string {
  const periods = [
    { number: keepDaily, name: 'day' },
    { number: keepWeekly, name: 'week' },
    { number: keepMonthly, name: 'month' },
  ].flatMap(({ number, name }) => (number === undefined ? [] : counted(number, name)))
  const [last, ...others] = periods.reverse()
  const each = [others.reverse().join(', '), last].filter(Boolean).join(' and ')
  const more = each === '' ? '' : `, and the newest of each of the last ${each} that have a backup`
  const young = olderThan === undefined ? '' : ` when older than ${formatDuration(olderThan)}`
  return `Rule: keep the newest ${keepLast} of each type${more}; delete the rest${young}.`
}

/**
 * Sources disagree whether a list has the time of the backup or of its cluster (F35): where several of a type have
 * the same one, their descriptions decide. One that is gone by then is left out.
 *
 * @throws OperationFailed when one cannot be described and yet is not gone
 */
async function settleTies(
  { clusterId, slot }: Paced,
  step: Step,
  backups: readonly Backup[],
): Promise<Backup[]> {
  const sameTime = grouped(
    backups.filter(({ createTime }) => createTime !== undefined),
    ({ backupType, createTime }) => `${backupType} ${createTime}`,
  )
  const tied = sameTime.filter(group => group.length > 1).flat()
  const described = new Map<string, Backup>()
  const refusals = new Map<string, ApiError>()
  await forEachAtOnce(tied, { slot }, async ({ backupId }) => {
    const found = await describeOrRefusal(step, { clusterId, backupId })
    if (found instanceof ApiError) refusals.set(backupId, found)
    else described.set(backupId, found)
  })
  const [left] = await stillListed(step, clusterId, new Set(refusals.keys()))
  const stake = 'The list of backups still has it.'
  if (left !== undefined) throw withMore(refusals.get(left.backupId), { stake })
  return backups
    .filter(({ backupId }) => !refusals.has(backupId))
    .map(backup => described.get(backup.backupId) ?? backup)
}
