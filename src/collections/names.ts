/** The language of the input `collections`: its lines and names, and what a backup takes of them. */

import { type NamedCollection, readBackupEntries } from '../zilliz/db-collections.ts'
import { type CollectionName, defaultDatabase } from '../zilliz/decode.ts'
import { formatName } from './contents.ts'

/** Collections of one database, as `create-backup` takes them (F24). */
export interface BackupCollections {
  database: string
  collections: string[]
}

/** Gets a problem, in words that name the line. */
export type Report = (problem: string) => void

/** Reads `collections` of a backup: names of one database. Undefined after a problem. */
export function parseBackupCollections(text: string, report: Report): BackupCollections | undefined {
  const problems: string[] = []
  const names = isJson(text) ? readBackupEntries(text, problems) : namesFromLines(text, problems)
  if (problems.length === 0) problems.push(...problemsOfNames(names))
  for (const problem of problems) report(problem)
  const [first] = names
  if (problems.length > 0 || first === undefined) return undefined
  return { database: first.name.database, collections: names.map(({ name }) => name.collection) }
}

function problemsOfNames(names: readonly NamedCollection[]): string[] {
  if (names.length === 0) return ['expected at least one collection; got none']
  const problems: string[] = []
  const lines = new Map<string, string>()
  for (const { line, name } of names) {
    const before = lines.get(formatName(name))
    if (before === undefined) lines.set(formatName(name), line)
    else problems.push(`${line}: ${formatName(name)} is given already in ${before}`)
  }
  const databases = [...new Set(names.map(({ name }) => name.database))]
  if (databases.length > 1) {
    const each = databases.join(' and ')
    problems.push(`a backup takes collections of one database only; these are of ${each}`)
  }
  return problems
}

function namesFromLines(text: string, problems: string[]): NamedCollection[] {
  return contentLines(text).flatMap(({ line, content }) => {
    const forRestores = content.includes('->') || content.includes('*')
    const name = forRestores ? undefined : readName(content, defaultDatabase)
    if (name !== undefined) return [{ line, name }]
    problems.push(`${line}: expected a collection or database.collection; arrows and * are for restores`)
    return []
  })
}

/** The value as a whole is the API's own JSON, and not lines. */
export function isJson(text: string): boolean {
  return text.trimStart().startsWith('[')
}

/** The lines that say something, each with the words an error calls it by. */
export function contentLines(text: string): { line: string; content: string }[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((raw, index) => ({ line: `line ${index + 1} ${JSON.stringify(raw.trim())}`, content: raw.trim() }))
    .filter(({ content }) => content !== '' && !content.startsWith('#'))
}

/**
 * `collection` or `database.collection`; nothing with blanks, stars, arrows or further dots, nor with the bracket
 * that begins JSON, which has its meaning only at the start of the whole value.
 */
export function readName(content: string, otherwise: string): CollectionName | undefined {
  const parts = /^(?:([^\s.*>[]+)\.)?([^\s.*>[]+)$/.exec(content)
  const collection = parts?.[2]
  return collection === undefined ? undefined : { database: parts?.[1] ?? otherwise, collection }
}
