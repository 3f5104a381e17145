/** The language of the input `collections`: its lines and names. */
import type { CollectionName } from '../zilliz/decode.ts'

/** Gets a problem, in words that name the line. */
export type Report = (problem: string) => void

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
