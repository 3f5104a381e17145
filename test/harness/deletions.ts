/** What a step may delete, by its inputs alone. */
import type { Backup, Cluster, Simulator } from '../../simulator/index.ts'
import { parseDuration } from '../../src/duration.ts'
import type { GitHub, Pull } from './github.ts'
import { naiveDeletions } from './naive-retention.ts'

/** The world right before a step. */
export interface Before {
  clusters: readonly Cluster[]
  backups: readonly Backup[]
  /** Pull requests, with their times in world milliseconds. */
  pulls: ReadonlyMap<number, { isClosed: boolean; opened: number; closed: number }>
  /** World milliseconds. */
  at: number
}

export function worldOf({ world }: Simulator, github?: GitHub): Before {
  const ahead = (github?.now() ?? Number.NaN) - world.now() || 0
  return {
    clusters: world.clusters.map(cluster => ({ ...cluster })),
    backups: world.backups.map(backup => ({ ...backup })),
    pulls: new Map([...(github?.pulls ?? [])].map(([number, pull]) => [number, trueTimes(pull, ahead)])),
    at: world.now(),
  }
}

/** @param ahead milliseconds of GitHub's clock */
function trueTimes({ state, created_at: opened, closed_at: closed }: Pull, ahead: number) {
  const time = (text: string | null) => Date.parse(text ?? '') - ahead
  return { isClosed: state === 'closed', opened: time(opened), closed: time(closed) }
}

type Inputs = Readonly<Record<string, string>>

/**
 * The manual AVAILABLE backups that a rule of `prune-backups` deletes, written from the contract, not from the code.
 *
 * @param now world milliseconds
 */
export function backupsToDelete(backups: readonly Backup[], inputs: Inputs, now: number): Backup[] {
  const number = (name: string) => Number.parseInt(inputs[name] ?? '', 10) || undefined
  const rule = {
    keepLast: Number(inputs['keep-last']),
    keepDaily: number('keep-daily'),
    keepWeekly: number('keep-weekly'),
    keepMonthly: number('keep-monthly'),
    olderThan: parseDuration(inputs['older-than'] ?? ''),
    protectedIds: inputs['protected-backups']?.split(/[\s,]+/) ?? [],
  }
  const ours = backups.filter(
    ({ source, creationMethod, status, backupType }) =>
      source.clusterId === inputs['cluster-id'] &&
      creationMethod === 'MANUAL' &&
      status === 'AVAILABLE' &&
      backupType === (inputs['backup-type'] ?? backupType).toUpperCase(),
  )
  const plain = ours.map(({ backupId, backupType, createdAt }) => ({
    id: backupId,
    type: backupType,
    // As the service shows it: in whole seconds.
    time: Math.floor(createdAt / 1_000) * 1_000,
  }))
  const ids = naiveDeletions(rule, plain, now)
  return ours.filter(({ backupId }) => ids.includes(backupId))
}

/** A name by `name-pattern`; the first group stands for the placeholder. */
export function namePattern({ 'name-pattern': pattern = '' }: Inputs): RegExp {
  const parts = pattern.split(/\{pr\}|\*/).map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join(pattern.includes('{pr}') ? '(\\d{1,10})' : '(.+)')}$`, 's')
}

/** Whether one of the entries is its id or its name, in any case. */
function isNamedIn(list: string, names: readonly unknown[]): boolean {
  const entries = list.toLowerCase().split(/[\n,]/)
  return entries.some(entry => names.some(name => entry.trim() === `${name}`.trim().toLowerCase()))
}

/** The clusters that a sweep may drop, written from the contract, not from the code. */
function clustersToDrop({ clusters, pulls, at }: Before, inputs: Inputs): Cluster[] {
  const olderThan = parseDuration(inputs['older-than'] ?? '') ?? 0
  const pattern = namePattern(inputs)
  return clusters.filter(({ clusterId, clusterName, projectId, status, createdAt }) => {
    const match = pattern.exec(clusterName)
    const isOurs = projectId === inputs['target-project-id'] && !status.startsWith('DELET')
    const isSafe = isNamedIn(inputs['protected-clusters'] ?? '', [clusterId, clusterName])
    if (match === null || !isOurs || isSafe || at - createdAt <= olderThan) return false
    if (inputs['name-pattern']?.includes('*')) return olderThan > 0
    const pull = pulls.get(Number(match[1]))
    if (pull === undefined || !pull.isClosed) return false
    return createdAt > pull.opened && createdAt < pull.closed + 6 * 3_600_000
  })
}

export const dropOf = ({ clusterId }: Cluster) => `/v2/clusters/${clusterId}/drop`
export const deletionOf = ({ source, backupId }: Backup) =>
  `/v2/clusters/${source.clusterId}/backups/${backupId}`

/** The paths of the deletions that the inputs name, or that take back what this step has made. */
export function deletionsAsked(inputs: Inputs, before: Before, cloud: Simulator): string[] {
  const target = inputs['target-cluster'] ?? ''
  const called = ({ clusterName }: Cluster) => clusterName === target
  const wasThere = ({ clusterId }: Cluster) => before.clusters.some(old => old.clusterId === clusterId)
  switch (inputs.operation) {
    case 'delete-cluster':
      return before.clusters.filter(one => called(one) || one.clusterId === target).map(dropOf)
    case 'restore-cluster': {
      const replaced = inputs['if-exists'] === 'replace' ? before.clusters.filter(called) : []
      const made = cloud.world.clusters.filter(one => called(one) && !wasThere(one))
      return [...replaced, ...(inputs['delete-after-job'] === 'true' ? made : [])].map(dropOf)
    }
    case 'delete-backup':
      return before.backups
        .filter(({ backupId }) => backupId === inputs['backup-id'])
        .filter(({ source }) => source.clusterId === inputs['cluster-id'])
        .filter(({ backupId }) => !isNamedIn(inputs['protected-backups'] ?? '', [backupId]))
        .map(deletionOf)
    case 'prune-backups':
      return backupsToDelete(before.backups, inputs, before.at).map(deletionOf)
    case 'prune-clusters':
      return clustersToDrop(before, inputs).map(dropOf)
    default:
      return []
  }
}
