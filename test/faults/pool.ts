import type { Case, Trial } from './case.ts'
import { attempt } from './trial.ts'

/** How cases are run: how many at a time, what is done with each trial, and when to stop (real milliseconds). */
export interface PoolOptions {
  concurrency: number
  onTrial: (trial: Trial) => void
  until?: number
}

/** Runs cases, several at a time. */
export async function runAll(
  cases: Iterable<Case>,
  { concurrency, onTrial, until = Number.POSITIVE_INFINITY }: PoolOptions,
): Promise<void> {
  const queue = cases[Symbol.iterator]()
  const worker = async () => {
    for (let next = queue.next(); !next.done && Date.now() < until; next = queue.next()) {
      onTrial(await attempt(next.value))
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
}
