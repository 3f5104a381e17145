/** Inputs that the workflow misspelt: GitHub itself only warns, and a misspelt guard would be no guard. */
import { type InputName, inputs } from '../contract.ts'
import { parseDuration } from '../duration.ts'
import { normalAddress } from './address.ts'
import { readList } from './list.ts'
import { declarationOf, givenInput, ignoresCase, type ReadInput } from './reader.ts'

/** What stands in for inputs that are not given, besides declared defaults. */
export type Fallbacks = Readonly<Partial<Record<InputName, string>>>

/**
 * The runner hands inputs it does not know to the process too, as `INPUT_…` variables. One that is an input of ours
 * but for `-`, `_`, blanks and case, or one letter away from one, is a problem. Others are left alone: some runners
 * leak those of an outer action.
 *
 * @param variables the variables whose names begin with `INPUT_`, in any case
 */
export function misspeltInputs(
  variables: ReadonlyMap<string, string>,
  read: ReadInput,
  fallbacks: Fallbacks,
): string[] {
  const names = Object.keys(inputs) as InputName[]
  const known = new Set(names.map(variableOf))
  return [...variables].flatMap(([variable, value]) => {
    if (known.has(variable)) return []
    const letters = lettersOf(variable.slice('INPUT_'.length))
    const meant =
      names.find(name => lettersOf(name) === letters) ?? names.find(name => isNear(letters, lettersOf(name)))
    const text = value.trim()
    // On Windows the names of variables ignore case, so that one of ours may be listed under another name.
    if (meant === undefined || text === read(meant)) return []
    const isEmptyGuard = text === '' && declarationOf(meant).guard === true
    const effective = (given: string) => effectiveValue(meant, given, fallbacks)
    if (!isEmptyGuard && effective(text) === effective(read(meant) ?? '')) return []
    return [problemOf(variable, meant, isEmptyGuard)]
  })
}

function problemOf(variable: string, meant: InputName, isEmptyGuard: boolean): string {
  const written = variable.slice('INPUT_'.length).toLowerCase()
  if (written === meant) {
    return `${meant}: the environment variable ${variable} does not set this input, since its name is not in capitals: write ${meant} under with, or rename the variable.`
  }
  const empty = isEmptyGuard
    ? ` It is empty, which must not be taken for ${declarationOf(meant).default}.`
    : ''
  return `${written}: no such input; did you mean ${meant}?${empty} Or the workflow sets the environment variable ${variable}: rename it.`
}

function variableOf(name: InputName): string {
  return `INPUT_${name.toUpperCase()}`
}

const durations: readonly InputName[] = [
  'max-age',
  'older-than',
  'poll-interval',
  'skip-if-newer-than',
  'timeout',
]
const lists: readonly InputName[] = [
  'cross-region-copies',
  'job-id',
  'protected-backups',
  'protected-clusters',
]

/**
 * Two ways to write one value are the same: workflows hand dispatch inputs to scripts under such names, with the
 * value that the input has too.
 */
function effectiveValue(name: InputName, text: string, fallbacks: Fallbacks): string {
  const { default: declared = '' } = declarationOf(name)
  const value = givenInput(() => text, name) ?? fallbacks[name] ?? declared
  if (name === 'base-url') return normalAddress(value)
  const milliseconds = durations.includes(name) ? parseDuration(value) : undefined
  if (milliseconds !== undefined) return String(milliseconds)
  const items = lists.includes(name) ? readList(value, () => {}) : []
  const normal = items.length > 0 ? items.join('\n') : value
  return ignoresCase(name) ? normal.toLowerCase() : normal
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[-_\s]/g, '')
}

/** One letter added, left out or changed, or two neighbours swapped. */
function isNear(text: string, other: string): boolean {
  if (Math.abs(text.length - other.length) > 1) return false
  const start = [...text].findIndex((letter, index) => letter !== other[index])
  const at = start === -1 ? text.length : start
  const rest = (from: string, skip: number) => from.slice(at + skip)
  const swapped = text[at] === other[at + 1] && text[at + 1] === other[at] && rest(text, 2) === rest(other, 2)
  return (
    swapped ||
    rest(text, 1) === rest(other, 1) ||
    rest(text, 1) === rest(other, 0) ||
    rest(text, 0) === rest(other, 1)
  )
}
