/** What `collections` asks for cannot be restored from a backup: the problems, line for line. */
import { showInvisible } from '../untrusted-text.ts'
import type { CollectionRestore } from '../zilliz/changes.ts'
import type { CollectionName, Contents } from '../zilliz/decode.ts'
import { sameButCase } from '../zilliz/reads.ts'
import { describeContents, formatName, keyOf, showName } from './contents.ts'
import type { Mapping } from './mapping.ts'
import { openClaims } from './names.ts'

export type Entry = CollectionRestore & { line: string }

/**
 * @param unserved of which the backup holds nothing
 * @param entries of all the others
 */
export function problemsOf(
  unserved: readonly Mapping[],
  entries: readonly Entry[],
  contents: Contents,
): string[] {
  const problems = unserved.map(mapping => `${mapping.line}: ${whyNot(mapping, contents)}`)
  if (problems.length > 0) problems.push(`the backup holds ${describeContents(contents)}`)
  return [...problems, ...collisions(entries)]
}

function whyNot(mapping: Mapping, contents: Contents): string {
  if (mapping.kind === 'collection') {
    const { from } = mapping
    return `${showName(from)} is not in the backup${otherSpelling(namesButCase(from, contents))}`
  }
  if (contents.kind !== 'by-database') {
    return 'the service does not list which collections of the backup are in which database. Name them, or take everything with *'
  }
  const wanted = mapping.kind === 'database' ? mapping.from : undefined
  const others = contents.collections
    .map(({ database }) => database)
    .filter(other => sameButCase(wanted, other))
  return `the backup holds no collections of that database${otherSpelling(others, 'of ')}`
}

/** Names in the backup that differ from one by case alone. */
function namesButCase(name: CollectionName, contents: Contents): string[] {
  if (contents.kind === 'unlisted') return []
  if (contents.kind === 'flat') {
    return contents.collections.filter(other => sameButCase(name.collection, other))
  }
  return contents.collections
    .filter(
      ({ database, collection }) =>
        sameButCase(name.database, database) && sameButCase(name.collection, collection),
    )
    .map(formatName)
}

/** For the end of a sentence. */
function otherSpelling(names: readonly string[], before = ''): string {
  const each = [...new Set(names)].map(showInvisible).join(' and ')
  return each === '' ? '' : `, but ${before}${each}, which differs by case alone: write it so`
}

/** Two sources with one destination, or one source twice, that show only once the stars are expanded. */
function collisions(entries: readonly Entry[]): string[] {
  const problems: string[] = []
  const claim = openClaims(problems)
  for (const { line, to } of entries) claim(`${showName(to)} is a destination`, keyOf(to), line)
  return problems
}
