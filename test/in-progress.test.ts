import { describe, expect, test } from 'vitest'
import { type InProgress, type Item, openInProgress, resumeHints } from '../src/in-progress.ts'

const job: Item = { kind: 'job', jobId: 'job-1' }
const backup: Item = { kind: 'backup', clusterId: 'in01-a', backupId: 'backup0_a' }
const cluster: Item = { kind: 'cluster', clusterId: 'in01-b' }

function inProgressWith(items: readonly Item[], createdClusterId?: string): InProgress {
  const inProgress = openInProgress()
  for (const item of items) inProgress.started(item)
  if (createdClusterId !== undefined) inProgress.created(createdClusterId)
  return inProgress
}

describe('the record', () => {
  test('is empty at first', () => {
    expect(openInProgress()).toMatchObject({ items: [], createdClusterId: undefined })
  })

  test('has what was started until it has ended, each once', () => {
    const inProgress = inProgressWith([job, backup, cluster, { ...backup }])
    expect(inProgress.items).toEqual([job, backup, cluster])
    inProgress.ended({ backupId: 'backup0_a', clusterId: 'in01-a', kind: 'backup' })
    expect(inProgress.items).toEqual([job, cluster])
    inProgress.ended({ kind: 'job', jobId: 'job-2' })
    inProgress.ended({ kind: 'job', jobId: 'in01-b' })
    expect(inProgress.items).toEqual([job, cluster])
    inProgress.ended(cluster)
    inProgress.ended(job)
    expect(inProgress.items).toEqual([])
  })

  test('keeps the cluster that the step has created after its end', () => {
    const inProgress = inProgressWith([cluster], 'in01-b')
    inProgress.ended(cluster)
    expect(inProgress).toMatchObject({ items: [], createdClusterId: 'in01-b' })
  })
})

test('the cluster that the step drops to replace it is recorded until the drop was refused', () => {
  const inProgress = openInProgress()
  expect(inProgress.droppedClusterId).toBeUndefined()
  inProgress.dropping('in01-old')
  expect(inProgress).toMatchObject({ droppedClusterId: 'in01-old', items: [] })
  inProgress.dropping(undefined)
  expect(inProgress.droppedClusterId).toBeUndefined()
})

test.each<[Item[], string | undefined, string[]]>([
  [[], undefined, []],
  [[job], undefined, ['operation: wait', 'job-id: job-1']],
  [[job, { kind: 'job', jobId: 'job-2' }], undefined, ['operation: wait', 'job-id: job-1, job-2']],
  [[backup], undefined, ['operation: wait', 'cluster-id: in01-a', 'backup-id: backup0_a']],
  [[cluster], undefined, ['operation: wait', 'target-cluster: in01-b']],
  [[], 'in01-b', []],
  [
    [backup, cluster, job],
    'in01-b',
    [
      'operation: wait',
      'job-id: job-1',
      'cluster-id: in01-a',
      'backup-id: backup0_a',
      'target-cluster: in01-b',
    ],
  ],
])('%j in progress, with the created cluster %s, is resumed with %j', (items, created, lines) => {
  expect(resumeHints(inProgressWith(items, created), false)[0]?.lines ?? []).toEqual(lines)
})

test('only a cluster that the step has created is offered for a drop', () => {
  const drops = (inProgress: InProgress) =>
    resumeHints(inProgress, false)
      .map(({ lines }) => lines)
      .filter(([operation]) => operation === 'operation: delete-cluster')
  expect(drops(inProgressWith([cluster]))).toEqual([])
  expect(drops(inProgressWith([job], 'in01-b'))).toEqual([
    ['operation: delete-cluster', 'target-cluster: in01-b'],
  ])
})

test('the hints say how to wait for what is in progress, and how to drop a created cluster', () => {
  expect(resumeHints(openInProgress(), false)).toEqual([])
  const wait = {
    title: 'Still running at the service. To wait for it:',
    lines: ['operation: wait', 'job-id: job-1'],
  }
  expect(resumeHints(inProgressWith([job]), false)).toEqual([wait])
  expect(resumeHints(inProgressWith([job], 'in01-b'), false)).toEqual([
    wait,
    {
      title: 'To drop the cluster instead:',
      lines: ['operation: delete-cluster', 'target-cluster: in01-b'],
    },
  ])
})

test('what is to be waited for and was not read yet is offered only by a step that was cut short', () => {
  const inProgress = openInProgress()
  inProgress.asked(job)
  expect(resumeHints(inProgress, false)).toEqual([])
  const lines = ['operation: wait', 'job-id: job-1']
  expect(resumeHints(inProgress, true)).toEqual([
    { title: 'Not read before the end. To wait for it:', lines },
  ])
  inProgress.started(job)
  expect(resumeHints(inProgress, false)).toEqual([
    { title: 'Still running at the service. To wait for it:', lines },
  ])
})
