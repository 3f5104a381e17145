/**
 * The action's public face, written once: action.yml, the tables of the README, the parser of inputs and
 * the door of outputs all read it.
 */

/** Equal to the version of package.json; sent in the User-Agent. */
export const version = '0.1.0'

/** The head of action.yml. */
export const action = {
  name: 'Zilliz Cloud Backup & Restore',
  description:
    'Back up Zilliz Cloud (managed Milvus) clusters and collections, wait until the backup is truly there, and restore it into new or running clusters.',
  author: 'Zilliz Cloud Backup & Restore contributors',
  branding: { icon: 'database', color: 'blue' },
} as const

/** Every operation: what it does, and whether this version has it. */
export const operations = {
  'create-backup': {
    summary: 'backs up a cluster, or the named collections of one database',
    built: true,
  },
  'restore-cluster': { summary: 'restores a cluster backup into a new cluster', built: false },
  'restore-collections': {
    summary: 'restores collections of a backup into an existing cluster',
    built: false,
  },
  wait: { summary: 'waits for what an earlier step started: jobs, a backup, a cluster', built: true },
  'list-backups': { summary: 'lists backups', built: false },
  'describe-backup': { summary: 'tells one backup, or the newest', built: false },
  'delete-backup': { summary: 'deletes one backup', built: false },
  'prune-backups': { summary: 'deletes old manual backups by a retention rule', built: false },
  'export-backup': { summary: "copies backup files to the user's own object storage", built: false },
  'delete-cluster': {
    summary: 'drops a cluster, for the end of a pull-request environment',
    built: false,
  },
} as const satisfies Record<string, { summary: string; built: boolean }>

export type Operation = keyof typeof operations

type Operations = 'all' | readonly Operation[]

export interface InputDeclaration {
  description: string
  /** The operations that use it; for every other one a value is a problem. */
  operations: Operations
  requiredBy?: Operations
  /** Declared in action.yml; a value equal to it means "not given". */
  default?: string
  /** What happens without a value, where that depends on the operation; for people. */
  defaultText?: string
  /** The fixed set of words it takes, in the service's or the contract's own spelling. */
  words?: readonly string[]
  secret?: true
}

const changesSomething = [
  'create-backup',
  'restore-cluster',
  'restore-collections',
  'delete-backup',
  'prune-backups',
  'export-backup',
  'delete-cluster',
] as const
const restores = ['restore-cluster', 'restore-collections'] as const
const startsJobs = ['create-backup', ...restores, 'export-backup'] as const

export const inputs = {
  operation: {
    description: 'What to do.',
    operations: 'all',
    requiredBy: 'all',
    words: Object.keys(operations) as Operation[],
  },
  'api-key': {
    description: 'Zilliz Cloud API key. Pass it from a secret.',
    operations: 'all',
    requiredBy: 'all',
    defaultText: 'the environment variable `ZILLIZ_API_KEY`',
    secret: true,
  },
  'base-url': {
    description:
      'Control plane of the service; the China site is https://api.cloud.zilliz.com.cn. Must be https, except on loopback.',
    operations: 'all',
    default: 'https://api.cloud.zilliz.com',
  },
  'cluster-id': {
    description:
      'The source cluster: the one backups are taken from. `list-backups`: a filter. `wait`: goes with `backup-id`.',
    operations: [...startsJobs, 'describe-backup', 'delete-backup', 'prune-backups', 'list-backups', 'wait'],
    requiredBy: [...startsJobs, 'describe-backup', 'delete-backup', 'prune-backups'],
  },
  'backup-id': {
    description:
      'A backup id, or `latest`: the newest AVAILABLE backup of the cluster that can serve. `delete-backup` and `wait` take no `latest`.',
    operations: [...restores, 'describe-backup', 'export-backup', 'delete-backup', 'wait'],
    requiredBy: [...restores, 'describe-backup', 'export-backup', 'delete-backup'],
  },
  'max-age': {
    description: 'Only with `backup-id: latest`: a duration; a backup older than this is an error.',
    operations: [...restores, 'describe-backup', 'export-backup'],
  },
  collections: {
    description:
      'Collections, one a line: `orders`, `sales.orders`; for a restore also `sales.orders -> staging.copy`, `sales.*` and `*`. Or the API’s own `dbCollections` as JSON.',
    operations: ['create-backup', 'restore-collections'],
    defaultText: '`create-backup`: the whole cluster; `restore-collections`: everything in the backup',
  },
  'target-cluster': {
    description:
      '`restore-cluster`: the name of the new cluster. Otherwise the id or the exact name of an existing one.',
    operations: [...restores, 'delete-cluster', 'wait'],
    requiredBy: [...restores, 'delete-cluster'],
  },
  'target-project-id': {
    description: 'Project of the new cluster; also narrows a look-up by name.',
    operations: [...restores, 'delete-cluster', 'wait'],
    defaultText: '`restore-cluster`: the project of the backup; otherwise any',
  },
  'cu-size': {
    description: 'Compute units of the new cluster, a whole number from 1 to 1024.',
    operations: ['restore-cluster'],
    defaultText: 'that of the source cluster',
  },
  'collection-status': {
    description:
      '`restore-cluster`: `KEEP` the load state of each collection or `RELEASE` them all. `restore-collections`: `LOADED` or `UNLOADED`.',
    operations: [...restores],
    defaultText: '`KEEP`, for `restore-collections` `LOADED`',
    words: ['KEEP', 'RELEASE', 'LOADED', 'UNLOADED'],
  },
  'restore-version-policy': {
    description: 'Milvus version of the new cluster: `LATEST` or `ORIGINAL`.',
    operations: ['restore-cluster'],
    defaultText: "the service's",
    words: ['LATEST', 'ORIGINAL'],
  },
  'cross-region-copies': {
    description: 'Ids of regions that get a copy, one a line or comma separated.',
    operations: ['create-backup'],
  },
  'integration-id': {
    description: 'The storage integration to export to.',
    operations: ['export-backup'],
    requiredBy: ['export-backup'],
  },
  directory: {
    description: 'A folder in the storage of the integration.',
    operations: ['export-backup'],
  },
  'job-id': {
    description:
      'Ids of jobs, one a line or comma separated. `wait` needs at least one of `job-id`, `backup-id` (with `cluster-id`) and `target-cluster`.',
    operations: ['wait'],
  },
  wait: {
    description: '`false`: start, publish the ids and end with status `started`.',
    operations: [...startsJobs],
    default: 'true',
  },
  timeout: {
    description: 'Longest time of the whole step, such as `90s`, `45m`, `1h30m`.',
    operations: 'all',
    default: '2h',
  },
  'poll-interval': {
    description: 'Longest pause between two looks; the action looks more often while that can save time.',
    operations: [...startsJobs, 'wait', 'delete-cluster'],
    default: '15s',
  },
  'if-busy': {
    description:
      'Another backup of that cluster is running: `wait` for it to end and then start ours, or `fail`. `restore-collections`: only with `safety-backup`.',
    operations: ['create-backup', 'restore-collections'],
    default: 'wait',
    words: ['wait', 'fail'],
  },
  'if-exists': {
    description:
      'A cluster of that name exists in the project: `fail`; `reuse` it; or `replace` it (drop it, then restore; never the source cluster).',
    operations: ['restore-cluster'],
    default: 'fail',
    words: ['fail', 'reuse', 'replace'],
  },
  'skip-if-newer-than': {
    description:
      'A duration. An AVAILABLE backup of the same type that holds at least the asked collections and is younger than this is used instead.',
    operations: ['create-backup'],
  },
  'safety-backup': {
    description: '`true`: first back up the target cluster and wait for that.',
    operations: ['restore-collections'],
    default: 'false',
  },
  'protected-clusters': {
    description:
      'Ids or names, one a line or comma separated, that this step must never replace, restore into or drop.',
    operations: [...restores, 'delete-cluster'],
  },
  'delete-after-job': {
    description:
      '`true`: drop the cluster that this step created when the workflow job ends, whatever its outcome.',
    operations: ['restore-cluster'],
    default: 'false',
  },
  'backup-type': {
    description: '`CLUSTER` or `COLLECTION`. `describe-backup`: only with `latest`.',
    operations: ['list-backups', 'prune-backups', 'describe-backup'],
    defaultText: 'both',
    words: ['CLUSTER', 'COLLECTION'],
  },
  'keep-last': {
    description: 'Keep the newest N (at least 1) of each backup type.',
    operations: ['prune-backups'],
    requiredBy: ['prune-backups'],
  },
  'older-than': {
    description: 'A duration: of the rest delete only what is older than this.',
    operations: ['prune-backups'],
    defaultText: 'all the rest',
  },
  'dry-run': {
    description: '`true`: do all the reads and checks, change nothing, tell what would be sent.',
    operations: [...changesSomething],
    default: 'false',
  },
  'comment-on-pr': {
    description: '`true`: keep a comment on the pull request up to date with the outcome.',
    operations: 'all',
    default: 'false',
  },
  'github-token': {
    description: 'Used only for that comment.',
    operations: 'all',
    default: '${{ github.token }}',
    secret: true,
  },
} as const satisfies Record<string, InputDeclaration>

export type InputName = keyof typeof inputs

export interface OutputDeclaration {
  description: string
  operations: Operations
  secret?: true
}

export const outputs = {
  status: {
    description:
      '`succeeded`; `failed`; `timed-out`; `cancelled`; `started` (not waited for); `skipped` (nothing needed doing); `planned` (dry run).',
    operations: 'all',
  },
  jobId: {
    description: 'The job; with several, the first.',
    operations: [...startsJobs, 'wait'],
  },
  jobIds: { description: 'JSON array of all jobs.', operations: [...startsJobs, 'wait'] },
  backupId: {
    description: 'The backup made or used (`latest` resolved).',
    operations: ['create-backup', ...restores, 'describe-backup', 'export-backup', 'delete-backup', 'wait'],
  },
  backupName: {
    description: 'Its name, chosen by the service.',
    operations: ['create-backup', ...restores, 'describe-backup', 'export-backup', 'delete-backup', 'wait'],
  },
  created: {
    description: '`true` if this step made it, `false` if an existing one was used.',
    operations: ['create-backup', 'restore-cluster'],
  },
  clusterId: {
    description: 'The restored, target or dropped cluster.',
    operations: [...restores, 'delete-cluster', 'wait'],
  },
  clusterName: { description: 'Its name.', operations: [...restores, 'delete-cluster', 'wait'] },
  connectAddress: {
    description: 'Its endpoint; never masked, so it can be handed to other jobs.',
    operations: [...restores, 'wait'],
  },
  username: { description: 'Administration user of the new cluster.', operations: ['restore-cluster'] },
  password: {
    description:
      'Password of that user, shown once by the service and masked. For later steps of the same job only: GitHub drops masked values from job outputs.',
    operations: ['restore-cluster'],
    secret: true,
  },
  safetyBackupId: {
    description: 'The backup taken because of `safety-backup`.',
    operations: ['restore-collections'],
  },
  backup: { description: 'JSON of the backup.', operations: ['describe-backup'] },
  backups: {
    description: 'JSON array, newest first, at most 400,000 bytes; what does not fit is only in the receipt.',
    operations: ['list-backups'],
  },
  deletedBackupIds: {
    description: 'JSON array, `[]` when nothing was deleted.',
    operations: ['delete-backup', 'prune-backups'],
  },
  plan: {
    description:
      'Dry runs: JSON of the requests that would be sent, `[{method, path, body}]`; `[]` when nothing would be.',
    operations: [...changesSomething],
  },
  receipt: {
    description: 'Path of a JSON file with all of these but the password, and of the workflow run.',
    operations: 'all',
  },
} as const satisfies Record<string, OutputDeclaration>

export type OutputName = keyof typeof outputs

/** Whether a declaration of the contract covers an operation. */
export function covers(operations: Operations | undefined, operation: Operation): boolean {
  return operations === 'all' || (operations?.includes(operation) ?? false)
}
