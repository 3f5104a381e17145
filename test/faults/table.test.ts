import { describe, expect, test } from 'vitest'
import { nodes } from '../harness/runner.ts'
import { nameOf } from './case.ts'
import { faultKinds } from './faults.ts'
import { scenarios } from './scenarios.ts'
import { doubtful, isStart, slice } from './table.ts'
import { attempt } from './trial.ts'

const chosen = slice().map((given, index) => ({ ...given, node: nodes[index % nodes.length] }))

test('the slice holds every fault, every scenario, and what is doubtful at each start', () => {
  const injected = chosen.flatMap(given => given.injected.map(one => ({ ...one, scenario: given.scenario })))
  expect(new Set(injected.map(({ fault }) => fault))).toEqual(new Set(faultKinds.map(({ name }) => name)))
  expect(new Set(chosen.map(given => given.scenario))).toEqual(new Set(scenarios.map(({ name }) => name)))
  const inDoubt = injected.filter(({ applied, fault }) => applied && doubtful.some(one => one === fault))
  const starts = scenarios.flatMap(({ name, few, targets }) =>
    targets
      .filter(({ request }) => isStart(request))
      .flatMap(target =>
        (few ? doubtful.slice(0, 1) : doubtful).map(fault => `${name}/${target.name}/${fault}`),
      ),
  )
  expect(inDoubt.map(({ scenario, target, fault }) => `${scenario}/${target}/${fault}`)).toEqual(
    expect.arrayContaining(starts),
  )
  const targets = scenarios.reduce((sum, scenario) => sum + scenario.targets.length, 0)
  expect(new Set(injected.map(({ scenario, target }) => `${scenario}/${target}`)).size).toBeGreaterThan(
    targets * 0.6,
  )
  expect(chosen.length).toBeLessThan(160)
})

/** The whole table: `npm run test:soak -- --table`. */
describe.concurrent('one fault at one target', { timeout: 90_000 }, () => {
  test.each(chosen.map(given => [nameOf(given), given] as const))('%s', async (_, given) => {
    const trial = await attempt(given)
    expect(trial.violations, trial.text).toEqual([])
    if (given.injected.length > 0) expect(trial.hit).toBeGreaterThan(0)
  })
})
