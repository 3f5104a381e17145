import type { Simulator } from '../../simulator/index.ts'
import { backupsToDelete } from '../harness/deletions.ts'
import {
  anyBackup,
  backupPage,
  type Ending,
  type Fixture,
  oneBackup,
  type Scenario,
  sameIds,
  type Target,
} from './fixture.ts'

const hour = 3600
const day = 24 * hour

const pruneTargets: readonly Target[] = [
  { name: 'list', request: 'read', of: 'backup', list: true, big: true },
  { name: 'description of a kept one', request: 'read', of: 'backup', optional: true },
  { name: 'description before', request: 'read', of: 'backup', listed: 'there' },
  { name: 'DELETE', request: 'delete', of: 'backup' },
  { name: 'description after', request: 'read', of: 'backup', listed: 'gone' },
  { name: 'confirming list', request: 'read', of: 'backup', list: true, big: true },
]

export const deletingBackups: readonly Scenario[] = [
  {
    name: 'delete-backup',
    targets: [
      { name: 'first description', request: 'read', of: 'backup', listed: 'there' },
      { name: 'description before', request: 'read', of: 'backup', listed: 'there' },
      { name: 'DELETE', request: 'delete', of: 'backup' },
      { name: 'confirming read', request: 'read', of: 'backup', listed: 'gone' },
      { name: 'confirming list', request: 'read', of: 'backup', list: true },
    ],
    open({ world, clusterId }) {
      world.addBackup({ clusterId, ageSeconds: 3 * hour })
      const { backupId } = world.addBackup({ clusterId, ageSeconds: 2 * hour })
      world.addBackup({ clusterId, ageSeconds: hour })
      return {
        inputs: { operation: 'delete-backup', 'cluster-id': clusterId, 'backup-id': backupId },
        matchers: {
          'first description': anyBackup,
          'description before': { ...anyBackup, skip: 1 },
          DELETE: { ...anyBackup, method: 'DELETE' },
          'confirming read': { ...anyBackup, skip: 2 },
          'confirming list': backupPage(1),
        },
        keep: [],
        passwords: [],
        missing: ({ status, outputs }) => [
          ...(world.backup(backupId).status === 'DELETED' ? [] : ['the backup is there']),
          ...(status === 'succeeded' ? [] : [`it is ${status}`]),
          ...(outputs.deletedBackupIds === JSON.stringify([backupId]) ? [] : ['its id is not published']),
        ],
      }
    },
  },
  {
    name: 'delete-backup of what is not there',
    targets: [
      { name: 'description', request: 'read', of: 'backup', listed: 'gone' },
      { name: 'list of all', request: 'read', of: 'backup', list: true },
    ],
    open({ world, clusterId }) {
      world.addBackup({ clusterId })
      return {
        inputs: {
          operation: 'delete-backup',
          'cluster-id': clusterId,
          'backup-id': 'backup9_neverWas0000000',
        },
        matchers: { description: anyBackup, 'list of all': backupPage(1) },
        keep: [],
        passwords: [],
        missing: ({ status, outputs }) => [
          ...(status === 'skipped' ? [] : [`it is ${status}`]),
          ...(outputs.deletedBackupIds === '[]' ? [] : [`deleted: ${outputs.deletedBackupIds}`]),
        ],
      }
    },
  },
  { name: 'prune-backups', targets: pruneTargets, open: cloud => prune(cloud) },
  {
    name: 'prune-backups by days, weeks and months',
    few: true,
    targets: pruneTargets.filter(({ name }) =>
      ['list', 'description of a kept one', 'DELETE'].includes(name),
    ),
    open: byPeriods,
  },
]

/** Two a day for a fortnight, of which the newest is deleted and still listed; one of the old ones is protected. */
function byPeriods({ world, clusterId }: Simulator): Fixture {
  const ages = Array.from({ length: 28 }, (_, index) => hour + (index * day) / 2)
  const ids = ages.map((ageSeconds, index) => {
    const ghost = index === 0 ? { status: 'DELETED' as const, listed: { status: 'AVAILABLE' } } : {}
    return world.addBackup({ clusterId, ageSeconds, ...ghost }).backupId
  })
  const [, kept = ''] = ids
  const inputs = {
    operation: 'prune-backups',
    'cluster-id': clusterId,
    ...{ 'keep-last': '1', 'keep-daily': '3', 'keep-weekly': '2', 'keep-monthly': '2', 'older-than': '1d' },
    'protected-backups': ids[20] ?? '',
  }
  const toDelete = backupsToDelete(world.backups, inputs, world.now()).map(({ backupId }) => backupId)
  const oldest = toDelete.at(-1) ?? ''
  return {
    inputs,
    matchers: {
      list: backupPage(1),
      'description of a kept one': oneBackup(kept),
      DELETE: { ...oneBackup(oldest), method: 'DELETE' },
    },
    keep: [],
    passwords: [],
    missing: end => whatIsLeft(world, toDelete, end),
  }
}

/**
 * Keeps the newest two of each type and what is younger than two days: three are deleted. The list still shows two
 * newer ones of each type that are deleted.
 */
export function prune(cloud: Simulator, more: Record<string, string> = {}): Fixture {
  const { world, clusterId } = cloud
  const add = (ageSeconds: number, more: object = {}) =>
    world.addBackup({ clusterId, ageSeconds, ...more }).backupId
  const [kept = ''] = [hour, 30 * hour, 40 * hour].map(age => add(age))
  for (const age of [60, 70, 80, 90]) {
    const backupType = age < 75 ? 'CLUSTER' : 'COLLECTION'
    add(age, { backupType, status: 'DELETED', listed: { status: 'AVAILABLE' } })
  }
  const toDelete = [3 * day, 4 * day, 5 * day].map(age => add(age))
  for (const age of [20 * day, 21 * day]) add(age, { backupType: 'COLLECTION' })
  for (const age of [6 * day, 7 * day]) add(age, { creationMethod: 'AUTO' })
  add(8 * day, { status: 'CREATING' })
  world.addBackup({ clusterId: world.cluster('staging').clusterId, ageSeconds: 30 * day })
  const [one = ''] = toDelete
  return {
    inputs: {
      operation: 'prune-backups',
      'cluster-id': clusterId,
      'keep-last': '2',
      'older-than': '2d',
      ...more,
    },
    matchers: {
      list: backupPage(1),
      'description of a kept one': oneBackup(kept),
      'description before': oneBackup(one),
      DELETE: { ...oneBackup(one), method: 'DELETE' },
      'description after': { ...oneBackup(one), skip: 1 },
      'confirming list': { ...backupPage(1), skip: 1 },
    },
    keep: [],
    passwords: [],
    missing: end => whatIsLeft(world, toDelete, end),
  }
}

function whatIsLeft(world: Simulator['world'], toDelete: readonly string[], end: Ending): string[] {
  const reported: string[] = JSON.parse(end.outputs.deletedBackupIds ?? '[]')
  const left = toDelete.filter(id => world.backup(id).status !== 'DELETED')
  const gone = toDelete.filter(id => !left.includes(id))
  const status = gone.length > 0 ? 'succeeded' : 'skipped'
  return [
    // The step must not delete one whose state is unexpected.
    ...(end.unexpected ? [] : left.map(id => `${id} is there`)),
    ...(sameIds(reported, gone) ? [] : [`deletedBackupIds is ${reported}, deleted is ${gone}`]),
    ...(end.status === status ? [] : [`it is ${end.status}`]),
  ]
}
