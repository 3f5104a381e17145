import { describe, expect, test } from 'vitest'
import { rememberSecret } from '../../src/secrets.ts'
import {
  type NamedCollection,
  type RestoreEntry,
  readBackupEntries,
  readRestoreEntries,
} from '../../src/zilliz/db-collections.ts'

/** What one of the readers gives for a value, and the problems it reports. */
function readWith<T>(reader: (json: string, problems: string[]) => T[], value: unknown) {
  const problems: string[] = []
  const json = typeof value === 'string' ? value : JSON.stringify(value)
  return { entries: reader(json, problems), problems }
}

describe('entries of a backup', () => {
  const read = (value: unknown) => readWith(readBackupEntries, value)
  const named = (line: string, database: string, collection: string): NamedCollection => ({
    line,
    name: { database, collection },
  })

  test.each<[unknown, NamedCollection[]]>([
    [[], []],
    [
      [
        { dbName: 'sales', collectionNames: ['orders', 'items'] },
        { dbName: '', collectionNames: ['a'] },
        { collectionNames: ['b'] },
      ],
      [
        named('entry 1', 'sales', 'orders'),
        named('entry 1', 'sales', 'items'),
        named('entry 2', 'default', 'a'),
        named('entry 3', 'default', 'b'),
      ],
    ],
  ])('%j is read, with the default database where there is none', (value, entries) => {
    expect(read(value)).toEqual({ entries, problems: [] })
  })

  const expected = '{"dbName": text, "collectionNames": [at least one name]}'

  test.each<[unknown, string]>([
    [{ dbName: 1, collectionNames: ['a'] }, `expected ${expected}`],
    [{ dbName: null, collectionNames: ['a'] }, `expected ${expected}`],
    [{ dbName: 's' }, `expected ${expected}`],
    [{ dbName: 'hr', collectionNames: [] }, `expected ${expected}`],
    [{ collectionNames: 'a' }, `expected ${expected}`],
    [{ collectionNames: ['a', 1] }, `expected ${expected}`],
    [{ collectionNames: [' '] }, `expected ${expected}`],
    [
      { collectionNames: ['a'], collections: [], x: 1 },
      'expected an object of dbName, collectionNames; got unknown field "collections", "x"',
    ],
    [['a'], 'expected an object of dbName, collectionNames; got no object'],
    [null, 'expected an object of dbName, collectionNames; got no object'],
    ['a', 'expected an object of dbName, collectionNames; got no object'],
  ])('%j is a problem, and the others are read', (entry, problem) => {
    const good = { collectionNames: ['good'] }
    expect(read([good, entry, good])).toEqual({
      entries: [named('entry 1', 'default', 'good'), named('entry 3', 'default', 'good')],
      problems: [`entry 2: ${problem}`],
    })
  })
})

describe('entries of a restore', () => {
  const read = (value: unknown) => readWith(readRestoreEntries, value)
  const noCollections = (line: string) =>
    `has no collections, which must not be taken for the whole database. Name them, or give the line ${line} instead of JSON`

  test.each<[unknown, RestoreEntry[]]>([
    [[], []],
    [
      [{ dbName: '', destDbName: '', collections: [{ collectionName: 'a' }] }],
      [
        {
          line: 'entry 1, collection 1',
          database: 'default',
          destDatabase: undefined,
          collection: { name: 'a', destName: undefined, status: undefined },
        },
      ],
    ],
    [
      [
        {
          dbName: 'sales',
          collections: [
            { collectionName: 'orders', destCollectionName: 'orders_2', destCollectionStatus: 'LOADED' },
            { collectionName: 'items', destCollectionName: '', destCollectionStatus: 'unloaded' },
          ],
        },
      ],
      [
        {
          line: 'entry 1, collection 1',
          database: 'sales',
          destDatabase: undefined,
          collection: { name: 'orders', destName: 'orders_2', status: 'LOADED' },
        },
        {
          line: 'entry 1, collection 2',
          database: 'sales',
          destDatabase: undefined,
          collection: { name: 'items', destName: undefined, status: 'UNLOADED' },
        },
      ],
    ],
  ])('%j is read', (value, entries) => {
    expect(read(value)).toEqual({ entries, problems: [] })
  })

  test.each<[unknown, string]>([
    [{ dbName: 1 }, 'entry 1: expected dbName and destDbName to be text'],
    [{ destDbName: {} }, 'entry 1: expected dbName and destDbName to be text'],
    [{ dbName: 'sales', destDbName: 'copy' }, `entry 1: ${noCollections('sales.* -> copy.*')}`],
    [{ dbName: 'sales' }, `entry 1: ${noCollections('sales.*')}`],
    [{}, `entry 1: ${noCollections('default.*')}`],
    [{ collections: [] }, `entry 1: ${noCollections('default.*')}`],
    [{ collections: null }, `entry 1: ${noCollections('default.*')}`],
    [{ collections: { collectionName: 'a' } }, 'entry 1: expected collections to be an array of objects'],
    [
      { 'a\u200b\n': 1 },
      'entry 1: expected an object of dbName, destDbName, collections; got unknown field "a\\u200b\\n"',
    ],
    [
      { collectionNames: ['a'] },
      'entry 1: expected an object of dbName, destDbName, collections; got unknown field "collectionNames"',
    ],
    [7, 'entry 1: expected an object of dbName, destDbName, collections; got no object'],
  ])('%j is a problem', (entry, problem) => {
    expect(read([entry])).toEqual({ entries: [], problems: [problem] })
  })

  test.each<[unknown]>([
    ['orders'],
    [null],
    [{}],
    [{ collectionName: ' ' }],
    [{ collectionName: 'orders', destCollectionName: 1 }],
    [{ collectionName: 'orders', destCollectionStatus: 'RELEASED' }],
    [{ collectionName: 'orders', destCollectionStatus: null }],
    [{ collectionName: 'orders', status: 'LOADED' }],
  ])('the collection %j is a problem, and the others are read', item => {
    const { entries, problems } = read([{ collections: [item, { collectionName: 'good' }] }])
    expect(entries.map(({ line, collection }) => [line, collection.name])).toEqual([
      ['entry 1, collection 2', 'good'],
    ])
    expect(problems).toEqual([
      'entry 1, collection 1: expected {"collectionName": text, "destCollectionName": text, "destCollectionStatus": "LOADED" or "UNLOADED"}, the last two optional',
    ])
  })
})

const readers: ((json: string, problems: string[]) => unknown[])[] = [readBackupEntries, readRestoreEntries]

test.each(readers)('%o reports text that is not JSON', reader => {
  const { entries, problems } = readWith(reader, '[{"dbName": ')
  expect(entries).toEqual([])
  expect(problems).toEqual([expect.stringMatching(/^begins with \[ but is not valid JSON/)])
  const [shown] = readWith(reader, '[\u200b').problems
  expect(shown).toContain('\\u200b')
  // What the parser quotes is cut, and a cut secret is not recognized.
  rememberSecret('key-0123456789-abcdef')
  const [secret] = readWith(reader, `[${' '.repeat(60)}key-0123456789-abcdef`).problems
  expect(secret).not.toContain('key-')
})
