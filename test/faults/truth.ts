/** Invariant: what a step says that succeeded is so at its end, by the ids that it published. */
import type { Job } from '../../simulator/index.ts'
import type { Run } from './case.ts'
import { endOf } from './endings.ts'
import { tick } from './fixture.ts'

type Seen = Pick<Run, 'step' | 'cloud' | 'fixture'>

export function falseSuccess(run: Run): string[] {
  if (run.step.outputs.status !== 'succeeded') return []
  return [...openJobs(run), ...otherStates(run), ...missingCollections(run)]
}

function openJobs({ step, cloud }: Seen): string[] {
  const at = endOf(step)
  const isDone = ({ outcome, endsAt }: Job) => outcome === 'SUCCESSFUL' && endsAt <= at + tick
  return idsIn(step.outputs.jobIds).flatMap(id => {
    const job = cloud.world.jobs.find(({ jobId }) => jobId === id)
    return job !== undefined && isDone(job) ? [] : [`job ${id} had not succeeded`]
  })
}

/** What must be true of the backup and the cluster of an operation. */
const wanted: Readonly<Record<string, { backup?: string; cluster?: readonly string[] }>> = {
  'create-backup': { backup: 'AVAILABLE' },
  'delete-backup': { backup: 'DELETED' },
  'restore-cluster': { backup: 'AVAILABLE', cluster: ['RUNNING'] },
  'delete-cluster': { cluster: ['DELETING', 'DELETED'] },
  wait: { backup: 'AVAILABLE', cluster: ['RUNNING'] },
}

function otherStates({ step, cloud, fixture }: Seen): string[] {
  const { backup, cluster } = wanted[fixture.inputs.operation ?? ''] ?? {}
  const { backupId, clusterId, deletedBackupIds } = step.outputs
  const stateOf = (id: string) => cloud.world.backups.find(one => one.backupId === id)?.status
  const clusterState = cloud.world.clusters.find(one => one.clusterId === clusterId)?.status ?? 'GONE'
  const texts = idsIn(deletedBackupIds)
    .filter(id => stateOf(id) !== 'DELETED')
    .map(id => `backup ${id} is ${stateOf(id)}, not DELETED`)
  if (backup !== undefined && backupId !== undefined && stateOf(backupId) !== backup)
    texts.push(`backup ${backupId} is ${stateOf(backupId)}, not ${backup}`)
  if (cluster !== undefined && clusterId !== undefined && !cluster.includes(clusterState))
    texts.push(`cluster ${clusterId} is ${clusterState}, not ${cluster.join(' or ')}`)
  return texts
}

interface Entry {
  targetDatabase?: string
  targetCollection?: string
}

function missingCollections({ step, cloud, fixture }: Seen): string[] {
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
