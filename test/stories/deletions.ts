/** Backups that a step deletes, and checks of what it deleted. */
import { expect } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { applied, errorOf, type StoryResult } from './story.ts'

export function addBackup(cloud: Simulator, more: object = {}): string {
  return cloud.world.addBackup({ clusterId: cloud.clusterId, ...more }).backupId
}

/** A manual AVAILABLE backup of that age in hours. */
export const addBackupOfAge = (cloud: Simulator, age: number, more: object = {}) =>
  addBackup(cloud, { ageSeconds: age * 3_600, ...more })

/** Backups of those ages in hours; the ids come in the same order. */
export const addBackupsOfAges = (cloud: Simulator, ages: readonly number[], more: object = {}) =>
  ages.map(age => addBackupOfAge(cloud, age, more))

export const aboutBackup = (backupId: string | undefined) => ({
  when: ({ path }: { path: string }) => path.endsWith(backupId ?? ''),
})

export function deletedIds({ step }: StoryResult): string[] {
  return JSON.parse(step.outputs.deletedBackupIds ?? '')
}

/** The ids of a plan, in its order. */
export function plannedIds({ step }: StoryResult): string[] {
  expect(step.outputs.status).toBe('planned')
  const plan: { method: string; path: string }[] = JSON.parse(step.outputs.plan ?? '')
  return plan.map(({ path }) => path.split('/').at(-1) ?? '')
}

/** Ids of all that the service has deleted. */
export function deletedAtService(cloud: Simulator): string[] {
  return cloud.world.backups.filter(({ status }) => status === 'DELETED').map(({ backupId }) => backupId)
}

/** These, and nothing else, are deleted and reported as deleted. */
export function expectDeleted(cloud: Simulator, story: StoryResult, ids: readonly (string | undefined)[]) {
  expect(deletedIds(story).sort()).toEqual([...ids].sort())
  expect(deletedAtService(cloud).sort()).toEqual([...ids].sort())
}

/** Slow enough that one deletion ends before the next begins, also on a busy machine. */
export const oneByOne = { speed: 0.25 }

/** The step succeeds and says that it deleted that backup, and so it is. */
export function expectOneDeleted(cloud: Simulator, story: StoryResult, backupId: string) {
  expect(story.step.outcome).toBe('success')
  expect(story.step.outputs).toMatchObject({
    status: 'succeeded',
    deletedBackupIds: JSON.stringify([backupId]),
  })
  expect(cloud.world.backup(backupId).status).toBe('DELETED')
}

/** The step fails, says that it deleted nothing, and so it is. */
export function expectNothingDeleted(cloud: Simulator, story: StoryResult, backupId: string): string {
  expect(story.step).toMatchObject({ outcome: 'failure', exitCode: 1 })
  expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
  expect(story.step.receipt).toMatchObject({ status: 'failed', deletedBackupIds: [] })
  expect(applied(story, 'deleteBackup')).toEqual([])
  expect(cloud.world.backup(backupId).status).not.toBe('DELETED')
  return errorOf(story)
}
