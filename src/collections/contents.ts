/** What a backup holds, as far as the service lists it (F36). */
import { listInSentence, sanitize } from '../untrusted-text.ts'
import type { CollectionName, Contents } from '../zilliz/decode.ts'

export function formatName({ database, collection }: CollectionName): string {
  return `${database}.${collection}`
}

/** In a flat list without their databases. */
export function listContents(contents: Contents): string[] {
  if (contents.kind === 'unlisted') return []
  return contents.kind === 'flat' ? contents.collections : contents.collections.map(formatName)
}

/**
 * Which of the requested collections a backup does not hold; undefined when it lists none, which does not mean that
 * it is empty. In a flat list only the names can be compared.
 */
export function missingCollections(
  contents: Contents,
  requested: readonly CollectionName[],
): string[] | undefined {
  if (contents.kind === 'unlisted') return undefined
  const listed = new Set(listContents(contents))
  const nameIn = (name: CollectionName) => (contents.kind === 'flat' ? name.collection : formatName(name))
  return requested.filter(name => !listed.has(nameIn(name))).map(formatName)
}

const mostNames = 50

/** For a sentence. */
export function describeContents(contents: Contents): string {
  const names = listContents(contents)
  return names.length === 0
    ? 'collections that the service does not list'
    : listInSentence(names.map(sanitize), mostNames)
}
