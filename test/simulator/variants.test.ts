import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defaultVariants, type Simulator, startSimulator, type Variants } from '../../simulator/index.ts'
import { finishedBackup, stopClock } from './ask.ts'
import { sidesOfWork } from './behaviour-variants.ts'
import { sidesOfAnswers } from './response-variants.ts'

beforeEach(stopClock)
afterEach(() => {
  vi.useRealTimers()
})

/** The type makes sure that no variant is forgotten. */
const sides: { [Name in keyof Variants]: (cloud: Simulator) => Promise<void> } = {
  ...sidesOfWork,
  ...sidesOfAnswers,
}

test.each(Object.keys(sides) as (keyof Variants)[])('variant %s', async name => {
  await using cloud = await startSimulator()
  await sides[name](cloud)
  expect(cloud.problems.filter(problem => problem.side === 'answer')).toEqual([])
})

test('variants are given at the start and do not leak into the next simulator', async () => {
  await using cloud = await startSimulator({ variants: { jobEnvelope: false } })
  expect(cloud.variants).toEqual({ ...defaultVariants(), jobEnvelope: false })
  await using next = await startSimulator()
  expect(next.variants).toEqual(defaultVariants())
  expect(await finishedBackup(next)).toMatch(/^backup1_/)
})
