/** The input `collections` of `verify` and `switch-alias`: which collections, each with a least number of entities. */
import { keyOf, showName } from '../collections/contents.ts'
import { type Mapping, readMapping } from '../collections/mapping.ts'
import { contentLines, isJson, openClaims } from '../collections/names.ts'
import type { Reader } from '../inputs/reader.ts'
import { showInvisible } from '../untrusted-text.ts'

/** An arrow leads from the name in the baseline to the name in the cluster. */
export interface Wanted {
  mapping: Mapping
  /** Entities. */
  least?: number | undefined
}

/** @returns undefined without the input, and after a problem */
export async function readWanted(
  reader: Reader,
  { mayHaveArrows }: { mayHaveArrows: boolean },
): Promise<Wanted[] | undefined> {
  const text = reader.optional('collections')
  if (text === undefined) return undefined
  const problems: string[] = []
  const wanted = await parseWanted(text, problems)
  if (problems.length === 0 && wanted.length === 0) {
    problems.push('expected at least one collection; got none')
  }
  if (!mayHaveArrows) problems.push(...arrowsIn(wanted))
  problems.push(...repetitions(wanted))
  for (const problem of problems) reader.report('collections', problem)
  return problems.length === 0 ? wanted : undefined
}

/** @param problems collects what is wrong */
export async function parseWanted(text: string, problems: string[]): Promise<Wanted[]> {
  if (isJson(text)) return (await import('./wanted-json.ts')).wantedFromJson(text, problems)
  return contentLines(text).flatMap(({ line, content }) => {
    const [names = '', number, ...more] = content.split('>=').map(part => part.trim())
    const least = number === undefined ? undefined : leastOf(number)
    const problem = numberProblem(least, more.length > 0)
    const mapping = problem ?? readMapping(line, names)
    if (typeof mapping !== 'string') return [{ mapping, least }]
    problems.push(`${line}: ${expectedLine}; it ${mapping}`)
    return []
  })
}

const expectedLine =
  'expected collection, database.collection, database.* or *, and then perhaps >= and a number of entities'

/** NaN where it is no such number. */
function leastOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
}

function numberProblem(least: number | undefined, hasMore: boolean): string | undefined {
  if (hasMore) return 'has more than one >='
  return Number.isNaN(least) ? 'has no whole number after >=' : undefined
}

function arrowsIn(wanted: readonly Wanted[]): string[] {
  return wanted.flatMap(({ mapping }) => {
    if (mapping.kind === 'everything' || !mapping.explicit) return []
    return [`${mapping.line}: an arrow leads from a name in the baseline, and there is no baseline`]
  })
}

/** A star, or a name, that stands there twice; a name beside a star that covers it is in order. */
function repetitions(wanted: readonly Wanted[]): string[] {
  const problems: string[] = []
  const claim = openClaims(problems)
  for (const { mapping } of wanted) {
    const { key, name } = targetOf(mapping)
    claim(`${name} is given`, key, mapping.line)
  }
  return problems
}

function targetOf(mapping: Mapping): { key: string; name: string } {
  switch (mapping.kind) {
    case 'everything':
      return { key: '*', name: '*' }
    case 'database':
      return { key: `${mapping.to}.*`, name: showInvisible(`${mapping.to}.*`) }
    case 'collection':
      return { key: keyOf(mapping.to), name: showName(mapping.to) }
  }
}
