import fc from 'fast-check'
import { expect, test } from 'vitest'
import { problemsIntoSource } from '../../src/collections/into-source.ts'
import type { Mapping } from '../../src/collections/mapping.ts'
import { parseMappings } from '../../src/collections/mappings.ts'

async function parse(text: string) {
  const problems: string[] = []
  const parsed = await parseMappings(text, problem => problems.push(problem))
  return { parsed, problems }
}

/** Whether the line gives the destination, and which status. */
interface More {
  explicit: boolean
  status?: 'LOADED' | 'UNLOADED'
}

const explicit: More = { explicit: true }
const implicit: More = { explicit: false }

/** @param names source and destination, such as `sales.orders -> sales.copy` */
function collection(line: string, names: string, more: More) {
  const [from, to] = names.split(' -> ').map(name => {
    const [database = '', collection = ''] = name.split('.')
    return { database, collection }
  })
  return { kind: 'collection', line, from, to, ...more }
}

function database(line: string, names: string, more: More) {
  const [from, to] = names.split(' -> ')
  return { kind: 'database', line, from, to, ...more }
}

test.each([
  ['orders', [collection('line 1 "orders"', 'default.orders -> default.orders', implicit)]],
  ['sales.orders', [collection('line 1 "sales.orders"', 'sales.orders -> sales.orders', implicit)]],
  [
    'sales.orders -> staging.orders_copy',
    [
      collection(
        'line 1 "sales.orders -> staging.orders_copy"',
        'sales.orders -> staging.orders_copy',
        explicit,
      ),
    ],
  ],
  ['sales.orders->copy', [collection('line 1 "sales.orders->copy"', 'sales.orders -> sales.copy', explicit)]],
  ['orders -> copy', [collection('line 1 "orders -> copy"', 'default.orders -> default.copy', explicit)]],
  ['a -> s.a', [collection('line 1 "a -> s.a"', 'default.a -> s.a', explicit)]],
  ['a -> a', [collection('line 1 "a -> a"', 'default.a -> default.a', explicit)]],
  ['sales.*', [database('line 1 "sales.*"', 'sales -> sales', implicit)]],
  ['sales.* -> staging.*', [database('line 1 "sales.* -> staging.*"', 'sales -> staging', explicit)]],
  ['*', [{ kind: 'everything', line: 'line 1 "*"' }]],
  [
    '# all of it\r\n\r\n  sales.* \r\n  orders -> x',
    [
      database('line 3 "sales.*"', 'sales -> sales', implicit),
      collection('line 4 "orders -> x"', 'default.orders -> default.x', explicit),
    ],
  ],
  [
    'a -> b\nb -> a',
    [
      collection('line 1 "a -> b"', 'default.a -> default.b', explicit),
      collection('line 2 "b -> a"', 'default.b -> default.a', explicit),
    ],
  ],
  // A dispatched workflow's text box has one line.
  [
    'orders -> x, sales.*, # the rest, not read',
    [
      collection('line 1 "orders -> x"', 'default.orders -> default.x', explicit),
      database('line 1 "sales.*"', 'sales -> sales', implicit),
    ],
  ],
  [
    '[{"dbName":"","destDbName":"","collections":[{"collectionName":"a"}]}]',
    [collection('entry 1, collection 1', 'default.a -> default.a', implicit)],
  ],
  [
    '[{"dbName":"s","destDbName":"t","collections":[{"collectionName":"a","destCollectionName":"b","destCollectionStatus":"unloaded"},{"collectionName":"c"}]}]',
    [
      collection('entry 1, collection 1', 's.a -> t.b', { explicit: true, status: 'UNLOADED' }),
      collection('entry 1, collection 2', 's.c -> t.c', implicit),
    ],
  ],
  [
    '[{"collections":[{"collectionName":"a","destCollectionName":"","destCollectionStatus":"LOADED"}]}]',
    [collection('entry 1, collection 1', 'default.a -> default.a', { explicit: false, status: 'LOADED' })],
  ],
])('%j is accepted', async (text, mappings) => {
  expect(await parse(text)).toEqual({ parsed: mappings, problems: [] })
})

const form =
  'expected collection, database.collection, database.* or *, and after an arrow the new name, for database.* of the form database.*'
const ascii = 'a name is ASCII letters, digits, _ and $. Other names can be given as JSON'
const json = 'Such names can be given as JSON'
const digit = (digit: string) => `has a name that begins with "${digit}". ${json}`
const item =
  'expected {"collectionName": text, "destCollectionName": text, "destCollectionStatus": "LOADED" or "UNLOADED"}, the last two optional'
const noCollections = (line: string) =>
  `has no collections, which must not be taken for the whole database. Name them, or give the line ${line} instead of JSON`
const fields = 'expected an object of dbName, destDbName, collections'

test.each([
  ['a b', [`line 1 "a b": ${form}; it has blank; ${ascii}`]],
  ['a ->', [`line 1 "a ->": ${form}; it has a destination that has an empty name`]],
  ['-> a', [`line 1 "-> a": ${form}; it has an empty name`]],
  ['a -> b -> c', [`line 1 "a -> b -> c": ${form}; it has more than one arrow`]],
  ['a.b.c', [`line 1 "a.b.c": ${form}; it has more than one dot. ${json}`]],
  ['a -> b.c.d', [`line 1 "a -> b.c.d": ${form}; it has a destination that has more than one dot. ${json}`]],
  [
    '.a',
    [`line 1 ".a": ${form}; it has an empty name before the dot: for the database default leave the dot out`],
  ],
  [
    's.a -> .b',
    [
      `line 1 "s.a -> .b": ${form}; it has a destination that has an empty name before the dot: for the database s leave the dot out`,
    ],
  ],
  [
    'a'.repeat(256),
    [`line 1 "${'a'.repeat(100)}…": ${form}; it has a name longer than 255 characters. ${json}`],
  ],
  ['* -> s.*', [`line 1 "* -> s.*": ${form}; it has an arrow after *`]],
  [
    'sales.* -> staging',
    [`line 1 "sales.* -> staging": ${form}; it has a destination that is not of the form database.*`],
  ],
  [
    'sales.orders -> staging.*',
    [`line 1 "sales.orders -> staging.*": ${form}; it has a destination that has "*"; ${ascii}`],
  ],
  ['sales.ord*', [`line 1 "sales.ord*": ${form}; it has "*"; ${ascii}`]],
  ['.*', [`line 1 ".*": ${form}; it has an empty name`]],
  ['a.b.*', [`line 1 "a.b.*": ${form}; it has "."; ${ascii}`]],
  ['a.* -> b.c.*', [`line 1 "a.* -> b.c.*": ${form}; it has "."; ${ascii}`]],
  ['a -> b-c', [`line 1 "a -> b-c": ${form}; it has a destination that has "-"; ${ascii}`]],
  ['a -> s.1', [`line 1 "a -> s.1": ${form}; it has a destination that ${digit('1')}`]],
  ['s.* -> 7.*', [`line 1 "s.* -> 7.*": ${form}; it ${digit('7')}`]],
  ['a\u200b -> b', [`line 1 "a\\u200b -> b": ${form}; it has U+200B; ${ascii}`]],
  [' [.!', [expect.stringMatching(/^begins with \[ but is not valid JSON/)]],
  ['# x\n[{}]', [`line 2 "[{}]": ${form}; it has "["; ${ascii}`]],
  ['# x\n[s.*', [`line 2 "[s.*": ${form}; it has "["; ${ascii}`]],
  [
    'x\n\n*.*\ny y',
    [`line 3 "*.*": ${form}; it has "*"; ${ascii}`, `line 4 "y y": ${form}; it has blank; ${ascii}`],
  ],
  ['#', ['expected at least one collection; got none']],
  ['[]', ['expected at least one collection; got none']],
  ['[{}]', [`entry 1: ${noCollections('default.*')}`]],
  ['[{"dbName":"s"}]', [`entry 1: ${noCollections('s.*')}`]],
  ['[{"dbName":"s","destDbName":"t"}]', [`entry 1: ${noCollections('s.* -> t.*')}`]],
  ['[{"dbName":"s\u200b"}]', [`entry 1: ${noCollections('s\\u200b.*')}`]],
  ['[{"collections":[]}]', [`entry 1: ${noCollections('default.*')}`]],
  ['[{"collections":null}]', [`entry 1: ${noCollections('default.*')}`]],
  ['[{"collections":"a"}]', ['entry 1: expected collections to be an array of objects']],
  ['[{"dbName":1}]', ['entry 1: expected dbName and destDbName to be text']],
  ['[{"dbName":"s","destDbName":null}]', ['entry 1: expected dbName and destDbName to be text']],
  ['[{"targetDbName":"s"}]', [`entry 1: ${fields}; got unknown field "targetDbName"`]],
  ['[1]', [`entry 1: ${fields}; got no object`]],
  ['[{"collections":["a"]}]', [`entry 1, collection 1: ${item}`]],
  ['[{"collections":[{"collectionName":""}]}]', [`entry 1, collection 1: ${item}`]],
  ['[{"collections":[{"collectionName":"a","description":"x"}]}]', [`entry 1, collection 1: ${item}`]],
  ['[{"collections":[{"collectionName":"a","destCollectionName":1}]}]', [`entry 1, collection 1: ${item}`]],
  [
    '[{"collections":[{"collectionName":"a"}]},{"dbName":"s","collections":[{"collectionName":"a"},{"collectionName":"b","destCollectionStatus":"KEEP"}]}]',
    [`entry 2, collection 2: ${item}`],
  ],
])('%j is refused', async (text, problems) => {
  expect(await parse(text)).toEqual({ parsed: undefined, problems })
})

test.each([
  [
    'a\nb\ndefault.a',
    [
      'line 3 "default.a": default.a is given already in line 1 "a"',
      'line 3 "default.a": default.a is a destination already in line 1 "a"',
    ],
  ],
  ['a\na -> b', ['line 2 "a -> b": default.a is given already in line 1 "a"']],
  ['a -> x\nb -> x', ['line 2 "b -> x": default.x is a destination already in line 1 "a -> x"']],
  ['a\nb -> a', ['line 2 "b -> a": default.a is a destination already in line 1 "a"']],
  ['s.* -> x.*\nt.* -> x.*', ['line 2 "t.* -> x.*": x.* is a destination already in line 1 "s.* -> x.*"']],
  ['s.*\ns.* -> t.*', ['line 2 "s.* -> t.*": s.* is given already in line 1 "s.*"']],
  ['s.*\ns.a -> s.b', ['line 2 "s.a -> s.b": s.a is given already by line 1 "s.*"']],
  ['s.a\ns.*', ['line 1 "s.a": s.a is given already by line 2 "s.*"']],
  ['*\na', ['line 1 "*": * stands for everything in the backup; no other line can be combined with it']],
  [
    '[{"dbName":"s\u200b","collections":[{"collectionName":"a"},{"collectionName":"a","destCollectionName":"b"}]}]',
    ['entry 1, collection 2: s\\u200b.a is given already in entry 1, collection 1'],
  ],
])('%j overlaps', async (text, problems) => {
  expect(await parse(text)).toEqual({ parsed: undefined, problems })
})

test('a dot in a name makes no other name of it', async () => {
  const entries = (...names: [dbName: string, collectionName: string][]) =>
    JSON.stringify(names.map(([dbName, collectionName]) => ({ dbName, collections: [{ collectionName }] })))
  expect((await parse(entries(['a', 'b.c'], ['a.b', 'c']))).problems).toEqual([])
  expect((await parse(entries(['a', 'b'], ['a', '*']))).problems).toEqual([])
  const renamed =
    '[{"dbName":"a","destDbName":"a.b","collections":[{"collectionName":"b.c","destCollectionName":"c"}]}]'
  const moved = '[{"dbName":"a.b","destDbName":"a","collections":[{"collectionName":"b"}]}]'
  for (const text of [renamed, moved])
    expect(problemsIntoSource((await parse(text)).parsed ?? [])).toEqual([])
})

/** Of a name that a restore into the source cluster itself would keep. */
function problemOf(name: string): string {
  if (name === 'everything')
    return 'the target is the source cluster itself, and everything would keep its name. Name the collections, each with a new name (orders -> orders_restored) or, to keep it, with the arrow (orders -> orders, sales.* -> sales.*)'
  const other = name.endsWith('.*') ? 'restored.*' : `${name}_restored`
  return `the target is the source cluster itself, and ${name} would keep its name. Give it a new one (${name} -> ${other}) or say with the arrow that it is to keep it (${name} -> ${name})`
}

test.each([
  ['orders', ['default.orders']],
  ['orders -> orders', []],
  ['orders -> copy', []],
  ['orders -> s.orders', []],
  ['sales.*', ['sales.*']],
  ['sales.* -> sales.*', []],
  ['sales.* -> staging.*', []],
  ['*', ['everything']],
  ['a\nb -> b\ns.*\nt.* -> u.*\nc -> d', ['default.a', 's.*']],
  ['[{"collections":[{"collectionName":"a"}]}]', ['default.a']],
  ['[{"collections":[{"collectionName":"a","destCollectionName":"a"}]}]', []],
  ['[{"destDbName":"t","collections":[{"collectionName":"a"}]}]', []],
])('of %j these would keep their names without saying so', async (text, names) => {
  expect(problemsIntoSource((await parse(text)).parsed ?? [])).toEqual(names.map(problemOf))
})

function written(mapping: Mapping): string {
  if (mapping.kind === 'everything') return '*'
  const { from, to, explicit } = mapping
  if (typeof from === 'string') return explicit ? `${from}.* -> ${to}.*` : `${from}.*`
  const source = `${from.database}.${from.collection}`
  return explicit && typeof to !== 'string' ? `${source} -> ${to.database}.${to.collection}` : source
}

const piece = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    's',
    '.',
    '.',
    '.*',
    '\n',
    '\n',
    ' ',
    '->',
    ' -> ',
    '*',
    '#',
    '[',
    ']',
    '{}',
    '"',
  ),
  fc.constantFrom(
    '{"dbName":"s","collections":[{"collectionName":"b"}]}',
    '{"collections":[{"collectionName":"a"}]}',
    ',',
    '\u2028',
    '\u0000',
    '\ud800',
  ),
  fc.string({ maxLength: 3 }),
)

test('any text is accepted or a problem; what is accepted is the same when written out', async () => {
  const anyText = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map(parts => parts.join('')),
    fc.array(piece, { maxLength: 6 }).map(parts => `[${parts.join('')}]`),
  )
  await fc.assert(
    fc.asyncProperty(anyText, async text => {
      const { parsed, problems } = await parse(text)
      expect(parsed === undefined).toBe(problems.length > 0)
      if (parsed === undefined || text.trimStart().startsWith('[')) return
      const again = await parse(parsed.map(written).join('\n'))
      expect(again.problems).toEqual([])
      expect(again.parsed?.map(({ line, ...rest }) => rest)).toEqual(parsed.map(({ line, ...rest }) => rest))
    }),
    { numRuns: 2_000 },
  )
})
