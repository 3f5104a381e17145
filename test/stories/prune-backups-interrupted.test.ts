import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import type { StepControl } from '../harness/runner.ts'
import { interruptAt } from './arrange.ts'
import { addBackupsOfAges, deletedAtService, deletedIds, expectDeleted, oneByOne } from './deletions.ts'
import { pruneBackups } from './steps.ts'
import { annotationsOf, errorOf } from './story.ts'

describe('ended in the middle of the third of five deletions', () => {
  async function interrupted(interrupt: (control: StepControl) => void) {
    const cloud = await startSimulator(oneByOne)
    const [, , , third, second, first] = addBackupsOfAges(cloud, [24, 48, 72, 96, 120, 144])
    const act = (control: StepControl) => {
      const { length } = cloud.requests.filter(({ operationId }) => operationId === 'deleteBackup')
      if (length === 3) interrupt(control)
    }
    const story = await pruneBackups(cloud, {}, interruptAt(cloud, 'deleteBackup', { act, skip: 2 }))
    expect(story.requests.at(-1)).toMatchObject({ operationId: 'deleteBackup', fault: 'stall' })
    expect(deletedIds(story)).toEqual([first, second])
    expectDeleted(cloud, story, [first, second])
    return { cloud, story, third }
  }

  test('by a cancel: what is deleted is published, and what may be is reported', async () => {
    const { cloud, story, third } = await interrupted(control => control.cancel())
    await using _ = cloud
    expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
    expect(story.step.outputs.status).toBe('cancelled')
    expect(story.step.receipt).toMatchObject({ status: 'cancelled', deletedBackupIds: deletedIds(story) })
    expect(annotationsOf(story, 'error')).toContain(
      `The step was cancelled.\n2 of 5 backups were deleted. The list of backups has not confirmed it yet.\nThese may be deleted anyway: ${third}.\nRun the step again: it goes on with those that are left.`,
    )
    expect(story.step.summary).toContain('<td><strong>may be deleted</strong></td>')
  })

  test('by SIGKILL: what is deleted is published', async () => {
    const { cloud, story } = await interrupted(control => control.kill())
    await using _ = cloud
    expect(story.step.signal).toBe('SIGKILL')
    expect(story.step.outputs.status).toBeUndefined()
  })
})

test('a timeout ends the step, and what was deleted is reported', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  addBackupsOfAges(
    cloud,
    Array.from({ length: 200 }, (_, index) => 1 + index),
  )
  const story = await pruneBackups(cloud, { timeout: '20s' })
  expect(story.step.outputs.status).toBe('timed-out')
  const published = deletedIds(story)
  expect(published.length).toBeLessThan(150)
  expect(errorOf(story)).toContain(`${published.length} of 199 backups were deleted.`)
  expect(errorOf(story)).toMatch(/\nRun the step again: it goes on with those that are left\.( \(.*\))?$/)
  for (const id of published) expect(deletedAtService(cloud)).toContain(id)
})
