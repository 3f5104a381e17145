import { operations } from '../../src/contract.ts'
import type { StepResult } from './step-result.ts'

/** Outputs that the receipt does not repeat: the password stays in the job, and the receipt does not name itself. */
const notRepeated = ['password', 'receipt']

/** Fields of every receipt: `receiptProblems` checks the first three, the unit test of the outputs the others. */
const ofEveryRun = [
  'operation',
  'startedAt',
  'finishedAt',
  'repository',
  'sha',
  'runId',
  'runAttempt',
  'runUrl',
]

/** What the receipt adds to the outputs: fields that are no outputs, or whose value is not that of the output. */
export function addedByReceipt({ receipt, outputs }: StepResult): unknown {
  if (!isObject(receipt)) return receipt
  const added = Object.entries(receipt).filter(
    ([name, value]) => !ofEveryRun.includes(name) && asOutput(value) !== outputs[name],
  )
  return added.length === 0 ? undefined : Object.fromEntries(added)
}

/** Where the receipt disagrees with the step: an output may differ only where a warning says that it was cut. */
export function receiptProblems({ receipt, inputs, outputs, annotations }: StepResult): string[] {
  if (outputs.receipt === undefined) return []
  if (!isObject(receipt)) return [`there is no JSON object at ${outputs.receipt}`]
  const warnings = annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)
  const wasCut = (name: string): boolean => warnings.some(message => message.startsWith(`Output ${name} `))
  const operation = operations.find(name => name === inputs.operation?.toLowerCase()) ?? inputs.operation
  const expected = Object.entries({ ...outputs, operation })
  const differing = expected.filter(([name, value]) => asOutput(receipt[name]) !== value)
  const { startedAt, finishedAt } = receipt
  return [
    ...differing
      .filter(([name]) => !notRepeated.includes(name) && !wasCut(name))
      .map(([name, value]) => `${name} is ${value}, in the receipt ${asOutput(receipt[name])}`),
    ...(Date.parse(`${startedAt}`) <= Date.parse(`${finishedAt}`)
      ? []
      : [`it started at ${startedAt} and finished at ${finishedAt}`]),
  ]
}

function asOutput(value: unknown): string | undefined {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
