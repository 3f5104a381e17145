import { describe, expect, test } from 'vitest'
import { parseMappings } from '../../src/collections/mappings.ts'
import { partsOf } from '../../src/collections/parts.ts'
import { openRestores } from '../../src/collections/restores.ts'
import { OperationFailed, TimedOut } from '../../src/errors.ts'
import { openReport } from '../../src/report.ts'
import type { Step } from '../../src/step.ts'
import { decodeBackup } from '../../src/zilliz/decode.ts'

const clusterId = 'in01-a'

/** What a restore of these lines makes of a backup that lists that. */
async function prepare(lines: string, listed: object) {
  const published: Record<string, unknown[]> = {}
  const warnings: string[] = []
  const step = {
    clock: { elapsed: () => 0 },
    report: openReport(),
    warning: (text: string) => void warnings.push(text),
    publish: () => {},
    publishList(name: string, items: readonly unknown[]) {
      published[name] = [...(published[name] ?? []), items]
    },
  } as unknown as Step
  const backup = decodeBackup({ backupId: 'b1', status: 'AVAILABLE', ...listed })
  const mappings = (await parseMappings(lines, () => {})) ?? []
  const parts = await partsOf({ clusterId, mappings, collectionStatus: 'LOADED' }, step, {
    backup,
    clusterId: 'in01-b',
  })
  return { parts, step, warnings, published }
}

const sales = {
  dbCollections: [{ dbName: 'sales', collections: [{ collectionName: 'a' }, { collectionName: 'b' }] }],
}

test('one request for each collection', async () => {
  const { parts, warnings } = await prepare('sales.a\nsales.b -> x.c', sales)
  expect(parts.map(({ what }) => what)).toHaveLength(2)
  expect(parts.map(({ change }) => change.path)).toEqual(
    Array(2).fill('/v2/clusters/in01-a/backups/b1/restoreCollection'),
  )
  expect(parts[1]?.collection).toEqual({
    from: { database: 'sales', collection: 'b' },
    to: { database: 'x', collection: 'c' },
    status: 'LOADED',
  })
  expect(warnings).toEqual([])
})

test.each([{}, { collections: [{ collectionName: 'a' }] }])(
  '* of a backup that lists nothing by database, %j, is the one request without a list, with a warning (F36)',
  async listed => {
    const { parts, warnings, step, published } = await prepare('*', listed)
    expect(parts).toMatchObject([
      { what: 'everything', collection: undefined, change: { body: { destClusterId: 'in01-b' } } },
    ])
    expect(warnings).toEqual([
      'The service does not list what backup b1 holds by database, so everything is restored with one request. Its collections arrive unloaded.',
    ])
    openRestores(step, parts)
    expect(published.collections).toEqual([[]])
  },
)

describe('the output `collections` is kept up to date', () => {
  const entry = (collection: string, more: object) => ({
    database: 'sales',
    collection,
    targetDatabase: 'sales',
    targetCollection: collection,
    ...more,
  })

  test('from the very first, each state by its word', async () => {
    const { parts, step, published } = await prepare('sales.a\nsales.b', sales)
    const restores = openRestores(step, parts)
    restores.set(0, { status: 'started', jobId: 'job-1' })
    restores.set(1, { status: 'unknown', why: 'cut.' })
    restores.set(0, { status: 'succeeded', jobId: 'job-1' })
    expect(published.collections).toEqual([
      [entry('a', { status: 'not-started' }), entry('b', { status: 'not-started' })],
      [entry('a', { status: 'started', jobId: 'job-1' }), entry('b', { status: 'not-started' })],
      [entry('a', { status: 'started', jobId: 'job-1' }), entry('b', { status: 'unknown' })],
      [entry('a', { status: 'succeeded', jobId: 'job-1' }), entry('b', { status: 'unknown' })],
    ])
    expect(published.jobIds?.at(-1)).toEqual(['job-1'])
  })

  test('of very many not after each, but all at the end', async () => {
    const collections = Array.from({ length: 500 }, (_, index) => ({ collectionName: `c${index}` }))
    const { parts, step, published } = await prepare('*', {
      dbCollections: [{ dbName: 'sales', collections }],
    })
    const restores = openRestores(step, parts)
    for (const index of parts.keys()) restores.set(index, { status: 'started', jobId: `job-${index}` })
    restores.publishAll()
    expect(published.collections?.length).toBeLessThan(110)
    expect(published.jobIds?.at(-1)).toHaveLength(500)
  })
})

test('a sentence for each that failed, was refused or is unknown; an error says them too', async () => {
  const { parts, step } = await prepare('sales.a\nsales.b', sales)
  const restores = openRestores(step, parts)
  const cause = new TimedOut('Timed out after 1m.')
  expect(restores.failures()).toEqual([])
  expect(restores.withFailures(cause)).toBe(cause)
  restores.set(0, { status: 'failed', jobId: 'job-1', why: 'Job job-1: FAILED…', whole: 'FAILED at last' })
  restores.set(1, { status: 'refused', why: 'Could not restore b.' })
  expect(restores.started()).toEqual([{ index: 0, jobId: 'job-1', what: parts[0]?.what }])
  expect(restores.named('refused')).toEqual([parts[1]?.what])
  const reasons = [
    { of: 'sales.a', text: 'Job job-1: FAILED…', whole: 'FAILED at last' },
    { of: 'sales.b', text: 'Could not restore b.', whole: undefined },
  ]
  expect(restores.failures()).toEqual(reasons)
  const timedOut = restores.withFailures(cause)
  expect(timedOut).toBeInstanceOf(TimedOut)
  expect(timedOut).toMatchObject({
    message: 'Timed out after 1m.\nsales.a: Job job-1: FAILED…\nsales.b: Could not restore b.',
    parts: { reasons },
  })
  expect(restores.withFailures(new OperationFailed('x'))).toBeInstanceOf(OperationFailed)
})
