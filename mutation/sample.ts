/** Which mutants are tried when not all are, and how sure their score is. */
import { createHash } from 'node:crypto'
import type { Mutant } from './mutants.ts'

/** The same seed draws the same mutants, also after a change elsewhere: a mutant is drawn for what it is, not for its number. */
export function draw<Drawn extends Pick<Mutant, 'key'>>(
  mutants: readonly Drawn[],
  size: number,
  seed: string,
): Drawn[] {
  const rank = ({ key }: Drawn) => createHash('sha256').update(`${seed} ${key}`).digest('hex')
  return mutants
    .map(mutant => ({ mutant, rank: rank(mutant) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .slice(0, size)
    .map(({ mutant }) => mutant)
}

/**
 * Where the share of all lies when so many of a random sample are killed: Wilson's interval, right 95 times in 100.
 *
 * @returns shares from 0 to 1
 */
export function interval(killed: number, tried: number): [number, number] {
  const z = 1.96
  const share = killed / tried
  const middle = share + z ** 2 / (2 * tried)
  const half = z * Math.sqrt((share * (1 - share)) / tried + z ** 2 / (4 * tried ** 2))
  const scale = 1 + z ** 2 / tried
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)]
}
