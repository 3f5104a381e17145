import { expect, test } from 'vitest'
import { type InProgress, OperationFailed, removeLines, resumeHints, resumeLines } from '../src/step.ts'

const backup = { clusterId: 'in01-a', backupId: 'backup0_a' }

test.each<[Partial<InProgress>, string[]]>([
  [{}, []],
  [{ jobIds: new Set(['job-1']) }, ['operation: wait', 'job-id: job-1']],
  [{ jobIds: new Set(['job-1', 'job-2']) }, ['operation: wait', 'job-id: job-1, job-2']],
  [{ backup }, ['operation: wait', 'cluster-id: in01-a', 'backup-id: backup0_a']],
  [{ clusterId: 'in01-b' }, ['operation: wait', 'target-cluster: in01-b']],
  [{ createdClusterId: 'in01-b' }, []],
  [
    { jobIds: new Set(['job-1']), backup, clusterId: 'in01-b', createdClusterId: 'in01-b' },
    [
      'operation: wait',
      'job-id: job-1',
      'cluster-id: in01-a',
      'backup-id: backup0_a',
      'target-cluster: in01-b',
    ],
  ],
])('what runs %o is resumed with %j', (running, lines) => {
  expect(resumeLines({ jobIds: new Set(), ...running })).toEqual(lines)
})

test('only a cluster that the step has made is offered for removal', () => {
  expect(removeLines({ jobIds: new Set(), clusterId: 'in01-b' })).toEqual([])
  expect(removeLines({ jobIds: new Set(), createdClusterId: 'in01-b' })).toEqual([
    'operation: delete-cluster',
    'target-cluster: in01-b',
  ])
})

test('what is left behind is told with its way on, and with the way to be rid of a made cluster', () => {
  expect(resumeHints({ jobIds: new Set() })).toEqual([])
  const wait = {
    title: 'Still running at the service. To wait for it:',
    lines: ['operation: wait', 'job-id: j'],
  }
  expect(resumeHints({ jobIds: new Set(['j']) })).toEqual([wait])
  expect(resumeHints({ jobIds: new Set(['j']), createdClusterId: 'in01-b' })).toEqual([
    wait,
    {
      title: 'To drop the cluster instead:',
      lines: ['operation: delete-cluster', 'target-cluster: in01-b'],
    },
  ])
})

test('a failure has its name', () => {
  expect(new OperationFailed('x').name).toBe('OperationFailed')
})
