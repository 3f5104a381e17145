/** Inputs that are lists: one item per line, comma separated, or a JSON array of texts, such as an output has it. */
import { parseJson } from '../json.ts'
import { quoteInput } from '../untrusted-text.ts'

/**
 * Each item once. A line that begins with `#` is skipped. A list that came out empty, or an entry that did, is a
 * problem: it was meant to hold something.
 *
 * @param report receives what is wrong, without the name of the input
 * @param nothing says what is wrong with a text that holds no item; a guard has one, and takes no empty entry either
 */
export function readList(text: string, report: (problem: string) => void, nothing?: string): string[] {
  if (text === '') return []
  const isGuard = nothing !== undefined
  const items = text.startsWith('[') ? itemsOfJson(text) : itemsOfLines(text, isGuard)
  if (typeof items !== 'string' && items.length > 0) return [...new Set(items)]
  report(typeof items === 'string' ? items : `${nothing ?? 'holds no item'}; got ${quoteInput(text)}`)
  return []
}

/** A text says what is wrong: an expression between commas that came out empty must not make a guard smaller. */
function itemsOfLines(text: string, isGuard: boolean): string[] | string {
  const lines = text.split(/[\r\n]+/).filter(line => !line.trimStart().startsWith('#') && line.trim() !== '')
  const items = lines.flatMap(line => line.split(',')).map(item => item.trim())
  const given = items.filter(item => item !== '')
  const hasEmpty = isGuard && given.length > 0 && given.length < items.length
  return hasEmpty ? `has an empty entry between commas; got ${quoteInput(text)}` : given
}

/** A text says what is wrong. */
function itemsOfJson(text: string): string[] | string {
  const array = parseJson(text)
  if (!Array.isArray(array) || !array.every(item => typeof item === 'string')) {
    return 'begins with [ but is not a JSON array of texts'
  }
  const items = array.map(item => item.trim())
  return items.includes('') ? `has an empty entry in its JSON array; got ${quoteInput(text)}` : items
}
