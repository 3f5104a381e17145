/** Which mutants are tried when not all are, and how sure their score is. */
import { createHash } from 'node:crypto'
import type { Mutant } from './mutants.ts'

/**
 * The same seed draws the same mutants, also after a change elsewhere: a mutant is drawn for what it is, not for its number.
 */
export function draw(mutants: readonly Mutant[], size: number, seed: string): Mutant[] {
  const places = new Map<string, number>()
  const drawn = mutants.map(mutant => {
    const what = `${mutant.path} ${mutant.mutator} ${mutant.original} ${mutant.replacement}`
    const nth = (places.get(what) ?? 0) + 1
    places.set(what, nth)
    return { mutant, key: createHash('sha256').update(`${seed} ${what} ${nth}`).digest('hex') }
  })
  return drawn
    .sort((one, other) => (one.key < other.key ? -1 : 1))
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
