/** The language of the input `collections`: its lines and names. */
import { describeCharacter } from '../inputs/reader.ts'
import { quoteInput } from '../untrusted-text.ts'
import type { CollectionName } from '../zilliz/decode.ts'

/** Gets a problem, in words that name the line. */
export type Report = (problem: string) => void

/** The value as a whole is the API's own JSON, and not lines. */
export function isJson(text: string): boolean {
  return text.trimStart().startsWith('[')
}

/**
 * What the lines ask for, each with the words an error calls it by. Commas separate as line ends do, since a
 * dispatched workflow's text box has one line. A line that begins with `#` is skipped whole; after a comma `#` skips
 * the rest of the line.
 */
export function contentLines(text: string): { line: string; content: string }[] {
  return text.split(/\r\n|\r|\n/).flatMap((raw, index) => {
    const parts = raw.split(',').map(part => part.trim())
    const comment = parts.findIndex(part => part.startsWith('#'))
    const said = (comment === -1 ? parts : parts.slice(0, comment)).filter(part => part !== '')
    return said.map(content => ({ line: `line ${index + 1} ${quoteInput(content)}`, content }))
  })
}

/**
 * What two lines may not both claim, such as a destination.
 *
 * @param problems collects who claims what another line has claimed before
 */
export function openClaims(problems: string[]) {
  const taken = new Map<string, string>()
  return (what: string, key: string, line: string): void => {
    const before = taken.get(key)
    if (before === undefined) taken.set(key, line)
    else problems.push(`${line}: ${what} already in ${before}`)
  }
}

/** `collection` or `database.collection`; a text says what is wrong with it. */
export function readName(content: string, otherwise: string): CollectionName | string {
  const parts = content.split('.')
  const [collection = '', database = otherwise, ...more] = parts.reverse()
  if (more.length > 0) return `has more than one dot. ${asJson}`
  if (database === '' && collection !== '') {
    return `has an empty name before the dot: for the database ${otherwise} leave the dot out`
  }
  return problemOfName(database) ?? problemOfName(collection) ?? { database, collection }
}

const longestName = 255
const asJson = 'Such names can be given as JSON'

/** Why a text is no name of a collection or database, as Milvus takes them; undefined when it is one. */
export function problemOfName(name: string): string | undefined {
  if (name === '') return 'has an empty name'
  const wrong = [...name].find(character => !/[A-Za-z0-9_$]/.test(character))
  if (wrong !== undefined) {
    return `has ${describeCharacter(wrong)}; a name is ASCII letters, digits, _ and $. Other names can be given as JSON`
  }
  if (/^\d/.test(name)) return `has a name that begins with "${name[0]}". ${asJson}`
  return name.length > longestName ? `has a name longer than ${longestName} characters. ${asJson}` : undefined
}
