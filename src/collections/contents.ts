/** What a backup holds, as far as the service lists it (F36). */
import { listInSentence, sanitize, showInvisible } from '../untrusted-text.ts'
import type { CollectionName, Contents } from '../zilliz/decode.ts'

export function formatName({ database, collection }: CollectionName): string {
  return `${database}.${collection}`
}

/** For the sentence of an error about an input. */
export function showName(name: CollectionName): string {
  return showInvisible(formatName(name))
}

/** Equal for the same collection alone: as JSON has them, names may contain dots. */
export function keyOf({ database, collection }: CollectionName): string {
  return JSON.stringify([database, collection])
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
  const isFlat = contents.kind === 'flat'
  const listed = new Set(isFlat ? contents.collections : contents.collections.map(keyOf))
  return requested.filter(name => !listed.has(isFlat ? name.collection : keyOf(name))).map(formatName)
}

const mostNames = 50

/** For a sentence. */
export function describeContents(contents: Contents): string {
  const names = listContents(contents)
  return names.length === 0
    ? 'collections that the service does not list'
    : listInSentence(names.map(sanitize), mostNames)
}
