/** Operations that only read, and export-backup. */
import type { Situation } from '../situation.ts'
import { addBackup, addBackups, production } from './world.ts'

export const reading: readonly Situation[] = [
  {
    name: 'wait',
    about: 'Waits for a job, a backup and a cluster',
    ends: 'succeeded',
    arrange(cloud) {
      const { job, backupId } = cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: 60 })
      const goals = { 'job-id': job?.jobId ?? '', 'backup-id': backupId, 'target-cluster': 'staging' }
      return { inputs: { operation: 'wait', ...production(cloud), ...goals } }
    },
  },
  {
    name: 'list-backups',
    about: 'Lists 30 backups of a cluster',
    ends: 'succeeded',
    arrange(cloud) {
      addBackups(cloud, 25)
      const databases = cloud.world.cluster(cloud.clusterId).databases.slice(0, 1)
      for (const hours of [30, 300, 700, 1_100]) {
        addBackup(cloud, { hours, backupType: 'COLLECTION', databases })
      }
      return { inputs: { operation: 'list-backups', ...production(cloud) } }
    },
  },
  {
    name: 'list-backups-of-all-clusters',
    about: 'Lists the backups of all clusters',
    ends: 'succeeded',
    arrange(cloud) {
      addBackups(cloud, 5)
      cloud.world.addBackup({ clusterId: cloud.world.cluster('staging').clusterId, ageSeconds: 86_400 })
      return { inputs: { operation: 'list-backups' } }
    },
  },
  {
    name: 'list-backups-none',
    about: 'There are no backups',
    ends: 'succeeded',
    arrange: cloud => ({ inputs: { operation: 'list-backups', ...production(cloud) } }),
  },
  {
    name: 'describe-backup',
    about: 'Shows the newest backup',
    ends: 'succeeded',
    arrange(cloud) {
      addBackups(cloud, 3)
      return { inputs: { operation: 'describe-backup', ...production(cloud), 'backup-id': 'latest' } }
    },
  },
  {
    name: 'export-backup',
    about: 'Copies the files of a backup to the storage of the user',
    ends: 'succeeded',
    arrange: cloud => ({
      inputs: {
        operation: 'export-backup',
        ...production(cloud),
        'backup-id': addBackup(cloud, { hours: 9 }),
        'integration-id': 'integ-0123456789',
        directory: 'backups/production',
      },
    }),
  },
]
