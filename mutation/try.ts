/** One mutant: its tests, batch by batch, until one fails with it, twice, and not without it. */
import type { Mutant } from './mutants.ts'
import type { Batch, Plan } from './plan.ts'
import type { Worker } from './pool.ts'
import type { Verdict } from './verdicts.ts'
import type { Reply } from './worker.ts'

const noMutant = ''

export async function tryMutant(worker: Worker, mutant: Mutant, plan: Plan): Promise<Verdict> {
  const { left, reached } = plan
  for (const { tests, ms } of plan.batches) {
    const run = (id: string, batch: Batch) => worker.tryOut({ mutant: id, batch }, ms)
    const reply = await run(mutant.id, tests)
    if (passed(reply)) continue
    const suspect = suspectOf(reply, tests)
    // What fails now and then, or on a busy machine, fails seldom twice, and then seldom with the mutant alone.
    const again = reply === 'timeout' ? reply : await run(mutant.id, suspect)
    if (passed(again) || !passed(await run(noMutant, suspect))) continue
    return { mutant, reached, left, killedBy: killer(reply) }
  }
  return { mutant, reached, left }
}

function passed(reply: Reply | 'timeout'): boolean {
  return reply !== 'timeout' && reply.failed === undefined
}

/** The test that has failed; where it is not known, all. */
function suspectOf(reply: Reply | 'timeout', all: Batch): Batch {
  const { id = '', file = '' } = (reply === 'timeout' ? undefined : reply.failed) ?? {}
  return id === '' ? all : [{ file, ids: [id] }]
}

function killer(reply: Reply | 'timeout'): string {
  return reply === 'timeout' ? 'time' : `${reply.failed?.file}: ${reply.failed?.name}`
}
