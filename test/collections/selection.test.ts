import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseBackupCollections } from '../../src/collections/selection.ts'

async function parse(text: string) {
  const problems: string[] = []
  const parsed = await parseBackupCollections(text, problem => problems.push(problem))
  return { parsed, problems }
}

test.each([
  ['medium_articles', 'default', ['medium_articles']],
  ['sales.orders', 'sales', ['orders']],
  ['default.a\nb', 'default', ['a', 'b']],
  ['  a  \n\n\t# a comment\n#b\r\nc\rd', 'default', ['a', 'c', 'd']],
  ['sales.orders\nsales.items\n', 'sales', ['orders', 'items']],
  // Commas separate as line ends do; after one # skips the rest of the line.
  ['a, b,,c\nd', 'default', ['a', 'b', 'c', 'd']],
  ['a, # b, c\nd', 'default', ['a', 'd']],
  ['# a, b\nc', 'default', ['c']],
  ['sales.$_1', 'sales', ['$_1']],
  ['a'.repeat(255), 'default', ['a'.repeat(255)]],
  ['[{"collectionNames":["订单","#1","1"]}]', 'default', ['订单', '#1', '1']],
  ['[{"collectionNames":["a"]}]', 'default', ['a']],
  ['[{"dbName":"","collectionNames":["a"]}]', 'default', ['a']],
  [
    '[{"dbName":"s","collectionNames":["a","b"]},{"dbName":"s","collectionNames":["c"]}]',
    's',
    ['a', 'b', 'c'],
  ],
  ['[ {"dbName":"s",\n"collectionNames":["a.b c"]} ]', 's', ['a.b c']],
])('%j is accepted', async (text, database, collections) => {
  expect(await parse(text)).toEqual({ parsed: { database, collections }, problems: [] })
})

const notALine = 'expected a collection or database.collection; it'
const forRestores = `${notALine} has an arrow or *, which are for restores`
const notAscii = 'a name is ASCII letters, digits, _ and $. Other names can be given as JSON'
const notAnEntry = 'expected {"dbName": text, "collectionNames": [at least one name]}'

test.each([
  ['a -> b', [`line 1 "a -> b": ${forRestores}`]],
  ['x\nsales.*', [`line 2 "sales.*": ${forRestores}`]],
  ['*', [`line 1 "*": ${forRestores}`]],
  ['a.b.c', [`line 1 "a.b.c": ${notALine} has more than one dot. Such names can be given as JSON`]],
  [
    '.a',
    [`line 1 ".a": ${notALine} has an empty name before the dot: for the database default leave the dot out`],
  ],
  ['.', [`line 1 ".": ${notALine} has an empty name`]],
  ['a.', [`line 1 "a.": ${notALine} has an empty name`]],
  ['a b', [`line 1 "a b": ${notALine} has blank; ${notAscii}`]],
  ['x, a b', [`line 1 "a b": ${notALine} has blank; ${notAscii}`]],
  ['a # b', [`line 1 "a # b": ${notALine} has blank; ${notAscii}`]],
  ['sales.#1', [`line 1 "sales.#1": ${notALine} has "#"; ${notAscii}`]],
  ['a-b', [`line 1 "a-b": ${notALine} has "-"; ${notAscii}`]],
  ['订单', [`line 1 "订单": ${notALine} has U+8BA2; ${notAscii}`]],
  ['a\u200b', [`line 1 "a\\u200b": ${notALine} has U+200B; ${notAscii}`]],
  ['\u0455ales.a', [`line 1 "\u0455ales.a": ${notALine} has U+0455; ${notAscii}`]],
  ['"a"', [`line 1 "\\"a\\"": ${notALine} has """; ${notAscii}`]],
  ['x\n1a', [`line 2 "1a": ${notALine} has a name that begins with "1". Such names can be given as JSON`]],
  [
    'a'.repeat(256),
    [
      `line 1 "${'a'.repeat(100)}…": ${notALine} has a name longer than 255 characters. Such names can be given as JSON`,
    ],
  ],
  ['a*\n\n# c\n b> ', [`line 1 "a*": ${forRestores}`, `line 4 "b>": ${notALine} has ">"; ${notAscii}`]],
  ['# only a comment', ['expected at least one collection; got none']],
  ['[]', ['expected at least one collection; got none']],
  ['[{"collectionNames":[]}]', [`entry 1: ${notAnEntry}`]],
  // An entry without collections would vanish without a word, its database too.
  [
    '[{"dbName":"sales","collectionNames":["a"]},{"dbName":"hr","collectionNames":[]}]',
    [`entry 2: ${notAnEntry}`],
  ],
  ['a\ndefault.a', ['line 2 "default.a": default.a is given already in line 1 "a"']],
  [
    'a\nsales.b\narchive.c',
    ['a backup takes collections of one database only; these are of default and sales and archive'],
  ],
  [
    '[{"dbName":"s","collectionNames":["a"]},{"dbName":"s","collectionNames":["a"]}]',
    ['entry 2: s.a is given already in entry 1'],
  ],
  [
    '[{"dbName":"a","collectionNames":["b.c"]},{"dbName":"a.b","collectionNames":["c"]}]',
    ['a backup takes collections of one database only; these are of a and a.b'],
  ],
  [
    '[{"dbName":"s\u200b","collectionNames":["a"]},{"dbName":"s","collectionNames":["a"]}]',
    ['a backup takes collections of one database only; these are of s\\u200b and s'],
  ],
  [
    '[{"collectionNames":["a\\n\u00a0b","a\\n\u00a0b"]}]',
    ['entry 1: default.a\\n\\u00a0b is given already in entry 1'],
  ],
  ['[{"dbName":"s","collectionNames":["a","a"]}]', ['entry 1: s.a is given already in entry 1']],
  ['[{"dbName":7,"collectionNames":["a"]}]', [`entry 1: ${notAnEntry}`]],
  ['[{"dbName":null,"collectionNames":["a"]}]', [`entry 1: ${notAnEntry}`]],
  ['[{"dbName":"s"}]', [`entry 1: ${notAnEntry}`]],
  ['[{"collectionNames":"a"}]', [`entry 1: ${notAnEntry}`]],
  ['[{"collectionNames":["a"," "]}]', [`entry 1: ${notAnEntry}`]],
  [
    '[{"collectionNames":[1]},{"collectionNames":["b",{}]}]',
    [`entry 1: ${notAnEntry}`, `entry 2: ${notAnEntry}`],
  ],
  ['["a"]', ['entry 1: expected an object of dbName, collectionNames; got no object']],
  ['[["a"]]', ['entry 1: expected an object of dbName, collectionNames; got no object']],
  ['[null]', ['entry 1: expected an object of dbName, collectionNames; got no object']],
  [
    '[{"db":"s","collectionNames":["a"],"x":1}]',
    ['entry 1: expected an object of dbName, collectionNames; got unknown field "db", "x"'],
  ],
  [
    '[{"__proto__":{},"collectionNames":["a"]}]',
    ['entry 1: expected an object of dbName, collectionNames; got unknown field "__proto__"'],
  ],
])('%j is refused', async (text, problems) => {
  expect(await parse(text)).toEqual({ parsed: undefined, problems })
})

test('what begins with [ and is no JSON says so', async () => {
  const { parsed, problems } = await parse('[{"dbName":')
  expect(parsed).toBeUndefined()
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(/^begins with \[ but is not valid JSON/)
})

test('more than one database and a name given twice are reported together', async () => {
  expect((await parse('a\na\ns.b')).problems).toEqual([
    'line 2 "a": default.a is given already in line 1 "a"',
    'a backup takes collections of one database only; these are of default and s',
  ])
})

const name = fc.stringMatching(/^[A-Za-z_]\w{0,10}$/)
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 8 })

test('whatever is accepted is the same again when it is written out, as lines and as JSON', async () => {
  await fc.assert(
    fc.asyncProperty(name, names, async (database, collections) => {
      const expected = { parsed: { database, collections }, problems: [] }
      expect(await parse(collections.map(each => `${database}.${each}`).join('\n'))).toEqual(expected)
      expect(await parse(JSON.stringify([{ dbName: database, collectionNames: collections }]))).toEqual(
        expected,
      )
    }),
  )
})

const piece = fc.oneof(
  fc.constantFrom('a', 'sales', '.', '.', '\n', '\r', ' ', '->', '*', '#', '[', ']', '{', '}', '"', ',', ':'),
  fc.constantFrom('"dbName"', '"collectionNames"', 'null', '\u2028', '\u0000', '\ud800'),
  fc.string({ maxLength: 3 }),
)
const anyText = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.json({ maxDepth: 3 }).map(json => `[${json}]`),
)

test('any text is either accepted or a problem, and never both', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async text => {
      const { parsed, problems } = await parse(text)
      expect(parsed === undefined).toBe(problems.length > 0)
      if (parsed === undefined) return
      expect(parsed.collections.length).toBeGreaterThan(0)
      expect(new Set(parsed.collections).size).toBe(parsed.collections.length)
      expect(
        (await parse(JSON.stringify([{ dbName: parsed.database, collectionNames: parsed.collections }])))
          .parsed,
      ).toEqual(parsed)
    }),
    { numRuns: 2_000 },
  )
})
