import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'

let runs = 0

test('what fails is run once more, in a world four times slower', async () => {
  runs++
  await using cloud = await startSimulator({ speed: 20 })
  // The first run fails on purpose.
  expect(cloud.clock.speed).toBe(runs === 1 ? 'another' : 5)
})

test('the next test is in a world as fast as it asks for', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  expect(cloud.clock.speed).toBe(20)
})
