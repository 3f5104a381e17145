import { expect, test } from 'vitest'
import { joined, type Known } from '../../mutation/known.ts'

const knownOf = (tests: string[], ran: Record<string, string[]>): Known => ({
  ...{ sources: 'a', shells: {} },
  tests: tests.map(id => ({ id, file: `test/${id}.ts`, name: id, ms: 1, state: 'passed' })),
  hits: { 'src/a.ts': { s: ran, f: {}, b: {} } },
})

test('the tests of a file that ran again replace those of before, and all others stay', () => {
  const last = knownOf(['1_0', '1_1', '-2_0'], { 0: ['1_0', '1', '-2_0'], 1: ['1_1'], 2: ['-2_0'] })
  const { tests, hits } = joined(last, knownOf(['1_0'], { 0: ['1_0'], 3: ['1_0'] }))
  expect(tests.map(({ id }) => id)).toEqual(['-2_0', '1_0'])
  expect(hits['src/a.ts']?.s).toEqual({ 0: ['-2_0', '1_0'], 2: ['-2_0'], 3: ['1_0'] })
})
