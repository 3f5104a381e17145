/**
 * The action's public interface, written once: action.yml, the tables of the README, the parser of inputs and
 * the outputs all read it.
 */

/** Equal to the version of package.json; sent in the User-Agent. */
export const version = '1.0.0'

/** Of the control plane. */
export const defaultBaseUrl = 'https://api.cloud.zilliz.com'

/** The head of action.yml. */
export const action = {
  name: 'Zilliz Cloud Backup & Restore',
  description:
    'Back up Zilliz Cloud (managed Milvus) clusters and collections, and restore them into new or running clusters.',
  author: 'Zilliz Cloud Backup & Restore contributors',
  branding: { icon: 'database', color: 'blue' },
} as const

export const operations = [
  'create-backup',
  'restore-cluster',
  'restore-collections',
  'wait',
  'list-backups',
  'describe-backup',
  'delete-backup',
  'prune-backups',
  'export-backup',
  'delete-cluster',
  'prune-clusters',
  'verify',
  'switch-alias',
] as const

export type OperationName = (typeof operations)[number]

type Operations = 'all' | readonly OperationName[]

export interface InputDeclaration {
  /** The operations that use it; for every other one a value is a problem. */
  operations: Operations
  /** Declared in action.yml; a value equal to it means "not given". */
  default?: string
  /** The fixed set of words it takes, in the service's or the contract's own spelling. */
  words?: readonly string[]
  /** Its default is a word that switches a guard off: given as an empty text it is a problem, not "no guard". */
  guard?: true
  secret?: true
}

// Written out, without spreading: the bundler keeps what it cannot prove to be free of side effects.
const restores = ['restore-cluster', 'restore-collections'] as const
const startsJobs = ['create-backup', 'restore-cluster', 'restore-collections', 'export-backup'] as const
const reportsJobs = [
  'create-backup',
  'restore-cluster',
  'restore-collections',
  'export-backup',
  'wait',
] as const
const waitsLong = [
  'create-backup',
  'restore-cluster',
  'restore-collections',
  'export-backup',
  'wait',
  'delete-cluster',
  'prune-clusters',
  'verify',
  'switch-alias',
] as const
const changesSomething = [
  'create-backup',
  'restore-cluster',
  'restore-collections',
  'delete-backup',
  'prune-backups',
  'export-backup',
  'delete-cluster',
  'prune-clusters',
  'switch-alias',
] as const
const reportsBackup = [
  'create-backup',
  'restore-cluster',
  'restore-collections',
  'describe-backup',
  'export-backup',
  'delete-backup',
  'wait',
  'verify',
] as const
const takesLatest = [
  'restore-cluster',
  'restore-collections',
  'describe-backup',
  'export-backup',
  'verify',
] as const
const takesTarget = [
  'restore-cluster',
  'restore-collections',
  'delete-cluster',
  'wait',
  'verify',
  'switch-alias',
] as const
const looksInside = ['restore-cluster', 'restore-collections', 'verify', 'switch-alias'] as const
const verifies = ['restore-cluster', 'restore-collections', 'verify'] as const

export const inputs = {
  operation: {
    operations: 'all',
    words: operations,
  },
  'api-key': {
    operations: 'all',
    secret: true,
  },
  'base-url': {
    operations: 'all',
  },
  'cluster-id': {
    operations: [
      'create-backup',
      'restore-cluster',
      'restore-collections',
      'export-backup',
      'describe-backup',
      'delete-backup',
      'prune-backups',
      'list-backups',
      'wait',
      'verify',
    ],
  },
  'backup-id': {
    operations: [
      'restore-cluster',
      'restore-collections',
      'describe-backup',
      'export-backup',
      'delete-backup',
      'wait',
      'verify',
    ],
  },
  'max-age': {
    operations: takesLatest,
    default: 'any',
    guard: true,
  },
  collections: {
    operations: ['create-backup', 'restore-collections', 'verify', 'switch-alias'],
  },
  'target-cluster': {
    operations: takesTarget,
  },
  'target-project-id': {
    operations: [
      'restore-cluster',
      'restore-collections',
      'delete-cluster',
      'wait',
      'prune-clusters',
      'verify',
      'switch-alias',
    ],
  },
  alias: {
    operations: ['switch-alias'],
  },
  'name-pattern': {
    operations: ['prune-clusters'],
  },
  'cu-size': {
    operations: ['restore-cluster'],
  },
  'collection-status': {
    operations: verifies,
    words: ['KEEP', 'RELEASE', 'LOADED', 'UNLOADED'],
  },
  'restore-version-policy': {
    operations: ['restore-cluster'],
    words: ['LATEST', 'ORIGINAL'],
  },
  'cross-region-copies': {
    operations: ['create-backup'],
  },
  'integration-id': {
    operations: ['export-backup'],
  },
  directory: {
    operations: ['export-backup'],
  },
  'job-id': {
    operations: ['wait'],
  },
  wait: {
    operations: startsJobs,
    default: 'true',
  },
  timeout: {
    operations: 'all',
    default: '2h',
  },
  'poll-interval': {
    operations: waitsLong,
    default: '15s',
  },
  'if-busy': {
    operations: ['create-backup', 'restore-collections'],
    default: 'wait',
    words: ['wait', 'fail', 'join'],
  },
  'if-exists': {
    operations: ['restore-cluster'],
    default: 'fail',
    words: ['fail', 'reuse', 'replace'],
  },
  'skip-if-newer-than': {
    operations: ['create-backup'],
  },
  'safety-backup': {
    operations: ['restore-collections'],
    default: 'false',
    guard: true,
  },
  verify: {
    operations: restores,
    default: 'false',
    guard: true,
  },
  baseline: {
    operations: ['verify'],
    default: 'none',
    guard: true,
  },
  'allow-loss': {
    operations: ['verify'],
    default: '0',
  },
  'data-token': {
    operations: looksInside,
    secret: true,
  },
  'protected-clusters': {
    operations: [
      'restore-cluster',
      'restore-collections',
      'delete-cluster',
      'prune-clusters',
      'switch-alias',
    ],
    default: 'none',
    guard: true,
  },
  'delete-after-job': {
    operations: ['restore-cluster'],
    default: 'false',
  },
  'backup-type': {
    operations: ['list-backups', 'prune-backups', 'describe-backup'],
    default: 'any',
    words: ['any', 'CLUSTER', 'COLLECTION'],
    guard: true,
  },
  'keep-last': {
    operations: ['prune-backups'],
  },
  'keep-daily': {
    operations: ['prune-backups'],
    default: 'none',
    guard: true,
  },
  'keep-weekly': {
    operations: ['prune-backups'],
    default: 'none',
    guard: true,
  },
  'keep-monthly': {
    operations: ['prune-backups'],
    default: 'none',
    guard: true,
  },
  'protected-backups': {
    operations: ['prune-backups', 'delete-backup'],
    default: 'none',
    guard: true,
  },
  'older-than': {
    operations: ['prune-backups', 'prune-clusters'],
    default: 'any',
    guard: true,
  },
  'dry-run': {
    operations: changesSomething,
    default: 'false',
    guard: true,
  },
  'comment-on-pr': {
    operations: 'all',
    default: 'false',
  },
  'github-token': {
    operations: 'all',
    default: '${{ github.token }}',
    secret: true,
  },
} as const satisfies Record<string, InputDeclaration>

export type InputName = keyof typeof inputs

export interface OutputDeclaration {
  operations: Operations
}

export const outputs = {
  status: {
    operations: 'all',
  },
  jobId: {
    operations: reportsJobs,
  },
  jobIds: { operations: reportsJobs },
  backupId: {
    operations: reportsBackup,
  },
  backupName: {
    operations: reportsBackup,
  },
  created: {
    operations: ['create-backup', 'restore-cluster'],
  },
  clusterId: {
    operations: takesTarget,
  },
  clusterName: { operations: takesTarget },
  collections: {
    operations: ['create-backup', 'restore-collections'],
  },
  backupSize: {
    operations: reportsBackup,
  },
  backupTime: {
    operations: reportsBackup,
  },
  duration: {
    operations: 'all',
  },
  connectAddress: {
    operations: ['restore-cluster', 'restore-collections', 'wait', 'verify', 'switch-alias'],
  },
  verifiedCollections: { operations: verifies },
  collection: { operations: ['switch-alias'] },
  previousCollection: { operations: ['switch-alias'] },
  username: { operations: ['restore-cluster'] },
  password: {
    operations: ['restore-cluster'],
  },
  safetyBackupId: {
    operations: ['restore-collections'],
  },
  backup: { operations: ['describe-backup'] },
  backups: {
    operations: ['list-backups'],
  },
  deletedBackupIds: {
    operations: ['delete-backup', 'prune-backups'],
  },
  deletedClusterIds: { operations: ['prune-clusters'] },
  plan: {
    operations: changesSomething,
  },
  receipt: {
    operations: 'all',
  },
} as const satisfies Record<string, OutputDeclaration>

export type OutputName = keyof typeof outputs

/** Outputs that are masked before they are published, and appear nowhere else. */
export const secretOutputs: readonly OutputName[] = ['password']

/** Whether a declaration of the contract covers an operation. */
export function covers(operations: Operations | undefined, operation: OperationName): boolean {
  return operations === 'all' || (operations?.includes(operation) ?? false)
}

/*
 * For people, and for the tests that hold the parser against it. Apart from the rest, so that the bundle,
 * which needs none of it, omits.
 */

const needsSource = [
  'create-backup',
  'restore-cluster',
  'restore-collections',
  'export-backup',
  'describe-backup',
  'delete-backup',
  'prune-backups',
] as const
const needsBackup = [
  'restore-cluster',
  'restore-collections',
  'describe-backup',
  'export-backup',
  'delete-backup',
] as const
const needsTarget = [
  'restore-cluster',
  'restore-collections',
  'delete-cluster',
  'verify',
  'switch-alias',
] as const

/** Who cannot do without it. */
export const requiredInputs: Readonly<Partial<Record<InputName, Operations>>> = {
  operation: 'all',
  'api-key': 'all',
  'cluster-id': needsSource,
  'backup-id': needsBackup,
  collections: ['restore-collections', 'switch-alias'],
  'target-cluster': needsTarget,
  'target-project-id': ['prune-clusters'],
  alias: ['switch-alias'],
  'name-pattern': ['prune-clusters'],
  'integration-id': ['export-backup'],
  'keep-last': ['prune-backups'],
}

export const operationSummaries: Readonly<Record<OperationName, string>> = {
  'create-backup': 'backs up a cluster, or the named collections of one database',
  'restore-cluster': 'restores a cluster backup into a new cluster',
  'restore-collections': 'restores collections of a backup into an existing cluster',
  wait: 'waits for what an earlier step started: jobs, a backup, a cluster',
  'list-backups': 'lists backups',
  'describe-backup': 'shows one backup, or the newest',
  'delete-backup': 'deletes one backup',
  'prune-backups': 'deletes old manual backups by a retention rule',
  'export-backup': "copies backup files to the user's own object storage",
  'delete-cluster': 'drops a cluster, for the end of a pull-request environment',
  'prune-clusters': 'drops the clusters whose pull request is closed',
  verify: 'checks that a cluster is usable and contains what it should',
  'switch-alias': 'points an alias at another collection',
}

export const inputDescriptions: Readonly<Record<InputName, string>> = {
  operation: 'What to do.',
  'api-key': 'Zilliz Cloud API key. Pass it from a secret.',
  'base-url':
    'Control plane of the service, without `/v2`; not the address of the console. The China site is `https://api.cloud.zilliz.com.cn`. Must be https, except on loopback.',
  'cluster-id':
    'Id of the source cluster: the one backups are taken from. `list-backups`: a filter. `wait`: required with `backup-id`.',
  'backup-id':
    'A backup id, or `latest`: the newest AVAILABLE backup of the cluster that the operation can use. `delete-backup` and `wait` do not accept `latest`.',
  'max-age':
    'Only with `backup-id: latest`: a duration, or `any`. If the newest backup is older than this, the step fails.',
  collections:
    'Collections, one per line or comma separated: `orders`, `sales.orders`; for a restore also `sales.orders -> staging.copy`, `sales.*` and, for everything, `*`. `verify` and `switch-alias`: with an optional least number of entities, `sales.orders >= 1000`. Or the API’s own `dbCollections` as JSON.',
  'target-cluster':
    '`restore-cluster`: the name of the new cluster, which cannot have the shape of a cluster id. Otherwise the id or the exact name of an existing one.',
  'target-project-id':
    'Project of the new cluster. For an existing one, it limits a search by name, and the id of a cluster of another project is an error. `prune-clusters`: only clusters of this project.',
  alias: 'The existing alias to switch, in the database of the collection.',
  'name-pattern':
    'A name with exactly one `{pr}`, such as `shop-pr-{pr}`: the number of a pull request of this repository. Or with exactly one `*` instead, for clusters that no pull request owns; then `older-than` is required.',
  'cu-size': 'Compute units of the new cluster, a whole number from 1 to 1024.',
  'collection-status':
    '`restore-cluster`: `KEEP` the load state of each collection or `RELEASE` them all. `restore-collections`: `LOADED` or `UNLOADED`. `verify`: `KEEP`, `LOADED` or `UNLOADED` (load states are not checked).',
  'restore-version-policy': 'Milvus version of the new cluster: `LATEST` or `ORIGINAL`.',
  'cross-region-copies': 'Ids of regions that get a copy, one per line, comma separated, or a JSON array.',
  'integration-id': 'The storage integration to export to.',
  directory: 'A folder in the storage of the integration.',
  'job-id':
    'Ids of jobs, one per line, comma separated, or a JSON array. `wait` needs at least one of `job-id`, `backup-id` (with `cluster-id`) and `target-cluster`.',
  wait: '`false`: start, publish the ids and end with status `started`.',
  timeout: 'Longest time of the whole step, such as `90s`, `45m`, `1h30m`.',
  'poll-interval':
    'Longest pause between two status checks; the action checks more often while that can save time.',
  'if-busy':
    'Another backup of that cluster is running: `wait` for it to end and then start this one; `fail`; or `join` it (`create-backup` only): use a manual one of the same type instead, not with `cross-region-copies`. `restore-collections`: only with `safety-backup`.',
  'if-exists':
    'A cluster of that name exists in the project: `fail`; `reuse` it (nothing is restored); or `replace` it (drop it, then restore). Neither ever uses the source cluster or a protected one.',
  'skip-if-newer-than':
    'A duration. An AVAILABLE backup of the same type that contains at least the requested collections and is younger than this is used instead. Not with `cross-region-copies`.',
  'safety-backup': '`true`: first back up the target cluster and wait for that backup.',
  verify:
    '`true`: afterwards check in the restored cluster that what was restored is there. Not with `wait: false`.',
  baseline:
    'What an earlier `verify` saw, to compare with: the path of its receipt, or its output `verifiedCollections`; or `none`.',
  'allow-loss':
    'With `baseline`: by how many per cent the number of entities of a collection may be lower, 0 to 100.',
  'data-token':
    'What the endpoint of the cluster accepts: an API key, or `user:password`. For a restore only with `verify: true`.',
  'protected-clusters':
    'Ids or names, one per line, comma separated, or a JSON array, of clusters that this step must never replace, reuse, restore into, drop or switch an alias in; or `none`.',
  'delete-after-job':
    '`true`: drop the cluster that this step created when the workflow job ends, whatever its outcome.',
  'backup-type': '`CLUSTER`, `COLLECTION` or `any`. `describe-backup`: only with `latest`.',
  'keep-last': 'Keep the newest N (at least 1) of each backup type.',
  'keep-daily':
    'For the last N days that have a backup (UTC), keep the newest of each day, of each backup type; or `none`.',
  'keep-weekly': 'The same for ISO weeks; or `none`.',
  'keep-monthly': 'The same for calendar months; or `none`.',
  'protected-backups':
    'Ids, one per line, comma separated, or a JSON array, of backups that this step must never delete; or `none`.',
  'older-than':
    'A duration, or `any`: of all other backups, delete only those older than this. `prune-clusters`: drop only clusters created longer ago than this.',
  'dry-run': '`true`: do all the reads and checks, change nothing, show what would be sent.',
  'comment-on-pr': '`true`: keep a comment on the pull request up to date with the outcome.',
  'github-token': 'Used only for that comment and, by `prune-clusters`, to read pull requests.',
}

/** What happens without a value, where no default is declared. */
export const inputDefaultTexts: Readonly<Partial<Record<InputName, string>>> = {
  'api-key': 'the environment variable `ZILLIZ_API_KEY`',
  'base-url': 'the environment variable `ZILLIZ_BASE_URL`, else `https://api.cloud.zilliz.com`',
  collections: '`create-backup`: the whole cluster',
  'target-project-id': '`restore-cluster`: the project of the backup; otherwise any',
  'cu-size': 'that of the source cluster',
  'collection-status':
    '`KEEP`; for `restore-collections`, and for `verify` without a backup or a baseline, `LOADED`',
  'data-token': 'the API key; for a cluster that this step created, its `db_admin` and password',
  'restore-version-policy': "the service's",
}

export const outputDescriptions: Readonly<Record<OutputName, string>> = {
  status:
    '`succeeded`; `failed`; `timed-out`; `cancelled`; `started` (not waited for); `skipped` (nothing to do); `planned` (dry run).',
  jobId: 'The job; with several, the first.',
  jobIds: 'JSON array of all jobs.',
  backupId: 'The backup created or used (`latest` resolved).',
  backupName: 'Its name, chosen by the service.',
  created: '`true` if this step created it, `false` if an existing one was used.',
  clusterId: 'The restored, target or dropped cluster.',
  clusterName: 'Its name.',
  collections:
    'JSON: `[{database, collection, targetDatabase, targetCollection, jobId, status}]`, kept up to date; `status` is `started`, `succeeded`, `failed`, `refused`, `unknown` or `not-started`. Of a backup only the first two. `[]` when everything is restored with one request; cut like `backups`.',
  backupSize: 'Size of that backup in bytes, where the service shows it.',
  backupTime: 'When that backup was made, ISO 8601 in UTC, where the service shows it.',
  duration: 'Seconds from the start of the step to its end.',
  connectAddress: 'Its endpoint; never masked, so it can be handed to other jobs.',
  verifiedCollections:
    'JSON: `[{database, collection, loadState, entities, exact, fields, aliases}]`, what was seen of each collection; cut like `backups`.',
  collection: 'The collection that the alias points at, as `database.collection`.',
  previousCollection: 'The collection that it pointed at before: switch back with it.',
  username: 'Administration user of the new cluster.',
  password:
    'Password of that user, shown once by the service and masked. For later steps of the same job only: GitHub drops masked values from job outputs.',
  safetyBackupId: 'The backup taken because of `safety-backup`.',
  backup: 'JSON of the backup.',
  backups: 'JSON array, newest first, at most 400,000 bytes; what does not fit is only in the receipt.',
  deletedBackupIds: 'JSON array, `[]` when nothing was deleted.',
  deletedClusterIds: 'JSON array, `[]` when no cluster was dropped.',
  plan: 'Dry runs: JSON of the requests that would be sent, `[{method, path, body}]`; `[]` when nothing would be; cut like `backups`.',
  receipt: 'Path of a JSON file with all of these but the password, and of the workflow run.',
}
