/** create-backup, and what can become of it. */
import { cancel, interruptAt } from '../../test/stories/arrange.ts'
import type { Situation } from '../situation.ts'
import { addBackup, never, production } from './world.ts'

const createBackup = { operation: 'create-backup' }
const segment = 'Segment 4472934 of collection sales.orders could not be flushed within 600 s. '

function failed(name: string, reason: string): Situation {
  return {
    name,
    about: `The backup job fails, with a reason of ${reason.length} characters`,
    ends: 'failed',
    arrange(cloud) {
      cloud.world.nextJob({ outcome: 'FAILED', reason, durationSeconds: 2 })
      return { inputs: { ...createBackup, ...production(cloud) } }
    },
  }
}

export const makingBackups: readonly Situation[] = [
  {
    name: 'create-backup',
    about: 'A whole cluster is backed up',
    ends: 'succeeded',
    arrange(cloud) {
      cloud.world.nextJob({ durationSeconds: 180 })
      return { inputs: { ...createBackup, ...production(cloud) } }
    },
  },
  {
    name: 'create-backup-of-collections',
    about: 'Two collections are backed up',
    ends: 'succeeded',
    arrange: cloud => ({
      inputs: { ...createBackup, ...production(cloud), collections: 'sales.orders\nsales.items' },
    }),
  },
  {
    name: 'create-backup-dry-run',
    about: 'A dry run of a backup',
    ends: 'planned',
    arrange: cloud => ({ inputs: { ...createBackup, ...production(cloud), 'dry-run': 'true' } }),
  },
  {
    name: 'create-backup-not-waited-for',
    about: 'wait: false',
    ends: 'started',
    arrange: cloud => ({ inputs: { ...createBackup, ...production(cloud), wait: 'false' } }),
  },
  {
    name: 'create-backup-skipped',
    about: 'skip-if-newer-than finds a backup that is new enough',
    ends: 'skipped',
    arrange(cloud) {
      addBackup(cloud, { hours: 5 })
      return { inputs: { ...createBackup, ...production(cloud), 'skip-if-newer-than': '12h' } }
    },
  },
  {
    name: 'create-backup-joined',
    about: 'if-busy: join uses the backup that is running',
    ends: 'succeeded',
    arrange(cloud) {
      cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: 90 })
      return { inputs: { ...createBackup, ...production(cloud), 'if-busy': 'join' } }
    },
  },
  failed('create-backup-failed', segment.trim()),
  failed('create-backup-failed-long-reason', segment.repeat(65).slice(0, 5_000)),
  failed('create-backup-failed-unbroken-reason', 'x'.repeat(5_000)),
  {
    name: 'create-backup-timed-out',
    about: 'The backup is not finished within timeout',
    ends: 'timed-out',
    arrange(cloud) {
      cloud.world.nextJob({ durationSeconds: 200 })
      return { inputs: { ...createBackup, ...production(cloud), timeout: '90s' } }
    },
  },
  {
    name: 'create-backup-cancelled',
    about: 'The workflow is cancelled while the backup is made',
    ends: 'cancelled',
    arrange(cloud) {
      cloud.world.nextJob(never)
      return {
        inputs: { ...createBackup, ...production(cloud) },
        options: interruptAt(cloud, 'describeJob', { act: cancel, skip: 3 }),
      }
    },
  },
  {
    name: 'key-refused',
    about: 'The service does not know the API key',
    ends: 'failed',
    arrange: cloud => ({
      inputs: { ...createBackup, ...production(cloud), 'api-key': 'another-key-0123456789abcdef0' },
    }),
  },
  {
    name: 'cluster-not-found',
    about: 'A name where an id is expected',
    ends: 'failed',
    arrange: () => ({ inputs: { ...createBackup, 'cluster-id': 'production' } }),
  },
]
