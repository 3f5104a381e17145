/** What the last run of the coverage has found, for the mutations. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileCoverageData } from 'istanbul-lib-coverage'
import { cache } from './copy.ts'
import type { Hits } from './hits.ts'
import type { RanTest } from './tests.ts'

export type Known = {
  /** The digest of `src/`. */
  sources: string
  tests: RanTest[]
  shells: Record<string, FileCoverageData>
  hits: Hits
}

const file = join(cache, 'hits.json')

/** @throws when it is of other sources */
export function readKnown(digest: string): Known {
  const known = existsSync(file) ? parsed() : undefined
  if (known?.sources !== digest)
    throw new Error('src/ has changed since then, or was not measured: run "npm run coverage"')
  return known
}

/**
 * @param isPart of some files of tests only: what is known of all others stays
 * @returns what is known then
 */
export function writeKnown(now: Known, isPart: boolean): Known {
  const last = isPart && existsSync(file) ? parsed() : undefined
  const known = last?.sources === now.sources ? joined(last, now) : now
  writeFileSync(file, JSON.stringify(known))
  return known
}

function parsed(): Known {
  return JSON.parse(readFileSync(file, 'utf8'))
}

type Ids = Record<string, string[]>

export function joined(last: Known, now: Known): Known {
  const again = new Set(now.tests.map(({ id }) => fileIdOf(id)))
  const keep = (ids: string[] = []) => ids.filter(id => !again.has(fileIdOf(id)))
  const both = (kept: Ids = {}, added: Ids = {}): Ids =>
    Object.fromEntries(
      [...new Set([...Object.keys(kept), ...Object.keys(added)])]
        .map((id): [string, string[]] => [id, [...keep(kept[id]), ...(added[id] ?? [])]])
        .filter(([, ids]) => ids.length > 0),
    )
  const paths = new Set([...Object.keys(last.hits), ...Object.keys(now.hits)])
  const hits = [...paths].map(path => {
    const [old, young] = [last.hits[path], now.hits[path]]
    return [
      path,
      { s: both(old?.s, young?.s), f: both(old?.f, young?.f), b: both(old?.b, young?.b) },
    ] as const
  })
  const tests = [...last.tests.filter(({ id }) => !again.has(fileIdOf(id))), ...now.tests]
  return { ...now, tests, hits: Object.fromEntries(hits) }
}

/** The id of a test begins with that of its file. */
export function fileIdOf(id: string): string {
  return id.split('_')[0] ?? id
}
