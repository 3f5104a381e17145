/** Waiting for many: how often they are read, and how late the end of all is seen. */
import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import type { Condition } from '../../src/waiting/conditions.ts'
import { waitForAll } from '../../src/waiting/wait-for-all.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

/** Milliseconds between two starts at 18 a second. */
const apart = 1_000 / 18

/** Jobs that began one after the other, the last one just now; each takes so many milliseconds. */
function jobs(durations: readonly number[]) {
  const reads: number[] = []
  const began = (index: number) => (index - durations.length + 1) * apart
  const conditions = durations.map((duration, index): Condition => {
    const jobId = `job-${index}`
    return {
      what: `job ${jobId}`,
      item: { kind: 'job', jobId },
      notFoundGrace: 0,
      async read({ clock }) {
        reads.push(index)
        const age = clock.elapsed() - began(index)
        if (age >= duration) return { state: 'met', line: 'SUCCESSFUL' }
        return { state: 'pending', line: 'IN_PROGRESS', progress: Math.floor((100 * age) / duration) }
      },
    }
  })
  return { conditions, reads }
}

/** Seconds from the last start to the moment at which the end of all was seen. */
async function waitFor(durations: readonly number[]): Promise<{ seconds: number; reads: number[] }> {
  await using cloud = await startSimulator()
  const { step, time } = stepIn(cloud, 86_400_000)
  const { conditions, reads } = jobs(durations)
  await waitForAll(step, conditions, { pollInterval: 15_000 })
  return { seconds: time() / 1_000, reads }
}

test.each([6, 10, 17, 30, 120])(
  'a hundred jobs of %d s take 1.3 times the job and their starts at most',
  async seconds => {
    const waited = await waitFor(Array<number>(100).fill(seconds * 1_000))
    const starts = (99 * apart) / 1_000
    expect(starts + waited.seconds).toBeLessThanOrEqual(1.3 * (seconds + 100 / 20))
  },
)

test('each of many is read now and then, although the first take long', async () => {
  const { reads } = await waitFor([...Array<number>(12).fill(600_000), ...Array<number>(88).fill(2_000)])
  const seen = new Set(reads.slice(0, 500))
  expect(seen.size).toBe(100)
})

test('of eighteen each is read in each round', async () => {
  const { reads } = await waitFor(Array<number>(18).fill(5_000))
  expect(reads.slice(0, 36).sort((one, other) => one - other)).toEqual(
    Array.from({ length: 36 }, (_, index) => Math.floor(index / 2)),
  )
})
