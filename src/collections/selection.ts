/** What `create-backup` is asked for: collections of one database. */
import { showInvisible } from '../untrusted-text.ts'
import type { NamedCollection } from '../zilliz/db-collections.ts'
import { defaultDatabase } from '../zilliz/decode.ts'
import { keyOf, showName } from './contents.ts'
import { contentLines, isJson, openClaims, type Report, readName } from './names.ts'

/** Collections of one database, as `create-backup` takes them (F24). */
export interface BackupCollections {
  database: string
  collections: string[]
}

/** Reads `collections` of a backup: names of one database. Undefined after a problem. */
export async function parseBackupCollections(
  text: string,
  report: Report,
): Promise<BackupCollections | undefined> {
  const problems: string[] = []
  const names = isJson(text) ? await namesFromJson(text, problems) : namesFromLines(text, problems)
  if (problems.length === 0) problems.push(...problemsOfNames(names))
  for (const problem of problems) report(problem)
  const [first] = names
  if (problems.length > 0 || first === undefined) return undefined
  return { database: first.name.database, collections: names.map(({ name }) => name.collection) }
}

function problemsOfNames(names: readonly NamedCollection[]): string[] {
  if (names.length === 0) return ['expected at least one collection; got none']
  const problems: string[] = []
  const claim = openClaims(problems)
  for (const { line, name } of names) claim(`${showName(name)} is given`, keyOf(name), line)
  const databases = [...new Set(names.map(({ name }) => name.database))]
  if (databases.length > 1) {
    const each = databases.map(showInvisible).join(' and ')
    problems.push(`a backup takes collections of one database only; these are of ${each}`)
  }
  return problems
}

async function namesFromJson(text: string, problems: string[]): Promise<NamedCollection[]> {
  const { readBackupEntries } = await import('../zilliz/db-collections.ts')
  return readBackupEntries(text, problems)
}

function namesFromLines(text: string, problems: string[]): NamedCollection[] {
  return contentLines(text).flatMap(({ line, content }) => {
    const forRestores = content.includes('->') || content.includes('*')
    const name = forRestores
      ? 'has an arrow or *, which are for restores'
      : readName(content, defaultDatabase)
    if (typeof name !== 'string') return [{ line, name }]
    problems.push(`${line}: expected a collection or database.collection; it ${name}`)
    return []
  })
}
