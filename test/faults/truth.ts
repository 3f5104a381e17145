/** Invariant: what a step says that succeeded is so at its end, by the ids that it published. */
import type { Job } from '../../simulator/index.ts'
import type { Injected, Run } from './case.ts'
import { endOf } from './endings.ts'
import { tick } from './fixture.ts'

export function falseSuccess(run: Run): string[] {
  switch (run.step.outputs.status) {
    case 'succeeded':
      return [...openJobs(run), ...otherStates(run), ...missingCollections(run)]
    case 'skipped':
      return stillThere(run)
    default:
      return []
  }
}

function openJobs({ step, cloud }: Run): string[] {
  const at = endOf(step)
  const isDone = ({ outcome, endsAt }: Job) =>
    ['SUCCESSFUL', 'SUCCEEDED'].includes(outcome) && endsAt <= at + tick
  return idsIn(step.outputs.jobIds).flatMap(id => {
    const job = cloud.world.jobs.find(({ jobId }) => jobId === id)
    return job !== undefined && isDone(job) ? [] : [`job ${id} had not succeeded`]
  })
}

/** What must be true of the backup and the cluster of an operation. */
const wanted: Readonly<Record<string, { backup?: readonly string[]; cluster?: readonly string[] }>> = {
  'create-backup': { backup: ['AVAILABLE'] },
  'delete-backup': { backup: ['DELETED'] },
  'restore-cluster': { backup: ['AVAILABLE'], cluster: ['RUNNING'] },
  'delete-cluster': { cluster: ['DELETING', 'DELETED'] },
  wait: { backup: ['AVAILABLE'], cluster: ['RUNNING'] },
}

/** The states that a backup or cluster had when the step ended; two clocks may differ by a little. */
function statesOf({ step, cloud }: Run, id: string): string[] {
  const at = endOf(step)
  const states = [at - tick, at, at + tick].map(time => cloud.world.statusAt(id, time))
  return states.map(state => state ?? 'GONE')
}

function otherStates(run: Run): string[] {
  const { step, fixture } = run
  const { backup, cluster } = wanted[fixture.inputs.operation ?? ''] ?? {}
  // No read can disprove a service that says of what is there that it is not.
  const drops = ['delete-cluster', 'prune-clusters'].includes(fixture.inputs.operation ?? '')
  if (drops && run.given.injected.some(isLie)) return []
  const { backupId, clusterId, deletedBackupIds, deletedClusterIds } = step.outputs
  const check = (id: string | undefined, right: readonly string[] | undefined) => {
    if (id === undefined || right === undefined) return []
    const states = statesOf(run, id)
    return states.some(state => right.includes(state))
      ? []
      : [`${id} was ${states[1]}, not ${right.join(' or ')}`]
  }
  return [
    ...idsIn(deletedBackupIds).flatMap(id => check(id, ['DELETED'])),
    ...idsIn(deletedClusterIds).flatMap(id => check(id, ['DELETING', 'DELETED'])),
    ...check(backupId, backup),
    ...check(clusterId, cluster),
  ]
}

/** `skipped` of a deletion: there was nothing, when the step began and when it ended. */
function stillThere(run: Run): string[] {
  const { fixture, cloud, given, before } = run
  const { operation, 'backup-id': backupId, 'target-cluster': target } = fixture.inputs
  if (given.injected.some(isLie)) return []
  const isThere = (id: string) => {
    const states = statesOf(run, id)
    return states.every(state => !['DELETED', 'DELETING', 'GONE'].includes(state))
  }
  const asked = {
    'delete-backup': before.backups.map(one => one.backupId).filter(id => id === backupId),
    'delete-cluster': cloud.world.clusters
      .filter(({ clusterId, clusterName }) => [clusterId, clusterName].includes(target ?? ''))
      .map(one => one.clusterId),
  }[operation ?? '']
  return (asked ?? []).filter(isThere).map(id => `skipped, and ${id} is there`)
}

export const isLie = ({ fault }: Injected) =>
  ['envelope 404', 'list without its newest entry'].includes(fault)

interface Entry {
  targetDatabase?: string
  targetCollection?: string
}

function missingCollections({ step, cloud, fixture }: Run): string[] {
  const { collections, clusterId = '' } = step.outputs
  if (fixture.inputs.operation !== 'restore-collections') return []
  const there = cloud.world.collections(clusterId)
  const entries: Entry[] = JSON.parse(collections ?? '[]')
  return entries
    .map(({ targetDatabase, targetCollection }) => `${targetDatabase}.${targetCollection}`)
    .filter(name => !there.some(one => one.startsWith(`${name} `)))
    .map(name => `${name} is not there`)
}

function idsIn(output = '[]'): string[] {
  return JSON.parse(output)
}
