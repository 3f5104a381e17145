/**
 * The little language of the input `collections`, and the API's own `dbCollections` as JSON beside it: its
 * words, and what a backup takes of them. What a restore makes of them is in selections.ts.
 */

/** Collections of one database, as `create-backup` takes them (F24). */
export interface BackupCollections {
  database: string
  collections: string[]
}

export interface CollectionName {
  database: string
  collection: string
}

/** Told once for every problem, in words that name the line. */
export type Report = (text: string) => void

/** The database of a name without one; an empty `dbName` means it too. */
export const defaultDatabase = 'default'

export function formatName({ database, collection }: CollectionName): string {
  return `${database}.${collection}`
}

/** Reads `collections` of a backup: names of one database. Undefined after a problem. */
export function parseBackupCollections(text: string, problem: Report): BackupCollections | undefined {
  const names = isJson(text) ? namesFromJson(text, problem) : namesFromLines(text, problem)
  if (names === undefined) return undefined
  let valid = true
  const report = (message: string) => {
    valid = false
    problem(message)
  }
  const lines = new Map<string, string>()
  for (const { line, name } of names) {
    const before = lines.get(formatName(name))
    if (before !== undefined) report(`${line}: ${formatName(name)} is given already in ${before}`)
    else lines.set(formatName(name), line)
  }
  const databases = [...new Set(names.map(({ name }) => name.database))]
  const [database] = databases
  if (databases.length > 1) {
    report(`a backup takes collections of one database only; these are of ${databases.join(' and ')}`)
  }
  if (database === undefined) report('expected at least one collection; got none')
  if (!valid || database === undefined) return undefined
  return { database, collections: names.map(({ name }) => name.collection) }
}

interface NamedLine {
  line: string
  name: CollectionName
}

function namesFromLines(text: string, problem: Report): NamedLine[] | undefined {
  let valid = true
  const names: NamedLine[] = []
  for (const { line, content } of contentLines(text)) {
    const name =
      content.includes('->') || content.includes('*') ? undefined : readName(content, defaultDatabase)
    if (name) names.push({ line, name })
    else {
      valid = false
      problem(`${line}: expected a collection or database.collection; arrows and * are for restores`)
    }
  }
  return valid ? names : undefined
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
 * that begins JSON, which stands for itself only as the whole value.
 */
export function readName(content: string, otherwise: string): CollectionName | undefined {
  const parts = /^(?:([^\s.*>[]+)\.)?([^\s.*>[]+)$/.exec(content)
  const collection = parts?.[2]
  return collection === undefined ? undefined : { database: parts?.[1] ?? otherwise, collection }
}

function namesFromJson(text: string, problem: Report): NamedLine[] | undefined {
  const entries = readEntries(text, ['dbName', 'collectionNames'], problem)
  if (entries === undefined) return undefined
  let valid = true
  const names: NamedLine[] = []
  for (const { line, entry } of entries) {
    const { dbName, collectionNames } = entry
    if (!isOptionalText(dbName) || !Array.isArray(collectionNames) || !collectionNames.every(isName)) {
      valid = false
      problem(`${line}: expected {"dbName": text, "collectionNames": [names]}`)
      continue
    }
    for (const collection of collectionNames) {
      names.push({ line, name: { database: dbName || defaultDatabase, collection } })
    }
  }
  return valid ? names : undefined
}

export type Entry = Record<string, unknown>

/** An array of objects with no other fields than these. */
export function readEntries(
  text: string,
  known: readonly string[],
  problem: Report,
): { line: string; entry: Entry }[] | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    problem(`begins with [ but is no JSON: ${error instanceof Error ? error.message : error}`)
    return undefined
  }
  let valid = true
  const entries: { line: string; entry: Entry }[] = []
  for (const [index, entry] of (json as unknown[]).entries()) {
    const line = `entry ${index + 1}`
    const unknown = isObject(entry) ? Object.keys(entry).filter(key => !known.includes(key)) : undefined
    if (isObject(entry) && unknown?.length === 0) entries.push({ line, entry })
    else {
      valid = false
      const got = unknown ? `unknown field ${unknown.join(', ')}` : 'no object'
      problem(`${line}: expected an object of ${known.join(', ')}; got ${got}`)
    }
  }
  return valid ? entries : undefined
}

export function isObject(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

export function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}
