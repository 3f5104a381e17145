/** The receipt's fields: the JSON Schema in docs/, and the table of docs/receipt.md. */
import {
  covers,
  inputs,
  type OperationName,
  type OutputName,
  operations,
  outputDescriptions,
  outputs,
} from '../src/contract.ts'
import type { Status } from '../src/summary/page.ts'

type Schema = Readonly<Record<string, unknown>>

interface Field {
  schema: Schema
  /** When the receipt has it. */
  present: string
  /** Where it is no output, or where the output says it differently. */
  meaning?: string
}

const isGood: Readonly<Record<Status, boolean>> = {
  succeeded: true,
  started: true,
  skipped: true,
  planned: true,
  failed: false,
  'timed-out': false,
  cancelled: false,
}
const statuses = Object.keys(isGood) as Status[]
const badStatuses = statuses.filter(status => !isGood[status])

const text = { type: 'string', minLength: 1 }
const texts = { type: 'array', items: text }
/** An object as the service sent it: its fields are the service's. */
const ofService = { type: 'object' }
const time = (pattern: string) => ({ type: 'string', format: 'date-time', pattern })
const inMilliseconds = time('^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$')
const inSeconds = time('^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$')

const collection = {
  type: 'object',
  properties: {
    database: text,
    collection: text,
    targetDatabase: text,
    targetCollection: text,
    jobId: text,
    status: { enum: ['started', 'succeeded', 'failed', 'refused', 'unknown', 'not-started'] },
  },
  required: ['database', 'collection'],
  dependentRequired: { status: ['targetDatabase', 'targetCollection'], jobId: ['status'] },
  if: { required: ['status'], properties: { status: { enum: ['started', 'succeeded', 'failed'] } } },
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  then: { required: ['jobId'] },
  else: { properties: { jobId: false } },
  additionalProperties: false,
}

const verified = {
  type: 'object',
  properties: {
    database: text,
    collection: text,
    loadState: text,
    entities: { type: 'integer', minimum: 0 },
    exact: { type: 'boolean' },
    fields: texts,
    aliases: texts,
  },
  required: ['database', 'collection', 'loadState', 'entities', 'exact', 'fields', 'aliases'],
  additionalProperties: false,
}

const request = {
  type: 'object',
  properties: {
    method: { enum: ['POST', 'DELETE'] },
    path: { type: 'string', pattern: '^/v2/' },
    body: ofService,
  },
  required: ['method', 'path'],
  additionalProperties: false,
}

const ofWorkflow = (variable: string): Field => ({
  schema: text,
  present: `where the runner sets \`${variable}\``,
  meaning: `\`${variable}\` of the workflow run.`,
})

/** Outputs that the receipt leaves out: the password stays in the job, and the file does not name itself. */
type Left = 'password' | 'receipt'

const outputFields: Readonly<Record<Exclude<OutputName, Left>, Field>> = {
  status: { schema: { enum: statuses }, present: 'always' },
  jobId: { schema: text, present: 'once a job was started or given' },
  jobIds: { schema: { ...texts, minItems: 1 }, present: 'with `jobId`', meaning: 'All jobs.' },
  backupId: { schema: text, present: 'once the backup is known' },
  backupName: { schema: text, present: 'with `backupId`, where the service shows it' },
  created: { schema: { type: 'boolean' }, present: 'once it is known' },
  clusterId: { schema: text, present: 'once the cluster is known' },
  clusterName: { schema: text, present: 'with `clusterId`, where the service shows it' },
  collections: {
    schema: { type: 'array', items: collection },
    present: 'a backup of collections; a restore of collections once the backup is read',
    meaning:
      'One entry for each collection, all of them. A backup: `database` and `collection`. A restore: also `targetDatabase`, `targetCollection`, `status` (`started`, `succeeded`, `failed`, `refused`, `unknown`, `not-started`) and, once it has started, `jobId`. Empty when everything is restored with one request.',
  },
  backupSize: { schema: { type: 'number' }, present: 'where the service shows it' },
  backupTime: { schema: inSeconds, present: 'where the service shows it' },
  duration: { schema: { type: 'number', minimum: 0 }, present: 'always' },
  connectAddress: { schema: text, present: 'once the service shows it' },
  verifiedCollections: {
    schema: { type: 'array', items: verified },
    present: 'once the collections were looked at',
    meaning:
      'One entry for each collection that is there, all of them: `loadState`, as the cluster shows it; `entities`, and in `exact` whether they were counted one by one or read from metadata; `fields`, such as `id Int64 primary`; `aliases`.',
  },
  collection: { schema: text, present: 'once the collection was seen' },
  previousCollection: { schema: text, present: 'once it is known where the alias points' },
  username: { schema: text, present: 'of a cluster that this step created' },
  safetyBackupId: { schema: text, present: 'once that backup has started' },
  backup: {
    schema: ofService,
    present: 'when it was found',
    meaning: 'The backup, as the service describes it.',
  },
  backups: {
    schema: { type: 'array', items: ofService },
    present: 'when all of the list was read',
    meaning: 'All backups, newest first, as the service lists them.',
  },
  deletedBackupIds: {
    schema: texts,
    present: 'once the inputs are read',
    meaning: 'Ids of all backups that this step deleted. Empty: none.',
  },
  deletedClusterIds: {
    schema: texts,
    present: 'once the inputs are read',
    meaning: 'Ids of all clusters that this step dropped. Empty: none.',
  },
  plan: {
    schema: { type: 'array', items: request },
    present: 'a dry run',
    meaning:
      'All requests that would be sent: `method`, `path` and, where there is one, `body`. Empty: none.',
  },
}

const fields: Readonly<Record<string, Field>> = {
  operation: {
    schema: { type: 'string' },
    present: 'always',
    meaning: 'The input `operation`, in lower case. When it was wrong: what the workflow wrote.',
  },
  startedAt: {
    schema: inMilliseconds,
    present: 'always',
    meaning: 'When the step began. ISO 8601 in UTC with milliseconds, by the clock of the runner.',
  },
  finishedAt: {
    schema: inMilliseconds,
    present: 'always',
    meaning: 'When the receipt was written: the end of the step. As `startedAt`.',
  },
  error: {
    schema: text,
    present: '`status` is `failed`, `timed-out` or `cancelled`',
    meaning: 'What went wrong and what is at stake, whole; the annotation may be shorter.',
  },
  reasons: {
    schema: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: { of: { type: 'string' }, reason: text },
        required: ['of', 'reason'],
        additionalProperties: false,
      },
    },
    present: 'the service gave a reason that is too long for `error`',
    meaning: 'Such reasons, whole: `of`, what each is about (empty where there is only one), and `reason`.',
  },
  ...outputFields,
  repository: ofWorkflow('GITHUB_REPOSITORY'),
  sha: ofWorkflow('GITHUB_SHA'),
  runId: ofWorkflow('GITHUB_RUN_ID'),
  runAttempt: ofWorkflow('GITHUB_RUN_ATTEMPT'),
  runUrl: {
    schema: { type: 'string', format: 'uri', pattern: '^https?://.+/actions/runs/.+$' },
    present: 'with `repository` and `runId`',
    meaning: 'The page of the workflow run.',
  },
}

const shown: Readonly<Record<OperationName, readonly OutputName[]>> = {
  'create-backup': ['backupId', 'created'],
  'restore-cluster': ['clusterId', 'created'],
  'restore-collections': ['clusterId', 'backupId', 'collections'],
  wait: [],
  'list-backups': ['backups'],
  'describe-backup': ['backupId', 'backup'],
  'delete-backup': ['backupId', 'deletedBackupIds'],
  'prune-backups': ['deletedBackupIds'],
  'export-backup': ['backupId', 'jobId'],
  'delete-cluster': ['clusterId'],
  'prune-clusters': ['deletedClusterIds'],
  verify: ['clusterId', 'verifiedCollections'],
  'switch-alias': ['clusterId', 'collection', 'previousCollection'],
}

export function receiptSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Receipt of a step of Zilliz Cloud Backup & Restore',
    $comment: 'Made by "npm run render" from src/contract.ts and scripts/receipt.ts.',
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [
        name,
        { description: meaningOf(name, field), ...field.schema },
      ]),
    ),
    required: ['operation', 'status', 'startedAt', 'finishedAt', 'duration'],
    additionalProperties: false,
    dependentRequired: {
      reasons: ['error'],
      jobIds: ['jobId'],
      backupName: ['backupId'],
      runUrl: ['repository', 'runId'],
    },
    allOf: [...rulesOfStatus(), ...operations.flatMap(rulesOfOperation)],
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}

function rulesOfStatus(): Schema[] {
  const usersOf = (name: 'wait' | 'dry-run') => ({
    enum: operations.filter(one => covers(inputs[name].operations, one)),
  })
  return [
    when(
      { status: { enum: badStatuses } },
      { required: ['error'] },
      { properties: { error: false, operation: { enum: operations } } },
    ),
    when({ status: { const: 'started' } }, { properties: { operation: usersOf('wait') } }),
    when(
      { status: { const: 'planned' } },
      { required: ['plan'], properties: { operation: usersOf('dry-run') } },
      when({ status: { enum: statuses.filter(status => isGood[status]) } }, { properties: { plan: false } }),
    ),
  ]
}

/** Only the outputs of the operation, and what shows its success. */
function rulesOfOperation(operation: OperationName): Schema[] {
  const others = Object.entries(outputs).filter(
    ([name, output]) => name in fields && !covers(output.operations, operation),
  )
  const least = shown[operation]
  return [
    when(
      { operation: { const: operation } },
      { properties: Object.fromEntries(others.map(([name]) => [name, false])) },
    ),
    ...(least.length === 0
      ? []
      : [when({ operation: { const: operation }, status: { const: 'succeeded' } }, { required: least })]),
  ]
}

function when(properties: Schema, then: Schema, otherwise?: Schema): Schema {
  return { if: { properties }, then, ...(otherwise === undefined ? {} : { else: otherwise }) }
}

export function receiptTable(): string {
  const rows = Object.entries(fields).map(([name, field]) => {
    const { operations: users = 'all' } = name in outputs ? outputs[name as OutputName] : {}
    const of = users === 'all' ? 'all' : users.map(operation => `\`${operation}\``).join(', ')
    return `| \`${name}\` | ${typeOf(field.schema)} | ${of} | ${field.present} | ${meaningOf(name, field)} |\n`
  })
  return `| Field | Type | Operations | Present | Meaning |\n| --- | --- | --- | --- | --- |\n${rows.join('')}`
}

/** What a receipt that says `succeeded` has at least. */
export function shownTable(): string {
  const code = (names: readonly string[]) => names.map(name => `\`${name}\``).join(', ')
  const rows = operations
    .filter(operation => shown[operation].length > 0)
    .map(operation => `| ${code([operation])} | ${code(shown[operation])} |\n`)
  return `| Operation | At least |\n| --- | --- |\n${rows.join('')}`
}

function typeOf({ type, items, enum: words }: Schema): string {
  if (words !== undefined) return 'string'
  return type === 'array' ? `array of ${(items as Schema).type}s` : String(type)
}

function meaningOf(name: string, { meaning }: Field): string {
  return meaning ?? outputDescriptions[name as OutputName]
}
