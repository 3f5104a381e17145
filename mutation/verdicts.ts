/** What became of the mutants, for people. */
import type { Mutant } from './mutants.ts'
import { interval } from './sample.ts'

/** @prop reached tests that run the mutant; `left` of them were not tried, for time */
export type Verdict = { mutant: Mutant; killedBy?: string; reached: number; left: number }

export function printResult(verdicts: readonly Verdict[], all: number): void {
  const survivors = verdicts.filter(({ killedBy }) => killedBy === undefined)
  console.log('\nSurvivors:')
  const byPlace = (one: Verdict, other: Verdict) => (placeOf(one) < placeOf(other) ? -1 : 1)
  for (const verdict of survivors.toSorted(byPlace)) console.log(describe(verdict))
  const killed = verdicts.length - survivors.length
  console.log(`\nKilled ${killed} of ${verdicts.length}: ${percent(killed / verdicts.length)}`)
  if (verdicts.length === all) return
  const [from, to] = interval(killed, verdicts.length)
  console.log(`Of all ${all} mutants it is between ${percent(from)} and ${percent(to)} (95 %)`)
}

function placeOf({ mutant: { path, start } }: Verdict): string {
  return `${path}:${String(start.line).padStart(4, '0')}`
}

function describe({ mutant, reached, left }: Verdict): string {
  const { path, start, mutator, original, replacement } = mutant
  const tried = reached === 0 ? 'no test runs it' : `${reached - left} of ${reached} tests tried`
  return `${path}:${start.line}:${start.column} ${mutator} (${tried})\n  ${short(original)}\n  → ${short(replacement)}`
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 150 ? `${line.slice(0, 147)}...` : line
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
