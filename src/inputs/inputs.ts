import { isIPv4 } from 'node:net'
import { covers, type InputName, inputs, type OperationName, operations } from '../contract.ts'
import {
  isLatest,
  parseCreateBackup,
  parseDeleteBackup,
  parseDescribeBackup,
  parseExportBackup,
  parseListBackups,
  parsePruneBackups,
} from '../operations/backup-inputs.ts'
import type { Common, Request, Wait } from '../operations/requests.ts'
import {
  parseDeleteCluster,
  parseRestoreCluster,
  parseRestoreCollections,
} from '../operations/restore-inputs.ts'
import { shortestSecret } from '../secrets.ts'
import { givenInput, openReader, quoteInput, type Reader, type ReadInput } from './reader.ts'

/** Inputs that are missing, malformed or do not go together; all of them at once, before any request. */
export class InputError extends Error {
  override name = 'InputError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/**
 * Turns the inputs into one request.
 *
 * @param fallbackKey the API key of the environment
 * @throws InputError with every problem
 */
export function parseInputs(read: ReadInput, fallbackKey: string): Request {
  const problems: string[] = []
  const operation = openReader(read, undefined, problems).oneOf('operation', operations)
  if (givenInput(read, 'operation') === undefined) {
    problems.push(`operation: expected one of ${operations.join(', ')}; got nothing`)
  }
  const reader = openReader(read, operation, problems)
  const common = parseCommon(reader, fallbackKey)
  if (operation === undefined) throw new InputError(problems)
  for (const name of Object.keys(inputs) as InputName[]) {
    const text = covers(inputs[name].operations, operation) ? undefined : givenInput(read, name)
    if (text !== undefined) problems.push(`${name}: ${operation} does not use it; got ${quoteInput(text)}`)
  }
  const request = parsers[operation](reader, common)
  if (problems.length > 0) throw new InputError(problems)
  return request
}

const parsers: { [O in OperationName]: (reader: Reader, common: Common) => Request } = {
  'create-backup': parseCreateBackup,
  'restore-cluster': parseRestoreCluster,
  'restore-collections': parseRestoreCollections,
  wait: parseWait,
  'list-backups': parseListBackups,
  'describe-backup': parseDescribeBackup,
  'delete-backup': parseDeleteBackup,
  'prune-backups': parsePruneBackups,
  'export-backup': parseExportBackup,
  'delete-cluster': parseDeleteCluster,
}

export function parseCommon(reader: Reader, fallbackKey: string): Common {
  if (reader.boolean('comment-on-pr')) {
    reader.problem('comment-on-pr', 'is not available yet in this version')
  }
  reader.optional('github-token')
  return {
    apiKey: parseApiKey(reader, fallbackKey),
    baseUrl: parseBaseUrl(reader),
    timeout: reader.duration('timeout'),
  }
}

function parseApiKey(reader: Reader, fallbackKey: string): string {
  const key = reader.optional('api-key') ?? fallbackKey
  if (key === '') {
    reader.problem(
      'api-key',
      'expected a Zilliz Cloud API key here or in the environment variable ZILLIZ_API_KEY; got nothing. Runs for pull requests from forks and from Dependabot get no secrets.',
    )
  } else if (key.length < shortestSecret || !/^[\x21-\x7e]+$/.test(key)) {
    reader.problem(
      'api-key',
      `expected an API key of at least ${shortestSecret} visible ASCII characters; got something else (not shown)`,
    )
  }
  return key
}

function parseBaseUrl(reader: Reader): string {
  const value = reader.value('base-url')
  const url = URL.canParse(value) ? new URL(value) : undefined
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (url === undefined || !secure || /[?#@\\]/.test(value)) {
    reader.problem(
      'base-url',
      // Before an @ stand credentials.
      `expected an https address without query, fragment or credentials (http only on loopback); got ${value.includes('@') ? 'one with an @ (not shown)' : quoteInput(value)}`,
    )
    return ''
  }
  return url.href.replace(/\/+$/, '')
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
}

function parseWait(reader: Reader, common: Common): Wait {
  const clusterId = reader.optionalId('cluster-id')
  const backupId = reader.optionalId('backup-id')
  const cluster = reader.optional('target-cluster')
  const jobIds = reader.ids('job-id')
  const projectId = reader.optionalId('target-project-id')
  if (backupId !== undefined && isLatest(backupId)) {
    reader.problem('backup-id', 'expected the id of a backup; wait does not take "latest"')
  }
  if (backupId !== undefined && clusterId === undefined && reader.optional('cluster-id') === undefined) {
    reader.problem('cluster-id', 'expected the source cluster of backup-id; got nothing')
  }
  if (reader.optional('backup-id') === undefined && clusterId !== undefined) {
    reader.problem('cluster-id', 'is of no use without backup-id')
  }
  if (cluster === undefined && projectId !== undefined) {
    reader.problem('target-project-id', 'is of no use without target-cluster')
  }
  if (
    !['job-id', 'backup-id', 'target-cluster'].some(name => reader.optional(name as InputName) !== undefined)
  ) {
    reader.problem(
      'job-id',
      'wait needs at least one of job-id, backup-id with cluster-id, and target-cluster',
    )
  }
  return {
    ...common,
    operation: 'wait',
    jobIds,
    backup: clusterId !== undefined && backupId !== undefined ? { clusterId, backupId } : undefined,
    target: cluster === undefined ? undefined : { cluster, projectId },
    pollInterval: reader.duration('poll-interval'),
  }
}
