/** What a step may delete, by its inputs alone. */
import type { Backup, Cluster, Simulator } from '../../simulator/index.ts'
import { parseDuration } from '../../src/duration.ts'

/** The world right before a step. */
export interface Before {
  clusters: readonly Cluster[]
  backups: readonly Backup[]
  /** World milliseconds. */
  at: number
}

export function worldOf({ world }: Simulator): Before {
  return {
    clusters: world.clusters.map(cluster => ({ ...cluster })),
    backups: world.backups.map(backup => ({ ...backup })),
    at: world.now(),
  }
}

type Inputs = Readonly<Record<string, string>>

/**
 * The manual AVAILABLE backups that a rule of `prune-backups` deletes, written from the contract, not from the code.
 *
 * @param now world milliseconds
 */
export function backupsToDelete(backups: readonly Backup[], inputs: Inputs, now: number): Backup[] {
  const keepLast = Number(inputs['keep-last'])
  const olderThan = parseDuration(inputs['older-than'] ?? '') ?? 0
  const ours = backups.filter(
    ({ source, creationMethod, status, backupType }) =>
      source.clusterId === inputs['cluster-id'] &&
      creationMethod === 'MANUAL' &&
      status === 'AVAILABLE' &&
      backupType === (inputs['backup-type'] ?? backupType).toUpperCase(),
  )
  return ours.filter(({ backupType, createdAt }) => {
    const younger = ours.filter(other => other.backupType === backupType && other.createdAt > createdAt)
    return younger.length >= keepLast && now - createdAt > olderThan
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
        .map(deletionOf)
    case 'prune-backups':
      return backupsToDelete(before.backups, inputs, before.at).map(deletionOf)
    default:
      return []
  }
}
