/** What `restore-collections` is asked for. */
import type { Reader } from '../inputs/reader.ts'
import { keysOf, type Mapping, namesOf, readMapping } from './mapping.ts'
import { contentLines, isJson, openClaims, type Report } from './names.ts'

export async function readMappings(reader: Reader): Promise<Mapping[]> {
  const text = reader.optional('collections')
  if (text === undefined) {
    reader.report('collections', 'expected collections, or * for everything in the backup; it is empty')
    return []
  }
  return (await parseMappings(text, problem => reader.report('collections', problem))) ?? []
}

/** Reads `collections` of a restore. Undefined after a problem. */
export async function parseMappings(text: string, report: Report): Promise<Mapping[] | undefined> {
  const problems: string[] = []
  const mappings = isJson(text) ? await fromJson(text, problems) : fromLines(text, problems)
  if (problems.length === 0 && mappings.length === 0) {
    problems.push('expected at least one collection; got none')
  }
  problems.push(...overlaps(mappings))
  for (const problem of problems) report(problem)
  return problems.length === 0 ? mappings : undefined
}

const expectedLine =
  'expected collection, database.collection, database.* or *, and after an arrow the new name, for database.* of the form database.*'

async function fromJson(text: string, problems: string[]): Promise<Mapping[]> {
  const { readRestoreEntries } = await import('../zilliz/db-collections.ts')
  const { fromEntry } = await import('./entries.ts')
  return readRestoreEntries(text, problems).map(fromEntry)
}

function fromLines(text: string, problems: string[]): Mapping[] {
  return contentLines(text).flatMap(({ line, content }) => {
    const mapping = readMapping(line, content)
    if (typeof mapping !== 'string') return [mapping]
    problems.push(`${line}: ${expectedLine}; it ${mapping}`)
    return []
  })
}

/** A name given twice, by itself or within its database; two sources with one destination. */
function overlaps(mappings: readonly Mapping[]): string[] {
  const problems: string[] = []
  const claim = openClaims(problems)
  for (const mapping of mappings) {
    const { line } = mapping
    if (mapping.kind === 'everything') {
      if (mappings.length > 1) {
        problems.push(`${line}: * stands for everything in the backup; no other line can be combined with it`)
      }
      continue
    }
    const [from, to] = namesOf(mapping)
    const [fromKey, toKey] = keysOf(mapping)
    claim(`${from} is given`, `from ${fromKey}`, line)
    claim(`${to} is a destination`, `to ${toKey}`, line)
    const whole = mapping.kind === 'collection' ? wholeDatabase(mappings, mapping.from.database) : undefined
    if (whole) problems.push(`${line}: ${from} is given already by ${whole.line}`)
  }
  return problems
}

function wholeDatabase(mappings: readonly Mapping[], database: string): Mapping | undefined {
  return mappings.find(other => other.kind === 'database' && other.from === database)
}
