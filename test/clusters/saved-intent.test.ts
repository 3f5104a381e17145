/** What is saved for the end of the job, each time before the restore is sent and in the pauses between. */
import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import type { Intent } from '../../src/clusters/attempt.ts'
import { stopTheWorld } from '../harness/step.ts'
import { prepare } from './restoring.ts'

stopTheWorld()

/** A restore that is about to be sent; what is saved when each POST arrives, and in each pause. */
function watch(cloud: Simulator) {
  const { step, state, send } = prepare(cloud)
  const arrived: Intent[] = []
  const paused: (Intent | undefined)[] = []
  const saved = () => (state.intent ? (JSON.parse(state.intent) as Intent) : undefined)
  const when = () => {
    arrived.push(saved() as Intent)
    return false
  }
  cloud.faults.inject({
    operation: 'restoreCluster',
    times: Number.POSITIVE_INFINITY,
    when,
    fault: { kind: 'stall' },
  })
  const { pause } = step.clock
  step.clock.pause = milliseconds => {
    paused.push(saved())
    return pause(milliseconds)
  }
  return { send, arrived, paused }
}

test('throttled, nothing is saved in the pause, and it is dated anew when it is sent again', async () => {
  await using cloud = await startSimulator()
  const { send, arrived, paused } = watch(cloud)
  const fault = { kind: 'gateway', status: 429, retryAfter: 40 } as const
  cloud.faults.inject({ operation: 'restoreCluster', times: 2, fault })
  const start = cloud.world.now()
  await send()
  expect(paused).toEqual([undefined, undefined])
  expect(arrived.map(({ since, until }) => [since - start, until - start])).toEqual([
    [0, 0],
    [40_000, 40_000],
    [80_000, 80_000],
  ])
})

test('after a lost response it is dated by the first one that may have made it, and by the last one sent', async () => {
  await using cloud = await startSimulator()
  const { send, arrived, paused } = watch(cloud)
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'reset' } })
  const fault = { kind: 'gateway', status: 429, retryAfter: 40 } as const
  cloud.faults.inject({ operation: 'restoreCluster', fault })
  const start = cloud.world.now()
  await send()
  const searched = 28_000
  expect(arrived.map(({ since, until }) => [since - start, until - start])).toEqual([
    [0, 0],
    [0, searched],
    [0, searched + 40_000],
  ])
  // What may have been made is looked for, whenever the step is killed.
  expect(paused.every(intent => intent?.since === start)).toBe(true)
})
