/** Which tests a mutant is tried with, and in which order. */
import { dirname } from 'node:path'
import type { FileCoverageData } from 'istanbul-lib-coverage'
import type { FileHits } from './hits.ts'
import type { Mutant, Place } from './mutants.ts'
import type { RanTest } from './tests.ts'

/** Of each file these tests; run together. */
export type Batch = { file: string; ids: string[] }[]
/** The batches with the milliseconds that they take; how many tests run the mutant, and how many the batches leave out. */
export type Plan = { batches: { tests: Batch; ms: number }[]; reached: number; left: number }

/** Milliseconds that a file takes before its first test. */
const perFile = 800
/** Milliseconds. One that is slower would use up the time of many others. */
const slowTest = 2_000
const quickTest = 200
/** Milliseconds of one file in each round. */
const mostOfOneFile = 500
/** Milliseconds of a batch: most mutants are killed in the first. */
const sizes = [3_000, 10_000, 30_000]

type Span = { start: Place; end: Place }

/**
 * The ids of the tests that ran the smallest statement or function around a mutant, or of their files.
 * A test that ran the mutant is among them.
 */
export function reaching(mutant: Mutant, shell: FileCoverageData, hits: FileHits | undefined): string[] {
  const around = [
    ...Object.entries(shell.statementMap).map(([id, span]) => ({ span, tests: hits?.s[id] })),
    ...Object.entries(shell.fnMap).map(([id, { loc }]) => ({ span: loc, tests: hits?.f[id] })),
  ].filter(({ span }) => contains(span, mutant))
  const smallest = around.reduce<(typeof around)[number] | undefined>(
    (best, one) => (best === undefined || contains(best.span, one.span) ? one : best),
    undefined,
  )
  // Outside of all statements, such as the declaration of a class: whatever loads the file.
  if (smallest === undefined) return [...new Set(Object.values(hits?.s ?? {}).flat())]
  return smallest.tests ?? []
}

/** What is known of the tests that reach a mutant. */
type Reached = {
  tests: readonly RanTest[]
  /** How many statements of the mutant's file a test runs, by its id. */
  depth: ReadonlyMap<string, number>
  /** Milliseconds for all tests of one mutant. */
  most: number
}

/**
 * First the file of test/ that mirrors the mutant's and the quick tests of its folder, then what runs most of the mutant's file, the slow ones last;
 * few of each file of tests, until the time is spent.
 */
export function batchesOf(mutant: Mutant, { tests, depth, most }: Reached): Plan {
  const mirror = mutant.path.replace(/^src\/(.*)\.ts$/, 'test/$1.test.ts')
  const queue = rounds(tests, mirror, depth)
  const batches: Plan['batches'] = []
  let [used, taken] = [0, 0]
  while (taken < queue.length && used < most) {
    const limit = Math.min(sizes[batches.length] ?? Number.POSITIVE_INFINITY, most - used)
    const chosen = new Map<string, string[]>()
    let cost = 0
    while (taken < queue.length && cost < limit) {
      const test = queue[taken++]
      if (test === undefined) break
      cost += test.ms + (chosen.has(test.file) ? 0 : perFile)
      chosen.set(test.file, [...(chosen.get(test.file) ?? []), test.id])
    }
    used += cost
    batches.push({ tests: [...chosen].map(([file, ids]) => ({ file, ids })), ms: cost })
  }
  return { batches, reached: queue.length, left: queue.length - taken }
}

/** How many statements of a file each test runs. */
export function depthOf(hits: FileHits | undefined): Map<string, number> {
  const depth = new Map<string, number>()
  for (const id of Object.values(hits?.s ?? {}).flat()) depth.set(id, (depth.get(id) ?? 0) + 1)
  return depth
}

/** A few tests of each file, then a few more of each; the mirror at once and whole. */
function rounds(tests: readonly RanTest[], mirror: string, depth: ReadonlyMap<string, number>): RanTest[] {
  const deep = ({ id }: RanTest) => depth.get(id) ?? 0
  const slow = ({ ms }: RanTest) => (ms > slowTest ? 1 : 0)
  const compare = (one: RanTest, other: RanTest) =>
    slow(one) - slow(other) || deep(other) - deep(one) || one.ms - other.ms
  const sorted = tests.toSorted(compare)
  const files = new Map<string, RanTest[]>()
  for (const test of sorted) files.set(test.file, [...(files.get(test.file) ?? []), test])
  const own = files.get(mirror) ?? []
  files.delete(mirror)
  // What the quick ones of the same folder notice, no story needs to.
  const near = sorted.filter(
    ({ file, ms }) => file !== mirror && dirname(file) === dirname(mirror) && ms < quickTest,
  )
  const ranked = [...files.values()].flatMap(inRounds)
  ranked.sort((one, other) => one.round - other.round || compare(one.test, other.test))
  return [...new Set([...own, ...near, ...ranked.map(({ test }) => test)])]
}

function inRounds(list: readonly RanTest[]): { test: RanTest; round: number }[] {
  let ms = 0
  return list.map(test => {
    const round = Math.floor(ms / mostOfOneFile)
    ms += test.ms
    return { test, round }
  })
}

function contains(outer: Span, inner: Span): boolean {
  return !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end)
}

function isBefore(one: Place, other: Place): boolean {
  return one.line < other.line || (one.line === other.line && one.column < other.column)
}
