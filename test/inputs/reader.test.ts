import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { InputName, OperationName } from '../../src/contract.ts'
import { givenInput, openReader, type Reader } from '../../src/inputs/reader.ts'
import { quoteInput } from '../../src/untrusted-text.ts'

/** Reads one input with the text `text`, and returns the value and the problems. */
function reading<T>(
  text: string,
  read: (reader: Reader) => T,
  operation?: OperationName,
): { value: T; problems: string[] } {
  const problems: string[] = []
  const value = read(openReader(() => text, operation, problems))
  return { value, problems }
}

test.each([
  ['', undefined],
  ['15s', undefined],
  ['15', '15'],
  ['20s', '20s'],
])('poll-interval %j is optional %j', (text, optional) => {
  expect(givenInput(() => text, 'poll-interval')).toBe(optional)
})

test('an input that the contract does not give to the operation cannot be read', () => {
  expect(() => reading('', reader => reader.optional('cu-size'), 'wait')).toThrow(
    'wait reads cu-size, which the contract does not give it',
  )
  expect(reading('4', reader => reader.optional('cu-size'), 'restore-cluster').value).toBe('4')
})

describe('ids', () => {
  const expected = 'an id of letters, digits, _ and -'

  test.each([['in01-3e5d8a4b2f6c1d7'], ['backup0_abc'], ['x'], ['-_-'], ['a'.repeat(200)]])(
    '%j is one',
    text => {
      expect(reading(text, reader => reader.id('cluster-id'))).toEqual({ value: text, problems: [] })
      expect(reading(text, reader => reader.optionalId('cluster-id'))).toEqual({ value: text, problems: [] })
    },
  )

  test.each([
    ['.', 'no "."'],
    ['..', 'no "."'],
    ['a/b', 'no "/"'],
    ['../x', 'no "."'],
    ['a\\b', 'no "\\"'],
    ['%2e%2e', 'no "%"'],
    ['a?b#c', 'no "?"'],
    ['"in01-a"', 'no """'],
    ['[in01-a]', 'no "["'],
    ['in01-a;', 'no ";"'],
    ['a b/c', 'no blank'],
    ['a\tb', 'no U+0009'],
    ['a\nb', 'no U+000A'],
    ['a\u00a0b', 'no U+00A0'],
    ['a\u200bb', 'no U+200B'],
    ['\ufeffa', 'no U+FEFF'],
    ['a\u2028b', 'no U+2028'],
    ['a\u0000', 'no U+0000'],
    ['a\u007f', 'no U+007F'],
    ['in01\u20111', 'no U+2011'],
    ['备份', 'no U+5907'],
    ['a🙂', 'no U+1F642'],
  ])('%j is none, and the first wrong character is named ("Impossible value")', (text, wrong) => {
    const problems = [`cluster-id: expected ${expected}, ${wrong}; got ${quoteInput(text)}`]
    expect(reading(text, reader => reader.id('cluster-id'))).toEqual({ value: '', problems })
    expect(reading(text, reader => reader.optionalId('cluster-id'))).toEqual({ value: undefined, problems })
  })

  test('no length is asked for, and only a part of a long wrong one is shown', () => {
    const long = 'a'.repeat(1_000)
    expect(reading(long, reader => reader.id('cluster-id'))).toEqual({ value: long, problems: [] })
    expect(reading(`${long}/`, reader => reader.id('cluster-id')).problems).toEqual([
      `cluster-id: expected ${expected}, no "/"; got "${'a'.repeat(100)}…"`,
    ])
  })

  test('a missing one is a problem only where it is required', () => {
    expect(reading('', reader => reader.id('cluster-id')).problems).toEqual([
      'cluster-id: expected an id; it is empty. If it comes from a variable: is that set (Settings, Secrets and variables, Actions)?',
    ])
    expect(reading('', reader => reader.optionalId('cluster-id'))).toEqual({ value: undefined, problems: [] })
  })

  test.each([
    ['a', ['a']],
    ['a,b', ['a', 'b']],
    [' a , b , c', ['a', 'b', 'c']],
    ['a\nb\r\nc\rd\n', ['a', 'b', 'c', 'd']],
    ['a, b\na', ['a', 'b']],
    ['["a","b"]', ['a', 'b']],
    ['# a comment, b\na', ['a']],
    ['', []],
  ])('%j is a list', (text, ids) => {
    expect(reading(text, reader => reader.ids('job-id'))).toEqual({ value: ids, problems: [] })
    expect(reading(text, reader => reader.list('protected-clusters')).value).toEqual(ids)
  })

  test('each id of a list that is none is reported', () => {
    expect(reading('a b, c, ../d', reader => reader.ids('job-id')).problems).toEqual([
      `job-id: expected ${expected}, no blank; got "a b"`,
      `job-id: expected ${expected}, no "."; got "../d"`,
    ])
  })

  test.each([
    [',\n,', 'holds no item; got ",\\n,"'],
    ['[]', 'holds no item; got "[]"'],
    ['# all', 'holds no item; got "# all"'],
    ['["a",""]', 'has an empty entry in its JSON array; got "[\\"a\\",\\"\\"]"'],
    ['[1]', 'begins with [ but is not a JSON array of texts'],
  ])('a list %j is one problem, of ids and of names', (text, problem) => {
    for (const name of ['job-id', 'cross-region-copies'] as const) {
      expect(reading(text, reader => reader.ids(name)).problems).toEqual([`${name}: ${problem}`])
      expect(reading(text, reader => reader.list(name)).problems).toEqual([`${name}: ${problem}`])
    }
  })

  test('names of a list may contain blanks', () => {
    expect(reading('my cluster, b', reader => reader.list('protected-clusters')).value).toEqual([
      'my cluster',
      'b',
    ])
  })
})

test.each([
  ['replace', 'replace'],
  ['REPLACE', 'replace'],
  ['RePlAcE', 'replace'],
  ['', 'fail'],
])('the word %j is %s', (text, word) => {
  const words = ['fail', 'reuse', 'replace'] as const
  expect(reading(text, reader => reader.oneOf('if-exists', words))).toEqual({ value: word, problems: [] })
})

test.each([['no'], ['replace it'], ['fa il'], ['ſail']])('%j is none of the words', text => {
  expect(reading(text, reader => reader.oneOf('if-exists', ['fail', 'reuse'] as const))).toEqual({
    value: undefined,
    problems: [`if-exists: expected one of fail, reuse; got "${text}"`],
  })
})

test('a word without a default may be absent', () => {
  expect(reading('', reader => reader.oneOf('restore-version-policy', ['LATEST'] as const))).toEqual({
    value: undefined,
    problems: [],
  })
})

test.each([
  ['true', true, 0],
  ['TRUE', true, 0],
  ['False', false, 0],
  ['', true, 0],
  ['yes', false, 1],
  ['1', false, 1],
])('the boolean %j is %s', (text, value, count) => {
  const read = reading(text, reader => reader.boolean('wait'))
  expect(read.value).toBe(value)
  expect(read.problems).toHaveLength(count)
})

test.each([
  ['', 7_200_000, []],
  ['90s', 90_000, []],
  ['soon', 0, ['timeout: expected a duration such as 90s, 45m or 1h30m; got "soon"']],
  ['0s', 0, ['timeout: expected a duration such as 90s, 45m or 1h30m; got "0s"']],
])('the timeout %j', (text, value, problems) => {
  expect(reading(text, reader => reader.duration('timeout'))).toEqual({ value, problems })
})

test.each([
  ['', undefined, []],
  ['1d', 86_400_000, []],
  ['1 day', undefined, ['max-age: expected a duration such as 90s, 45m or 1h30m; got "1 day"']],
])('the age %j', (text, value, problems) => {
  expect(reading(text, reader => reader.optionalDuration('max-age'))).toEqual({ value, problems })
})

test.each([
  ['', undefined, []],
  ['1', 1, []],
  ['1024', 1024, []],
  ['0', undefined, ['cu-size: expected a whole number from 1 to 1024; got "0"']],
  ['1025', undefined, ['cu-size: expected a whole number from 1 to 1024; got "1025"']],
  ['1.0', undefined, ['cu-size: expected a whole number from 1 to 1024; got "1.0"']],
  ['-1', undefined, ['cu-size: expected a whole number from 1 to 1024; got "-1"']],
  ['0x10', undefined, ['cu-size: expected a whole number from 1 to 1024; got "0x10"']],
  ['1e2', undefined, ['cu-size: expected a whole number from 1 to 1024; got "1e2"']],
  ['9999999999', undefined, ['cu-size: expected a whole number from 1 to 1024; got "9999999999"']],
])('the size %j', (text, value, problems) => {
  expect(reading(text, reader => reader.wholeNumber('cu-size', { least: 1, most: 1024 }))).toEqual({
    value,
    problems,
  })
})

test('whatever an id input contains, what is accepted stays one part of a path', () => {
  const name: InputName = 'backup-id'
  const anyId = fc.oneof(fc.string(), fc.stringMatching(/^[./\\a %]{0,4}$/))
  fc.assert(
    fc.property(anyId, text => {
      const { value, problems } = reading(text, reader => reader.optionalId(name))
      if (value === undefined || problems.length > 0) return
      const { pathname } = new URL(`https://host/v2/${encodeURIComponent(value)}/end`)
      expect(pathname.split('/')).toHaveLength(4)
      expect(decodeURIComponent(pathname.split('/')[2] ?? '')).toBe(value)
    }),
  )
})
