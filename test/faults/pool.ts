import type { Case, Trial } from './case.ts'
import { attempt } from './trial.ts'

/** Runs cases, several at a time. */
export async function runAll(
  cases: Iterable<Case>,
  atOnce: number,
  seen: (trial: Trial) => void,
  until = Number.POSITIVE_INFINITY,
): Promise<void> {
  const queue = cases[Symbol.iterator]()
  const worker = async () => {
    for (let next = queue.next(); !next.done && Date.now() < until; next = queue.next()) {
      seen(await attempt(next.value))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
