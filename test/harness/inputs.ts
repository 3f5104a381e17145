import { type InputName, operations as names } from '../../src/contract.ts'
import { InputError } from '../../src/errors.ts'
import { openInputs } from '../../src/inputs/inputs.ts'
import { operations } from '../../src/operations/index.ts'

export type Inputs = Partial<Record<InputName, string>>

const loaded = new Map(await Promise.all(names.map(async name => [name, await operations[name]()] as const)))

/** The request that the inputs stand for, as a step reads it before it runs the operation. */
export function parse(given: Inputs, fallbackKey = '') {
  const inputs = openInputs(name => given[name] ?? '', fallbackKey)
  const request = loaded.get(inputs.operation)?.read(inputs.reader, inputs.common)
  inputs.check()
  return request
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
