import { type InputName, operations as names } from '../../src/contract.ts'
import { InputError } from '../../src/errors.ts'
import { type Environment, openInputs } from '../../src/inputs/inputs.ts'
import { operations } from '../../src/operations/index.ts'

export type Inputs = Partial<Record<InputName, string>>

const loaded = new Map(await Promise.all(names.map(async name => [name, await operations[name]()] as const)))

/** The least that a step needs. */
export const waitForJob: Inputs = { operation: 'wait', 'api-key': 'key-123456', 'job-id': 'job-1' }

/** What a problem ends with whose value the workflow gave as an environment variable. */
export const fromVariable = (variable: string) => ` (from the environment variable ${variable})`

/** The request that the inputs stand for, as a step reads it before it runs the operation. */
export async function parse(given: Inputs, apiKey = '', more: Partial<Environment> = {}) {
  const environment = {
    apiKey,
    baseUrl: '',
    getsNoSecrets: () => false,
    inputVariables: new Map<string, string>(),
    ...more,
  }
  const inputs = await openInputs(name => given[name], environment)
  const request = await loaded.get(inputs.operation)?.read(inputs.reader, inputs.common)
  inputs.check()
  return request
}

export async function problemsOf(
  given: Inputs,
  apiKey = '',
  more: Partial<Environment> = {},
): Promise<readonly string[]> {
  try {
    await parse(given, apiKey, more)
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
  return []
}
