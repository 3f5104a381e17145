/** From what `collections` asks for and what a backup holds to the requests of a restore. */
import { missingCollections } from '../backups/find.ts'
import { InputError } from '../inputs/inputs.ts'
import type { Contents } from '../zilliz/decode.ts'
import { sanitize } from '../zilliz/errors.ts'
import type { LoadStatus, Selection } from './mappings.ts'
import { type CollectionName, formatName } from './names.ts'

/** One collection, one request (F57). */
export interface RestoreEntry {
  from: CollectionName
  to: CollectionName
  status: LoadStatus
}

/** `everything`: the one request without a list, whose collections arrive unloaded (F57). */
export type Expansion = { kind: 'everything' } | { kind: 'entries'; entries: RestoreEntry[] }

/**
 * @param status of collections whose line does not give one
 * @throws InputError with every line that the backup cannot serve, and with what it does hold
 */
export function expand(selections: readonly Selection[], contents: Contents, status: LoadStatus): Expansion {
  const problems: string[] = []
  const entries: (RestoreEntry & { line: string })[] = []
  for (const selection of selections) {
    const { line } = selection
    if (selection.kind === 'collection') {
      const missing = missingCollections(contents, [selection.from]) ?? []
      if (missing.length > 0) problems.push(`${line}: ${formatName(selection.from)} is not in the backup`)
      entries.push({ line, from: selection.from, to: selection.to, status: selection.status ?? status })
      continue
    }
    if (contents.kind !== 'by-database') {
      if (selection.kind === 'everything') return { kind: 'everything' }
      problems.push(
        `${line}: the service does not list which collections of the backup are in which database. Name them, or take everything with *`,
      )
      continue
    }
    const listed = new Map(contents.collections.map(name => [formatName(name), name]))
    const inDatabase = [...listed.values()].filter(
      ({ database }) => selection.kind === 'everything' || database === selection.from,
    )
    if (inDatabase.length === 0) problems.push(`${line}: the backup holds no collections of that database`)
    for (const from of inDatabase) {
      const to = selection.kind === 'everything' ? from : { ...from, database: selection.to }
      entries.push({ line, from, to, status: (selection.kind === 'database' && selection.status) || status })
    }
  }
  if (problems.length > 0) problems.push(`the backup holds ${held(contents)}`)
  problems.push(...collisions(entries))
  if (problems.length > 0) throw new InputError(problems.map(problem => `collections: ${problem}`))
  return { kind: 'entries', entries: entries.map(({ from, to, status }) => ({ from, to, status })) }
}

/** Two sources with one destination, or one source twice, that show only once the stars are expanded. */
function collisions(entries: readonly (RestoreEntry & { line: string })[]): string[] {
  const problems: string[] = []
  const lines = new Map<string, string>()
  for (const { line, to } of entries) {
    const before = lines.get(formatName(to))
    if (before === undefined) lines.set(formatName(to), line)
    else problems.push(`${line}: ${sanitize(formatName(to))} is a destination already in ${before}`)
  }
  return problems
}

const mostNames = 50

function held(contents: Contents): string {
  const names =
    contents.kind === 'unlisted'
      ? []
      : contents.kind === 'flat'
        ? contents.collections
        : contents.collections.map(formatName)
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : ''
  return names.length === 0
    ? 'collections that the service does not list'
    : `${names.slice(0, mostNames).map(sanitize).join(', ')}${more}`
}
