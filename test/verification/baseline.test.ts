import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Verify } from '../../src/operations/verify.ts'
import { useStepFiles } from '../github/step-files.ts'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { picture } from './pictures.ts'

const step = useStepFiles()
const common: Inputs = { operation: 'verify', 'api-key': 'key-123456', 'target-cluster': 'copy' }
const whole = picture('sales.orders', { aliases: ['live'] })

/** A file of the runner's temp folder. */
function written(content: unknown): string {
  const path = join(step.temp, 'zilliz-cloud-abc', 'receipt.json')
  mkdirSync(join(step.temp, 'zilliz-cloud-abc'), { recursive: true })
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const read = async (baseline: string) => ((await parse({ ...common, baseline })) as Verify).baseline

test('a receipt says of which cluster it is, the output alone does not', async () => {
  const receipt = {
    operation: 'verify',
    status: 'succeeded',
    clusterId: 'in01-a',
    verifiedCollections: [whole],
  }
  expect(await read(written(receipt))).toEqual({ clusterId: 'in01-a', pictures: [whole] })
  expect(await read(JSON.stringify([whole]))).toEqual({ clusterId: undefined, pictures: [whole] })
})

test('so does the receipt of a restore that was verified', async () => {
  const receipt = { operation: 'restore-cluster', status: 'succeeded', clusterId: 'in01-b' }
  expect(await read(written({ ...receipt, verifiedCollections: [] }))).toEqual({
    clusterId: 'in01-b',
    pictures: [],
  })
})

test('a file with the output alone', async () => {
  expect(await read(written([whole]))).toEqual({ clusterId: undefined, pictures: [whole] })
})

test('what a later version adds to an entry does not matter', async () => {
  expect((await read(JSON.stringify([{ ...whole, indexes: [] }])))?.pictures).toHaveLength(1)
})

const expected = 'baseline: expected the path of the receipt of a verify, or its output verifiedCollections;'

test.each([
  null,
  1,
  {},
  { ...whole, database: '' },
  { ...whole, collection: 1 },
  { ...whole, loadState: undefined },
  { ...whole, entities: -1 },
  { ...whole, entities: 1.5 },
  { ...whole, entities: '10' },
  { ...whole, entities: 2 ** 53 },
  { ...whole, exact: 'true' },
  { ...whole, fields: undefined },
  { ...whole, fields: [1] },
  { ...whole, aliases: 'live' },
])('%j is no entry', async entry => {
  const path = written({ status: 'succeeded', verifiedCollections: [whole, entry] })
  expect(await problemsOf({ ...common, baseline: path })).toEqual([
    `${expected} ${JSON.stringify(path)} has an entry 2 that is not one of verifiedCollections`,
  ])
})

describe('what is no receipt of a verify', () => {
  test.each<[unknown, string]>([
    ['', 'is not valid JSON'],
    ['null', 'is neither a receipt nor a JSON array'],
    ['1', 'is neither a receipt nor a JSON array'],
    ['{}', 'has no verifiedCollections: it is not the receipt of a verify'],
    [
      { status: 'succeeded', verifiedCollections: {} },
      'has no verifiedCollections: it is not the receipt of a verify',
    ],
    ...['failed', 'timed-out', 'cancelled', undefined].map(
      status =>
        [
          { status, verifiedCollections: [] },
          'is the receipt of a step that did not succeed, so it may not show everything',
        ] as [unknown, string],
    ),
  ])('%j', async (content, problem) => {
    const path = written(content)
    expect(await problemsOf({ ...common, baseline: path })).toEqual([
      `${expected} ${JSON.stringify(path)} ${problem}`,
    ])
  })
})

test('a long value is cut in its problem', async () => {
  const [problem = ''] = await problemsOf({ ...common, baseline: `[${'"x",'.repeat(1_000)}` })
  expect(problem.length).toBeLessThan(400)
})
