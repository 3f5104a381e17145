import type { InputName } from '../../src/contract.ts'
import { InputError, parseInputs } from '../../src/inputs/inputs.ts'

export type Inputs = Partial<Record<InputName, string>>

export function parse(given: Inputs, fallbackKey = '') {
  return parseInputs(name => given[name] ?? '', fallbackKey)
}

export function problemsOf(given: Inputs, fallbackKey = ''): readonly string[] {
  try {
    parse(given, fallbackKey)
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
  return []
}
