import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { outputs, secretOutputs } from '../../src/contract.ts'
import { schemaProblems } from '../harness/receipt-schema.ts'
import { root } from './project-copy.ts'

const page = readFileSync(join(root, 'docs/receipt.md'), 'utf8')
const schema = JSON.parse(readFileSync(join(root, 'docs/receipt.schema.json'), 'utf8'))
const example = JSON.parse(/^```json\n(.*?)^```$/ms.exec(page)?.[1] ?? '')

const failed = { ...example, status: 'failed', error: 'Job job-1: FAILED.' }
const planned = { ...example, status: 'planned', plan: [] }
const restored = {
  ...example,
  operation: 'restore-collections',
  created: undefined,
  clusterId: 'in01-a',
  collections: [],
}
const entry = {
  database: 'sales',
  collection: 'orders',
  targetDatabase: 'sales',
  targetCollection: 'copy',
  jobId: 'job-1',
  status: 'started',
}

test.each([
  ['the example', example],
  ['a failure', failed],
  ['a failure with a plan', { ...failed, plan: [] }],
  ['an operation that does not exist, refused', { ...failed, operation: 'backup' }],
  ['no operation, refused', { ...failed, operation: '' }],
  ['a dry run', { ...planned, plan: [{ method: 'POST', path: '/v2/x', body: {} }] }],
  [
    'restored collections',
    { ...restored, collections: [entry, { ...entry, jobId: undefined, status: 'unknown' }] },
  ],
  ['a backup of collections', { ...example, collections: [{ database: 'sales', collection: 'orders' }] }],
  ['no runner', { ...example, repository: undefined, runUrl: undefined }],
])('the schema accepts %s', (_, receipt) => {
  expect(schemaProblems(asWritten(receipt))).toEqual([])
})

test.each([
  [
    'a field that is not declared',
    { ...example, cost: 1 },
    'must NOT have additional properties {"additionalProperty":"cost"}',
  ],
  [
    'a password',
    { ...example, password: 'p' },
    'must NOT have additional properties {"additionalProperty":"password"}',
  ],
  [
    'its own path',
    { ...example, receipt: '/tmp/r' },
    'must NOT have additional properties {"additionalProperty":"receipt"}',
  ],
  ['no end', { ...example, finishedAt: undefined }, "must have required property 'finishedAt'"],
  ['another time', { ...example, startedAt: '2026-03-01' }, '/startedAt must match pattern'],
  ['a number as text', { ...example, backupSize: '1' }, '/backupSize must be number'],
  ['null', { ...example, backupName: null }, '/backupName must be string'],
  ['an empty text', { ...example, backupId: '' }, '/backupId must NOT have fewer than 1 characters'],
  ['another status', { ...example, status: 'done' }, '/status must be equal to one of the allowed values'],
  ['a failure without an error', { ...example, status: 'timed-out' }, "must have required property 'error'"],
  ['a success with an error', { ...example, error: 'no' }, '/error boolean schema is false'],
  ['a success of no operation', { ...example, operation: 'backup' }, '/operation must be equal to one of'],
  [
    'a success that shows nothing',
    { ...example, backupId: undefined },
    "must have required property 'backupId'",
  ],
  ["another operation's output", { ...example, clusterId: 'in01-a' }, '/clusterId boolean schema is false'],
  [
    'jobs without a first one',
    { ...example, jobId: undefined },
    'must have property jobId when property jobIds',
  ],
  ['no jobs at all', { ...example, jobIds: [] }, '/jobIds must NOT have fewer than 1 items'],
  ['a dry run without a plan', { ...planned, plan: undefined }, "must have required property 'plan'"],
  ['a real run with a plan', { ...example, plan: [] }, '/plan boolean schema is false'],
  [
    'a read as a plan',
    { ...planned, plan: [{ method: 'GET', path: '/v2/x' }] },
    '/plan/0/method must be equal to',
  ],
  ['a dry run of a list', { ...planned, operation: 'list-backups' }, '/operation must be equal to one of'],
  [
    'a list that is not waited for',
    { ...example, status: 'started', operation: 'list-backups' },
    '/operation must be',
  ],
  [
    'a collection without its job',
    { ...restored, collections: [{ ...entry, jobId: undefined }] },
    "property 'jobId'",
  ],
  [
    'a collection with another job',
    { ...restored, collections: [{ ...entry, status: 'refused' }] },
    '/jobId boolean',
  ],
])('the schema refuses %s', (_, receipt, problem) => {
  expect(schemaProblems(asWritten(receipt)).join('\n')).toContain(problem)
})

test('it has the outputs of the contract, but those that are secret and its own path', () => {
  const left = ['receipt', ...secretOutputs]
  const names = Object.keys(outputs).filter(name => !left.includes(name))
  expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(names))
  expect(left.filter(name => name in schema.properties)).toEqual([])
})

/** As JSON has it: without what is undefined. */
function asWritten(receipt: object): unknown {
  return JSON.parse(JSON.stringify(receipt))
}
