/** What the stories of prune-backups share. */
import { expect } from 'vitest'
import type { Fault, Simulator } from '../../simulator/index.ts'
import type { StepOptions } from '../harness/runner.ts'
import { runStory, type StoryResult } from './story.ts'

export function prune(
  cloud: Simulator,
  inputs: Readonly<Record<string, string>> = {},
  options: StepOptions & { keepFaults?: true } = {},
) {
  const required = { operation: 'prune-backups', 'cluster-id': cloud.clusterId, 'keep-last': '1' }
  return runStory(cloud, { ...required, ...inputs }, options)
}

/** A manual AVAILABLE backup of that age in hours. */
export const add = (cloud: Simulator, age: number, more: object = {}) =>
  cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: age * 3_600, ...more }).backupId

/** Backups of those ages in hours; the ids come in the same order. */
export const addAll = (cloud: Simulator, ages: readonly number[], more: object = {}) =>
  ages.map(age => add(cloud, age, more))

export const refusing = (code: number, status = 200): Fault => ({
  kind: 'envelope',
  status,
  code,
  message: 'Not now',
})

export const always = { times: Number.POSITIVE_INFINITY }
export const of = (backupId: string | undefined) => ({
  when: ({ path }: { path: string }) => path.endsWith(backupId ?? ''),
})

export function deletedBy({ step }: StoryResult): string[] {
  return JSON.parse(step.outputs.deletedBackupIds ?? '')
}

/** The ids of a plan, in its order. */
export function planned({ step }: StoryResult): string[] {
  expect(step.outputs.status).toBe('planned')
  const plan: { method: string; path: string }[] = JSON.parse(step.outputs.plan ?? '')
  return plan.map(({ path }) => path.split('/').at(-1) ?? '')
}

/** What the service has deleted of all that it had. */
export function gone(cloud: Simulator): string[] {
  return cloud.world.backups.filter(({ status }) => status === 'DELETED').map(({ backupId }) => backupId)
}

export function told({ step }: StoryResult, level: string): string {
  return step.annotations
    .filter(annotation => annotation.level === level)
    .map(({ message }) => message)
    .join('\n')
}

/** These, and nothing else, are deleted and said to be. */
export function expectDeleted(cloud: Simulator, story: StoryResult, ids: readonly (string | undefined)[]) {
  expect(deletedBy(story).sort()).toEqual([...ids].sort())
  expect(gone(cloud).sort()).toEqual([...ids].sort())
}

/** Slow enough that one deletion is over before the next begins, also on a busy machine. */
export const oneByOne = { speed: 0.25 }
