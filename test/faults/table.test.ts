import { describe, expect, test } from 'vitest'
import { nodes } from '../harness/runner.ts'
import { nameOf } from './case.ts'
import { faultKinds } from './faults.ts'
import { scenarios } from './scenarios.ts'
import { clockCases, slice, wholeTable } from './table.ts'
import { attempt } from './trial.ts'

const whole = wholeTable()
/** Ahead for one, behind for the next. */
const clocks = clockCases(whole).filter((_, index) => index % 4 === 0 || index % 4 === 3)
const chosen = [...slice(whole, 0), ...clocks].map((given, index) => ({
  ...given,
  node: nodes[index % nodes.length],
}))

test('the slice holds every fault, and every operation at most of its targets', () => {
  const faults = new Set(chosen.map(({ injected }) => injected[0]?.fault))
  expect(faults).toEqual(new Set(faultKinds.map(({ name }) => name)))
  expect(new Set(chosen.map(given => given.scenario))).toEqual(new Set(scenarios.map(({ name }) => name)))
  const targets = scenarios.reduce((sum, scenario) => sum + scenario.targets.length, 0)
  const covered = new Set(chosen.map(({ scenario, injected }) => `${scenario}/${injected[0]?.target}`))
  expect(covered.size).toBeGreaterThan(targets * 0.8)
})

/** The whole table: `npm run test:soak -- --table`. */
describe.concurrent('one fault at one target', { timeout: 90_000 }, () => {
  test.each(chosen.map(given => [nameOf(given), given] as const))('%s', async (_, given) => {
    const trial = await attempt(given)
    expect(trial.violations, trial.text).toEqual([])
    expect(trial.hit).toBeGreaterThan(0)
  })
})
