import { describe, expect, test } from 'vitest'
import { evaluate, evaluateText, isDue } from './expressions.ts'

const contexts = {
  vars: { A: '1' },
  inputs: { dry: true, empty: '' },
  github: { event_name: 'schedule' },
  steps: {},
}

test.each([
  ['a-${{ vars.A }}-${{vars.A}}', 'a-1-1'],
  ["${{ inputs.empty || 'any' }}", 'any'],
  ["${{ github.event_name == 'workflow_dispatch' && inputs.dry }}", 'false'],
  ['${{ inputs.nothing }}', ''],
  ['${{ steps.nowhere.outputs.name }}', ''],
  [7, '7'],
  [undefined, ''],
])('%s is %j', (text, value) => {
  expect(evaluateText(text, contexts)).toBe(value)
})

test('an expression alone keeps its type', () => {
  expect(evaluate('${{ inputs.dry }}', contexts)).toBe(true)
  expect(evaluate("${{ fromJSON('[1, 2]') }}", contexts)).toEqual([1, 2])
})

test('a variable that the test does not set is an error', () => {
  expect(() => evaluate('${{ vars.B }}', contexts)).toThrow('vars.B')
})

describe('a step is run', () => {
  const fine = { success: true, failure: false }
  const failed = { success: false, failure: true }
  test.each([
    [undefined, fine, true],
    [undefined, failed, false],
    ['${{ inputs.dry }}', fine, true],
    ['${{ inputs.dry }}', failed, false],
    ['!inputs.dry', fine, false],
    ['${{ always() && inputs.dry }}', failed, true],
    ['${{ failure() }}', failed, true],
    ['${{ failure() }}', fine, false],
    ['${{ !cancelled() }}', failed, true],
  ])('with if: %s after %j: %s', (condition, status, due) => {
    expect(isDue(condition, contexts, status)).toBe(due)
  })
})
