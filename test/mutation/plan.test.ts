import type { FileCoverageData } from 'istanbul-lib-coverage'
import { expect, test } from 'vitest'
import type { Mutant } from '../../mutation/mutants.ts'
import { batchesOf, depthOf, reaching } from '../../mutation/plan.ts'
import type { RanTest } from '../../mutation/tests.ts'

const at = (line: number, column = 0) => ({ line, column })
const span = (from: number, to: number) => ({ start: at(from), end: at(to, 80) })
const mutantIn = (from: number, to = from): Mutant => ({
  ...{
    id: '1',
    key: '',
    path: 'src/waiting/poll.ts',
    mutator: 'BlockStatement',
    original: '',
    replacement: '{}',
  },
  ...{ start: at(from, 2), end: at(to, 40) },
})
const shell = {
  statementMap: { 0: span(1, 1), 1: span(4, 8), 2: span(5, 5) },
  fnMap: { 0: { name: 'f', decl: span(3, 3), loc: span(3, 9), line: 3 } },
} as unknown as FileCoverageData
const hits = { s: { 0: ['all', 'one'], 1: ['one'], 2: [] }, f: { 0: ['one', 'two'] }, b: {} }

test.each([
  ['a statement of a file', mutantIn(1), ['all', 'one']],
  ['a statement', mutantIn(6), ['one']],
  ['a statement in it that no test runs', mutantIn(5), []],
  ['the body of a function', mutantIn(3, 9), ['one', 'two']],
  ['no statement at all', mutantIn(12), ['all', 'one']],
])('the tests that reach a mutant in %s', (_, mutant, expected) => {
  expect(reaching(mutant, shell, hits)).toEqual(expected)
})

const testOf = (file: string, nth: number, ms: number): RanTest => ({
  ...{ id: `${file}_${nth}`, file: `test/${file}.test.ts`, name: String(nth) },
  ...{ ms, state: 'passed' },
})

test('the mirror of the file comes first, then a few tests of each file: what runs most of it, then the fastest', () => {
  const slow = Array.from({ length: 20 }, (_, nth) => testOf('stories/wait', nth, 900 - nth))
  const quick = [testOf('errors', 0, 5)]
  const own = [testOf('waiting/poll', 0, 3_000)]
  const depth = depthOf({
    s: { 0: ['stories/wait_7', 'stories/wait_4', 'errors_0'], 1: ['stories/wait_7'] },
    f: {},
    b: {},
  })
  const tests = [...slow, ...quick, ...own]
  const { batches, reached, left } = batchesOf(mutantIn(6), { tests, depth, most: 1e9 })
  const ids = batches.flatMap(batch => batch.tests.flatMap(({ ids }) => ids))
  expect(batches[0]?.tests).toEqual([{ file: 'test/waiting/poll.test.ts', ids: ['waiting/poll_0'] }])
  expect(ids.slice(1, 4)).toEqual(['stories/wait_7', 'stories/wait_4', 'stories/wait_19'])
  expect(batches[1]?.tests.map(({ file }) => file)).toContain('test/errors.test.ts')
  expect(ids).toHaveLength(22)
  expect([reached, left]).toEqual([22, 0])
})

test('what the time does not allow is counted', () => {
  const tests = Array.from({ length: 50 }, (_, nth) => testOf('stories/wait', nth, 1_000))
  const { batches, reached, left } = batchesOf(mutantIn(6), { tests, depth: new Map(), most: 10_000 })
  const tried = batches.flatMap(({ tests }) => tests.flatMap(({ ids }) => ids)).length
  expect(tried + left).toBe(50)
  expect(reached).toBe(50)
  expect(tried).toBeGreaterThan(8)
  expect(tried).toBeLessThan(15)
})
