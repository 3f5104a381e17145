import { expect } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { respondAnd } from './arrange.ts'
import { type Inputs, restoreCluster } from './steps.ts'
import type { StoryOptions, StoryResult } from './story.ts'

/** A restore and the post stage at the end of its job. */
export function restoreAndPost(cloud: Simulator, inputs: Inputs = {}, options: StoryOptions = {}) {
  return restoreCluster(cloud, { 'delete-after-job': 'true', ...inputs }, { post: 'auto', ...options })
}

/** A restore whose post stage runs later. */
export function restoreAlone(cloud: Simulator) {
  return restoreCluster(cloud, { 'delete-after-job': 'true' })
}

/** The new cluster stays in change until its drop has been refused and its state was read a few times. */
export function settleAfterRefusal(cloud: Simulator) {
  cloud.variants.restoreOrder = 'job-first'
  cloud.world.nextJob({ type: 'RESTORE', durationSeconds: Number.POSITIVE_INFINITY })
  cloud.faults.inject({
    operation: 'describeCluster',
    when: () => cloud.requests.some(({ operationId }) => operationId === 'dropCluster'),
    skip: 2,
    fault: respondAnd(() => {
      cloud.world.cluster('pr-42').status = 'RUNNING'
    }),
  })
}

export function postOf({ step }: StoryResult) {
  if (step.post === undefined) throw new Error('no post stage was run')
  return step.post
}

export function expectDropped(cloud: Simulator, story: StoryResult) {
  expect(postOf(story).annotations.map(({ message }) => message)).toEqual([])
  expect(postOf(story).outcome).toBe('success')
  expect(cloud.world.cluster('pr-42').status).toMatch(/^DELET(ING|ED)$/)
}
