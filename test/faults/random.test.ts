import { expect, test } from 'vitest'
import { cancelledCase, drawCases, randomCase } from './random.ts'
import { scenarios } from './scenarios.ts'

/** `npm run test:soak` draws with fresh seeds, and for as long as asked. */
const drawn = [
  { what: 'faults', draw: randomCase, seed: 20_260_501, runs: 8 },
  { what: 'faults', draw: randomCase, seed: 20_260_502, runs: 8 },
  { what: 'a cancel', draw: cancelledCase, seed: 20_260_503, runs: 6 },
  { what: 'a cancel', draw: cancelledCase, seed: 20_260_504, runs: 6 },
]
const milliseconds = 25_000

test.concurrent.each(drawn)('$what at random, seed $seed', { timeout: 90_000 }, async options => {
  let hit = 0
  const found = await drawCases(options.draw(scenarios), { ...options, milliseconds }, trial => {
    hit += trial.hit
  })
  expect(found, `seed ${found?.seed}, path ${found?.path}\n${found?.text}`).toBeUndefined()
  expect(hit).toBeGreaterThan(0)
})
