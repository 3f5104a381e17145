import { expect, test } from 'vitest'
import { readList } from '../../src/inputs/list.ts'
import { parse, problemsOf } from '../harness/inputs.ts'

function read(text: string) {
  const problems: string[] = []
  return { items: readList(text, problem => problems.push(problem)), problems }
}

test.each([
  ['one per line', 'a\nb\r\nc\rd\n', ['a', 'b', 'c', 'd']],
  ['comma separated', ' a , b,,c ', ['a', 'b', 'c']],
  ['both, each once', 'a, b\na\nb,c', ['a', 'b', 'c']],
  ['a JSON array of strings, as an output has it', '["job-1","job-2"]', ['job-1', 'job-2']],
  ['a JSON array over several lines', '[\n  " a ",\n  "b", "b"\n]', ['a', 'b']],
  ['a line that begins with #, skipped whole', '# a, b\nc\n  # d\ne', ['c', 'e']],
  ['nothing', '', []],
])('lists: %s', (_, text, items) => {
  expect(read(text)).toEqual({ items, problems: [] })
})

test.each(['[a, b]', '["a"', '[1]', '["a", null]', '[["a"]]', '[production]'])(
  '%j begins as JSON does and is none of texts',
  text => {
    expect(read(text)).toEqual({ items: [], problems: ['begins with [ but is not a JSON array of texts'] })
  },
)

test.each(['["prod",""]', '["", "prod"]', '[""]', '[" ", "\\t"]'])(
  '%j has an entry that came out empty, which is not left out in silence',
  text => {
    expect(read(text)).toEqual({
      items: [],
      problems: [`has an empty entry in its JSON array; got ${JSON.stringify(text)}`],
    })
  },
)

test.each(['[]', ',', ' \n, ', '# none', '#', '# a\n  # b'])('%j holds no item, and is not nothing', text => {
  expect(read(text)).toEqual({ items: [], problems: [`holds no item; got ${JSON.stringify(text)}`] })
})

test('what a comma does not begin is no comment', () => {
  expect(read('a # never, b').items).toEqual(['a # never', 'b'])
})

test.each([',in01-b', 'in01-a,,in01-b', 'in01-a,', 'in01-a\n, in01-b', 'in01-a\nin01-b, ,in01-c'])(
  'an expression between commas that came out empty makes no guard smaller: %j',
  async given => {
    const least = { 'api-key': 'key-123456', 'target-cluster': 'in01-x' }
    const guarded = { ...least, operation: 'delete-cluster', 'protected-clusters': given }
    expect(await problemsOf(guarded)).toEqual([
      `protected-clusters: has an empty entry between commas; got ${JSON.stringify(given)}`,
    ])
  },
)

test.each(['in01-a\n\nin01-b\n', 'in01-a\n  \n# a, , b\nin01-b'])(
  'empty lines of a guard are none: %j',
  async given => {
    const least = { 'api-key': 'key-123456', operation: 'delete-cluster', 'target-cluster': 'in01-x' }
    expect(await parse({ ...least, 'protected-clusters': given })).toMatchObject({
      protectedClusters: ['in01-a', 'in01-b'],
    })
  },
)

test('what is no guard may have them', async () => {
  const job = { 'api-key': 'key-123456', operation: 'wait', 'job-id': 'job-1,,job-2' }
  expect(await parse(job)).toMatchObject({ jobIds: ['job-1', 'job-2'] })
})
