/** One mutant: its tests, batch by batch, until one of them fails twice. */
import type { Mutant } from './mutants.ts'
import type { Plan } from './plan.ts'
import type { Worker } from './pool.ts'
import type { Verdict } from './verdicts.ts'

export async function tryMutant(worker: Worker, mutant: Mutant, plan: Plan): Promise<Verdict> {
  const { left, reached } = plan
  for (const batch of plan.batches) {
    const order = { mutant: mutant.id, batch: batch.tests }
    const first = await worker.tryOut(order, batch.ms)
    if (first === 'timeout') return { mutant, reached, left, killedBy: 'time' }
    if (first.failed === undefined) continue
    // What fails now and then, or on a busy machine, passes the second time.
    const { id, file, name } = first.failed
    const again = id === '' ? batch.tests : [{ file, ids: [id] }]
    const second = await worker.tryOut({ mutant: mutant.id, batch: again }, batch.ms)
    if (second === 'timeout') return { mutant, reached, left, killedBy: 'time' }
    if (second.failed !== undefined) return { mutant, reached, left, killedBy: `${file}: ${name}` }
  }
  return { mutant, reached, left }
}
