/**
 * Names of clusters. Sources disagree about what they may hold (F16): refused here is only what none of them allows,
 * the rest is the service's to decide.
 */
import { describeCharacter, type Reader } from '../inputs/reader.ts'
import { quoteInput } from '../untrusted-text.ts'
import { isIdShaped } from './id.ts'

/** What no source allows: other characters than these, or more than 255 of them. */
export function isPossibleName(name: string): boolean {
  return name !== '' && [...name].length <= longestName && firstWrongCharacter(name) === undefined
}

export const longestName = 255

export function firstWrongCharacter(name: string): string | undefined {
  return [...name].find(character => !/[A-Za-z0-9 _\-\p{Script=Han}]/u.test(character))
}

/** Why a text can be neither the id nor the name of a cluster; undefined when it can. */
export function problemOfIdOrName(text: string): string | undefined {
  const wrong = firstWrongCharacter(text)
  const byId = 'a cluster whose name has other characters is given by its id'
  if (wrong !== undefined) {
    return `has ${describeCharacter(wrong)}, which no id has, and no name that this action takes: ${byId}`
  }
  if ([...text].length > longestName) return `is longer than ${longestName} characters`
  if (text.startsWith('- ')) return 'begins with "- " as YAML lists have it: one per line, without a hyphen'
  if (text.includes(' ') && text.split(' ').some(isIdShaped)) {
    return 'has an id and another word in it: one per line, or comma separated'
  }
  return undefined
}

/** The nearest name that every source allows: letters, digits and single hyphens, at most 64. */
export function safeName(name: string): string {
  return name
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 64)
    .replace(/-$/, '')
}

/** "Try …" with the nearest safe name, where one is left. */
export function offerSafeName(name: string): string {
  const safe = safeName(name)
  return safe === '' || safe === name ? '' : ` Try ${safe}.`
}

/** `target-cluster` where it is the name of a new cluster. */
export function readNewName(reader: Reader): string {
  const name = reader.optional('target-cluster')
  if (name === undefined) {
    reader.report('target-cluster', 'expected the name of the new cluster; it is empty')
    return ''
  }
  if (!isPossibleName(name)) {
    reader.report(
      'target-cluster',
      `expected at most 255 letters, digits, blanks, _, - and Han characters as the name of the new cluster; got ${quoteInput(name)}.${offerSafeName(name)}`,
    )
  } else if (isIdShaped(name)) {
    reader.report(
      'target-cluster',
      `${quoteInput(name)} has the shape of a cluster id, and expected is the name of a new cluster: restore-cluster makes one, restore-collections writes into an existing one`,
    )
  }
  return name
}
