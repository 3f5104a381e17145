import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import type { Outcome, Step } from '../step.ts'

export function read(_reader: Reader, common: CommonInputs): CommonInputs {
  return common
}

export async function run(_request: CommonInputs, _step: Step): Promise<Outcome> {
  throw new Error('not there yet')
}
