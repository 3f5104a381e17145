/** The response to a start is lost in every run of these: faults meet the reads that are to find what it has made. */
import type { Simulator } from '../../simulator/index.ts'
import {
  anyBackup,
  backupPage,
  clusterList,
  dropping,
  type Fixture,
  missingBackup,
  otherCluster,
  restoreCluster,
  type Scenario,
} from './fixture.ts'
import { restore } from './scenarios-making.ts'

const lostBackup: Scenario = {
  name: 'create-backup after a lost response',
  few: true,
  targets: [
    { name: 'list after', request: 'read', of: 'backup', list: true },
    { name: 'description after', request: 'read', of: 'backup', own: true },
  ],
  open(cloud) {
    const { world, clusterId } = cloud
    world.addBackup({ clusterId, ageSeconds: 7_200 })
    cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind: 'reset' } })
    return {
      inputs: { operation: 'create-backup', 'cluster-id': clusterId },
      matchers: { 'list after': { ...backupPage(1), skip: 1 }, 'description after': anyBackup },
      keep: [],
      passwords: [],
      missing({ outputs, at }) {
        const [, made] = world.backups
        const other = made?.backupId === outputs.backupId ? [] : [`backupId is ${outputs.backupId}`]
        return [...other, ...missingBackup(made, at)]
      },
    }
  },
}

const lostRestores: readonly Scenario[] = [
  {
    name: 'restore-cluster sent once more',
    few: true,
    lostStart: 'badly',
    targets: [
      { name: 'list after', request: 'read', of: 'cluster', list: true },
      { name: 'second POST', request: 'start', of: 'backup' },
    ],
    open(cloud) {
      cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'reset' } })
      const fixture = restore(cloud, {})
      return {
        ...fixture,
        matchers: {
          'list after': { ...clusterList, skip: 1 },
          'second POST': { ...restoreCluster, skip: 1 },
        },
      }
    },
  },
  {
    name: 'restore-cluster after a lost response',
    few: true,
    ends: 'badly',
    targets: [{ name: 'list after', request: 'read', of: 'cluster', list: true }],
    open(cloud) {
      cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
      const fixture = restore(cloud, { 'delete-after-job': 'true' })
      return { ...fixture, matchers: { 'list after': { ...clusterList, skip: 1 } }, post: true }
    },
  },
]

const unknownIds: Scenario = {
  name: 'restore-cluster that never knew its id',
  few: true,
  ends: 'badly',
  targets: [
    { name: 'list by name', request: 'read', of: 'cluster', list: true, after: true },
    {
      name: 'first read after the job',
      request: 'read',
      of: 'cluster',
      dropped: true,
      own: true,
      after: true,
    },
    { name: 'DELETE', request: 'delete', of: 'cluster', after: true },
  ],
  open: unknownId,
}

/** The lists show the new cluster only when the step has ended. */
function unknownId(cloud: Simulator): Fixture {
  if (cloud.variants.listLagSeconds === 0) cloud.variants.listLagSeconds = 55
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
  const fixture = restore(cloud, { 'delete-after-job': 'true', 'cu-size': '2', timeout: '40s' })
  return {
    ...fixture,
    matchers: {
      'list by name': clusterList,
      'first read after the job': otherCluster(cloud.clusterId),
      DELETE: dropping('[^/]+'),
    },
    post: true,
  }
}

export const losing: readonly Scenario[] = [lostBackup, ...lostRestores, unknownIds]
