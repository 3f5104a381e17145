/** What the tests have run, as the probes wrote it. */
import { createReadStream, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import istanbul, { type CoverageMap, type FileCoverageData } from 'istanbul-lib-coverage'

/** Statements, functions, and branches with the way that was taken. */
type Hit = { s: number[]; f: number[]; b: [number, number][] }
/** A line of a probe: what ran in a test, or where it is the id of a file, in no single test of it. */
type Line = { test: string; hits: Record<string, Hit> }
/** For each file of `src/`: what ran, with the ids of the tests that ran it. */
export type Hits = Record<string, FileHits>
export type FileHits = {
  s: Record<string, string[]>
  f: Record<string, string[]>
  b: Record<string, string[]>
}

export async function collectHits(folder: string): Promise<Hits> {
  const sets = new Map<string, Record<keyof FileHits, Map<string, Set<string>>>>()
  for (const file of readdirSync(folder)) {
    const lines = createInterface({ input: createReadStream(join(folder, file)) })
    for await (const line of lines) add(JSON.parse(line))
  }
  const listed = (map: Map<string, Set<string>>) =>
    Object.fromEntries([...map].map(([id, tests]) => [id, [...tests]]))
  return Object.fromEntries(
    [...sets].map(([path, { s, f, b }]) => [path, { s: listed(s), f: listed(f), b: listed(b) }]),
  )

  function add({ test, hits }: Line): void {
    for (const [path, hit] of Object.entries(hits)) {
      const own = sets.get(path) ?? { s: new Map(), f: new Map(), b: new Map() }
      sets.set(path, own)
      for (const kind of ['s', 'f', 'b'] as const) {
        for (const id of hit[kind].map(String)) own[kind].set(id, (own[kind].get(id) ?? new Set()).add(test))
      }
    }
  }
}

/** @param shells what is in each file, with counters of zero */
export function coverageOf(shells: Readonly<Record<string, FileCoverageData>>, hits: Hits): CoverageMap {
  const map = istanbul.createCoverageMap({})
  for (const [path, shell] of Object.entries(shells)) {
    const counted = structuredClone(shell)
    const { s = {}, f = {}, b = {} } = hits[path] ?? {}
    for (const [id, tests] of Object.entries(s)) counted.s[id] = tests.length
    for (const [id, tests] of Object.entries(f)) counted.f[id] = tests.length
    for (const [way, tests] of Object.entries(b)) {
      const [id = '', index] = way.split(',')
      const counters = counted.b[id]
      if (counters !== undefined) counters[Number(index)] = tests.length
    }
    map.addFileCoverage(counted)
  }
  return map
}
