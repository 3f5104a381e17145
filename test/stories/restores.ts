/** Restores that are the same story on a busy machine, and restores with a look into the cluster behind them. */
import { expect } from 'vitest'
import { type JobPlan, type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/index.ts'
import { withFields } from './arrange.ts'
import { type Inputs, password, restoreCluster } from './steps.ts'
import { errorOf, type StoryOptions, type StoryResult } from './story.ts'

/**
 * A restore that is done at once but is first seen in progress. The first read of a cluster is of the source.
 */
export function doneAfterOneRead(cloud: Simulator, plan: Omit<JobPlan, 'type'> = {}): void {
  cloud.world.nextJob({ ...plan, type: 'RESTORE', durationSeconds: 0 })
  firstSeenInProgress(cloud, 1)
  const inFlight = withFields({ status: 'RESTORE_BACKUP', connectAddress: '' })
  cloud.faults.inject({ operation: 'describeCluster', skip: 1, fault: inFlight })
}

/** Jobs that are done at once but are first seen in progress. */
export function firstSeenInProgress(cloud: Simulator, jobs: number): void {
  const fault = withFields({ status: 'IN_PROGRESS', progress: '40' })
  cloud.faults.inject({ operation: 'describeJob', times: jobs, fault })
}

/** Without the traces of what arranged it. */
export function transcriptOf(story: StoryResult): string {
  return story.text.replaceAll(', fault edit', '')
}

export const startForVerify = (options: SimulatorOptions = {}) =>
  startSimulator({ speed: 60, dataPlane: true, ...options })

/** Of a backup of `production` into the new cluster `pr-42`, with `verify: true`. */
export const verifiedRestore = (cloud: Simulator, inputs: Inputs = {}, options: StoryOptions = {}) =>
  restoreCluster(cloud, { verify: 'true', ...inputs }, options)

/** The output `verifiedCollections`, a line for each: name, load state, entities, exactly or about. */
export function seen({ step }: StoryResult): string[] {
  const pictures: Record<string, unknown>[] = JSON.parse(step.outputs.verifiedCollections ?? 'null')
  expect(step.receipt).toMatchObject({ verifiedCollections: pictures })
  return pictures.map(({ database, collection, loadState, entities, exact }) =>
    [`${database}.${collection}`, loadState, exact ? entities : `about ${entities}`].join(' '),
  )
}

/** The restore succeeded and the look behind it did not: all outputs stay, and that the cluster costs money is said. */
export function expectShort(cloud: Simulator, story: StoryResult, status = 'failed'): string {
  const { clusterId } = cloud.world.cluster('pr-42')
  expect(story.step).toMatchObject({ exitCode: 1, outcome: 'failure' })
  expect(story.step.outputs).toMatchObject({
    ...{ status, clusterId, password, created: 'true', clusterName: 'pr-42', username: 'db_admin' },
    jobId: cloud.world.jobs[0]?.jobId,
    backupId: cloud.world.backups[0]?.backupId,
  })
  expect(errorOf(story)).toContain(
    `The restore itself has succeeded. Cluster ${clusterId} costs money until it is dropped.`,
  )
  expect(story.step.summary).toContain('A step that drops it')
  return errorOf(story)
}
