import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type InProgress, type Item, openInProgress } from '../src/in-progress.ts'
import { resumeHints } from '../src/resume.ts'
import { type StepCommon, stepOf } from '../src/workflow-step.ts'

const job: Item = { kind: 'job', jobId: 'job-1' }
const backup: Item = { kind: 'backup', clusterId: 'in01-a', backupId: 'backup0_a' }
/** A workflow that names the action, at the default address. */
const common: StepCommon = { uses: 'acme/backup@v1', baseUrl: undefined }
const step = (operation: string, ...inputs: string[]) => stepOf(operation, inputs, common)

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
  [[job], undefined, ['wait', 'job-id: job-1']],
  [[job, { kind: 'job', jobId: 'job-2' }], undefined, ['wait', 'job-id: job-1, job-2']],
  [[backup], undefined, ['wait', 'cluster-id: in01-a', 'backup-id: backup0_a']],
  [[cluster], undefined, ['wait', 'target-cluster: in01-b']],
  [[], 'in01-b', []],
  [
    [backup, cluster, job],
    'in01-b',
    ['wait', 'job-id: job-1', 'cluster-id: in01-a', 'backup-id: backup0_a', 'target-cluster: in01-b'],
  ],
])(
  '%j in progress, with the created cluster %s, is resumed with %j',
  (items, created, [operation, ...lines]) => {
    expect(resumeHints(inProgressWith(items, created), false, common)[0]?.lines ?? []).toEqual(
      operation === undefined ? [] : step(operation, ...lines),
    )
  },
)

test('only a cluster that the step has created is offered for a drop', () => {
  const drops = (inProgress: InProgress) =>
    resumeHints(inProgress, false, common)
      .map(({ lines }) => lines)
      .filter(lines => lines.includes('    operation: delete-cluster'))
  expect(drops(inProgressWith([cluster]))).toEqual([])
  expect(drops(inProgressWith([job], 'in01-b'))).toEqual([step('delete-cluster', 'target-cluster: in01-b')])
})

test('the hints say how to wait for what is in progress, and how to drop a created cluster', () => {
  expect(resumeHints(openInProgress(), false, common)).toEqual([])
  const wait = {
    title: 'Still running at the service. A step that waits for it:',
    lines: step('wait', 'job-id: job-1'),
  }
  expect(resumeHints(inProgressWith([job]), false, common)).toEqual([wait])
  expect(resumeHints(inProgressWith([job], 'in01-b'), false, common)).toEqual([
    wait,
    {
      title: 'A step that drops the cluster instead:',
      lines: step('delete-cluster', 'target-cluster: in01-b'),
    },
  ])
})

test('what is to be waited for and was not read yet is offered only by a step that was cut short', () => {
  const inProgress = openInProgress()
  inProgress.asked(job)
  expect(resumeHints(inProgress, false, common)).toEqual([])
  const lines = step('wait', 'job-id: job-1')
  expect(resumeHints(inProgress, true, common)).toEqual([
    { title: 'Not read before the end. A step that waits for it:', lines },
  ])
  inProgress.started(job)
  expect(resumeHints(inProgress, false, common)).toEqual([
    { title: 'Still running at the service. A step that waits for it:', lines },
  ])
})

describe('a whole step to paste', () => {
  const inputs = ['job-id: job-1']

  test('names the action as the workflow does, then the operation, the key and the inputs', () => {
    expect(stepOf('wait', inputs, common)).toEqual([
      '- uses: acme/backup@v1',
      '  with:',
      '    operation: wait',
      "    api-key: ${{ secrets.ZILLIZ_API_KEY }} # your secret's name",
      '    job-id: job-1',
    ])
  })

  test('has a placeholder with a comment where the runner does not show how it is named', () => {
    const [uses] = stepOf('wait', inputs, { ...common, uses: undefined })
    expect(uses).toMatch(
      /^- uses: OWNER\/zilliz-cloud-backup-restore@v\d+ # as your workflow names this action$/,
    )
  })

  test('has a base-url that is not the default', () => {
    const baseUrl = 'https://api.cloud.zilliz.com.cn'
    expect(stepOf('wait', inputs, { ...common, baseUrl })).toContain(`    base-url: ${baseUrl}`)
  })

  test('is YAML', () => {
    const [read] = parse(stepOf('wait', inputs, common).join('\n'))
    expect(read).toEqual({
      uses: 'acme/backup@v1',
      with: { operation: 'wait', 'api-key': '${{ secrets.ZILLIZ_API_KEY }}', 'job-id': 'job-1' },
    })
  })
})
