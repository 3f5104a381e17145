/** Backups that a step deletes, and checks of what it deleted. */
import { expect } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { applied, errorOf, type StoryResult } from './story.ts'

export function addBackup(cloud: Simulator, more: object = {}): string {
  return cloud.world.addBackup({ clusterId: cloud.clusterId, ...more }).backupId
}

/** A manual AVAILABLE backup of that age in hours. */
export const add = (cloud: Simulator, age: number, more: object = {}) =>
  addBackup(cloud, { ageSeconds: age * 3_600, ...more })

/** Backups of those ages in hours; the ids come in the same order. */
export const addAll = (cloud: Simulator, ages: readonly number[], more: object = {}) =>
  ages.map(age => add(cloud, age, more))

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

/** The step is green and says that it deleted that backup, and so it is. */
export function expectOneDeleted(cloud: Simulator, story: StoryResult, backupId: string) {
  expect(story.step.outcome).toBe('success')
  expect(story.step.outputs).toMatchObject({
    status: 'succeeded',
    deletedBackupIds: JSON.stringify([backupId]),
  })
  expect(cloud.world.backup(backupId).status).toBe('DELETED')
}

/** The step ends red, says that it deleted nothing, and so it is. */
export function expectNothingDeleted(cloud: Simulator, story: StoryResult, backupId: string): string {
  expect(story.step).toMatchObject({ outcome: 'failure', exitCode: 1 })
  expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
  expect(story.step.receipt).toMatchObject({ status: 'failed', deletedBackupIds: [] })
  expect(applied(story, 'deleteBackup')).toEqual([])
  expect(cloud.world.backup(backupId).status).not.toBe('DELETED')
  return errorOf(story)
}
