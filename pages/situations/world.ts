/** What the situations put into the world, and the inputs they have in common. */
import type { BackupDraft, Simulator } from '../../simulator/index.ts'
import type { Inputs } from '../situation.ts'

const hour = 3_600
const day = 24 * hour

/** A job that does not end by itself. */
export const never = { durationSeconds: Number.POSITIVE_INFINITY }

export function production({ clusterId }: Simulator): Inputs {
  return { 'cluster-id': clusterId }
}

/** A manual AVAILABLE backup of `production` of that age. */
export function addBackup(
  { world, clusterId }: Simulator,
  { hours = 1, ...more }: Partial<BackupDraft> & { hours?: number } = {},
): string {
  return world.addBackup({ clusterId, ageSeconds: hours * hour, ...more }).backupId
}

/** One a week by hand, each a little larger than the one before, and one automatic one. */
export function addBackups(cloud: Simulator, count: number): void {
  for (let index = 0; index < count; index++) {
    const ageSeconds = (count - index) * 7 * day - 5 * hour
    const size = 18_100_000_000 + index * 65_000_000
    cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds, size })
  }
  cloud.world.addBackup({ clusterId: cloud.clusterId, creationMethod: 'AUTO', ageSeconds: 8 * hour })
}

/** `shop-pr-31` and the like, with all that can be said of one. */
export function addClustersOfPullRequests({ world, projectId }: Simulator) {
  const add = (number: number, hours: number) =>
    world.addCluster({
      clusterName: `shop-pr-${number}`,
      projectId,
      createdAt: world.now() - hours * hour * 1_000,
    })
  for (const [number, hours] of [
    [31, 230],
    [32, 170],
    [33, 60],
    [34, 40],
    [35, 20],
    [36, 20],
    [8, 5],
  ] as const)
    add(number, hours)
  return {
    31: { state: 'merged', opened: 240, closed: 80 },
    32: { state: 'closed', opened: 172, closed: 100 },
    33: { state: 'open', opened: 61 },
    34: { state: 'merged', opened: 42, closed: 3 },
    36: { state: 'merged', opened: 25, closed: 2 },
    8: { state: 'closed', opened: 2_000, closed: 1_900 },
  } as const
}
