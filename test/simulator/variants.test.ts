import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defaultVariants, type Simulator, startSimulator, type Variants } from '../../simulator/index.ts'
import { behaviourVariants } from './behaviour-variants.ts'
import { finishedBackup, stopClock } from './client.ts'
import { dataVariants } from './data-variants.ts'
import { listVariants } from './list-variants.ts'
import { responseVariants } from './response-variants.ts'

beforeEach(stopClock)
afterEach(() => {
  vi.useRealTimers()
})

/** The type fails to compile when a variant has no test. */
const checks: { [Name in keyof Variants]: (cloud: Simulator) => Promise<void> } = {
  ...behaviourVariants,
  ...responseVariants,
  ...listVariants,
  ...dataVariants,
}

test.each(Object.keys(checks) as (keyof Variants)[])('variant %s', async name => {
  await using cloud = await startSimulator({ dataPlane: name in dataVariants })
  await checks[name](cloud)
  expect(cloud.problems.filter(problem => problem.side === 'response')).toEqual([])
})

test('variants are set at the start and do not affect the next simulator', async () => {
  await using cloud = await startSimulator({ variants: { jobEnvelope: false } })
  expect(cloud.variants).toEqual({ ...defaultVariants(), jobEnvelope: false })
  await using next = await startSimulator()
  expect(next.variants).toEqual(defaultVariants())
  expect(await finishedBackup(next)).toMatch(/^backup1_/)
})
