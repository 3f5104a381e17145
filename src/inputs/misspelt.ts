/** Inputs that the workflow misspelt: GitHub itself only warns, and a misspelt guard would be no guard. */
import { type InputName, inputs } from '../contract.ts'
import { givenInput, type ReadInput } from './reader.ts'

/**
 * The runner hands inputs it does not know to the process too, as `INPUT_…` variables. One that is an input of ours
 * but for `-`, `_`, blanks and case, or one letter away from one, is a problem. Others are left alone: some runners
 * leak those of an outer action.
 *
 * @param variables the variables whose names begin with `INPUT_`
 */
export function misspeltInputs(variables: ReadonlyMap<string, string>, read: ReadInput): string[] {
  const names = Object.keys(inputs) as InputName[]
  const known = new Set(names.map(variableOf))
  return [...variables].flatMap(([variable, value]) => {
    if (known.has(variable.toUpperCase())) return []
    const letters = lettersOf(variable.slice('INPUT_'.length))
    const meant =
      names.find(name => lettersOf(name) === letters) ?? names.find(name => isNear(letters, lettersOf(name)))
    if (meant === undefined || hasSameValue(meant, value, read)) return []
    const written = variable.slice('INPUT_'.length).toLowerCase()
    return [
      `${written}: no such input; did you mean ${meant}? Or the workflow sets the environment variable ${variable}: rename it.`,
    ]
  })
}

function variableOf(name: InputName): string {
  return `INPUT_${name.toUpperCase()}`
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[-_\s]/g, '')
}

/** Workflows hand dispatch inputs to scripts under such names, with the value that the input has too. */
function hasSameValue(name: InputName, value: string, read: ReadInput): boolean {
  return givenInput(() => value.trim(), name) === givenInput(read, name)
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
