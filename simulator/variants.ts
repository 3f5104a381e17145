import type { ProgressCourse } from './progress-course.ts'

/**
 * Where the sources disagree or say nothing, the simulated service supports every possible behaviour. Variants may
 * be changed while the simulator runs.
 */
export interface Variants {
  /** Field of restoreCluster for the project: reference or tutorials (F47). */
  projectField: 'projectId' | 'targetProjectId' | 'either'
  /** Names of the destination fields of restoreCollection: current or older reference pages (F58). */
  collectionFields: 'dest' | 'target' | 'either'
  /** What comes first in a restore, the success of the job or RUNNING of the cluster; an older guide has the second (U10). */
  restoreOrder: 'job-first' | 'cluster-first'
  /** Whether one restoreCollection request may contain several collections (F57). */
  restoreCollectionEntries: 'one' | 'several'
  /** How describeBackup lists collections (F36); `none`: not at all. */
  backupCollections: 'nested' | 'flat' | 'both' | 'none'
  /** Name of the database `default` in describeBackup (F36). */
  defaultDbName: 'default' | ''
  /** Whether describeJob has the usual envelope: example or schema (F59). */
  jobEnvelope: boolean
  /** listClusters: a page object, `data` as an array, or an array without envelope (F73). */
  clusterList: 'page' | 'array' | 'bare'
  /** Fields that no entry of a list has, for example `createTime` or `projectId`; which may be missing is unknown (U18). */
  listOmits: readonly string[]
  /** World seconds by which lists lag behind descriptions, counted from the first request after it was set (U8). */
  listLagSeconds: number
  /** The most entries on one page, whatever `pageSize` asks for; 100 is documented (F20). */
  pageCap: number
  /** `pageSize` in a list: what was asked for, the size that `pageCap` allows, or missing (U18). */
  pageSizeShown: 'asked' | 'served' | 'missing'
  /** Whether every page of a list is full of further entries that nothing else knows of (no source says how a list ends). */
  endlessLists: boolean
  /** Whether listClusters filters by `projectId`; an older service does not (F73). */
  clusterProjectFilter: boolean
  /** Meaning of `count` in lists; undocumented (F21). */
  listCount: 'total' | 'page'
  /** Order of lists; undocumented (U17). `shuffled` is the same on every page. */
  listOrder: 'newest-first' | 'oldest-first' | 'shuffled'
  /** What `createTime` in listBackups refers to (F35). */
  listCreateTime: 'backup' | 'cluster'
  /** Times in lists and descriptions; all examples have text, a related page has epoch milliseconds (F19, U18). */
  timeFormat: 'text' | 'seconds' | 'milliseconds' | 'seconds-text' | 'milliseconds-text' | 'missing'
  /** Header `Date` of every response: by the service's clock, in world time, or none; undocumented. */
  serverDate: 'world' | 'missing'
  /** Seconds by which all times that the service shows are ahead of world time; negative: behind (`service-clock.ts`). */
  clockSkewSeconds: number
  /** `code` of success (F7, U4). */
  successCode: 0 | '0' | 200
  /** `progress` of a job: "42", 42, "42%", "42.73" or missing (U9). */
  progress: 'text' | 'number' | 'percent' | 'fraction' | 'missing'
  /** How `progress` goes while a job runs; no source says that it is even (U9). */
  progressCourse: ProgressCourse
  /** `endTime` of a job in progress (U9). */
  runningJobEndTime: 'missing' | 'null' | 'empty'
  /** Final status of a failed job (F61); TIMEOUT is one of other jobs behind the same path (F62). */
  finalFailure: 'FAILED' | 'CANCELED' | 'CANCELLED' | 'ERROR' | 'TIMEOUT'
  /** Final status of a job that succeeded: the reference, or other jobs behind the same path (F61, F62). */
  finalSuccess: 'SUCCESSFUL' | 'SUCCEEDED'
  /** An undocumented status in the middle of every job; '' for none (U7). */
  unknownJobState: string
  /** Prefix of job ids (F13). */
  jobIdPrefix: 'job-' | 'job_'
  /** What restoreCluster leaves out of its response although it succeeds: older guides have no `jobId` (F53). */
  restoreClusterOmits: 'nothing' | 'jobId' | 'clusterId'
  /** What createBackup leaves out of its response although it succeeds; no field is marked as required (U18). */
  createBackupOmits: 'nothing' | 'jobId'
  /** How ids of clusters, backups and jobs are compared; undocumented. */
  idMatch: 'exact' | 'ignore-case'
  /** Whether a backup is found under its own cluster id only; undocumented. Its description has the real one (U14, U15). */
  backupLookup: 'own-cluster' | 'any-cluster'
  /** Format of backup ids (F14). */
  backupIdShape: 'numbered' | 'hyphen'
  /** Status of the backup after its job failed; `none`: it is deleted (U6). */
  backupLeftByFailedJob: 'none' | 'CREATING' | 'FAILED'
  /** Status of the new cluster after its restore job failed; `gone`: it is deleted (U10). */
  clusterLeftByFailedJob: 'ABNORMAL' | 'CREATING' | 'gone'
  /** World seconds for which a new job, backup or cluster is "not found" and in no list (U8). */
  notReadableForSeconds: number
  /** Where one manual backup blocks another: current page or an older one (F26). An automatic one blocks its cluster. */
  manualBackupsAtOnce: 'cluster' | 'organization'
  /** Code for "another backup is running"; undocumented (F27, U5). */
  busyCode: 96038 | 40003
  /** Code for a cluster name that is in use: documented or recorded (F16, F6). */
  nameTakenCode: 96017 | 40013
  /** Characters of a cluster name: letters, digits, hyphens; or also space, `_` and Han, at most 64 (F16). */
  nameRule: 'strict' | 'wide'
  /** Code for a backup id that does not exist. Undocumented (U5): the default is an assumption. */
  backupNotFoundCode: number
  /** Whether a deleted backup is "not found" or described as DELETED (F39, F66). */
  deletedBackup: 'gone' | 'DELETED'
  /** Whether a dropped cluster is "not found" or described and listed as DELETED (F79). */
  droppedCluster: 'gone' | 'DELETED'
  /** Whether the backups of a dropped cluster can be used under its old id (F33, U15). */
  backupsOfDroppedCluster: 'reachable' | 'refused'
  /** Status of a suspended cluster (F70). */
  suspendedStatus: 'SUSPENDED' | 'STOPPED'
  /** Whether a suspended cluster can be backed up; undocumented (U16). */
  suspendedClusterBackup: 'refuse' | 'accept'
  /** `expireTime` of a manual backup, which never expires although an example has a date (F38). */
  manualExpireTime: 'null' | 'missing' | 'date'
  /** `replica` and `instanceCount` as numbers or strings (F73, F82). */
  countsAs: 'number' | 'text'
  /** Whether projects include regions, organization type and description, which recordings of 2025 lack (F82). */
  projectFields: 'full' | 'recorded'
  /** HTTP status of errors of the service; two were recorded with 200, the others are undocumented (F6, U3). */
  errorHttpStatus: 200 | 400
  /** Header with the request id (F8). */
  requestIdHeader: 'requestid' | 'x-kong-request-id' | 'none'
  /** restoreCollection to the name of an existing collection; undocumented (U11). */
  existingCollection: 'refuse' | 'overwrite'
  /** restoreCollection into a database that does not exist; undocumented (U11). */
  missingDatabase: 'create' | 'refuse'
  /** Whether the target of restoreCollection is in RESTORE_BACKUP until the job ends (F71, inferred). */
  restoreCollectionBlocks: boolean
  /** World seconds for which a data plane refuses after RUNNING, unless its own plan says otherwise. */
  endpointDelaySeconds: number
  /** World seconds for which a restored collection is LoadStateLoading when it is to be loaded; no source says. */
  loadSeconds: number
  /** An undocumented load state, which all collections show then; '' for none. */
  unknownLoadState: string
  /** What `count(*)` is. All examples have a number; the open engine can be set to answer Int64 as text. */
  entityCount: 'number' | 'text'
  /** Whether describeCollection tells the load state; no field is marked as required (U18). */
  describedLoad: 'shown' | 'missing'
  /** `aliases` in describeCollection; `null` also hides those that there are (U18). */
  describedAliases: 'list' | 'null-when-none' | 'null' | 'missing'
}

/** The most probable behaviour, or, where nothing is known, the simplest one. */
const defaults: Readonly<Variants> = {
  projectField: 'projectId',
  collectionFields: 'dest',
  restoreOrder: 'cluster-first',
  restoreCollectionEntries: 'one',
  backupCollections: 'nested',
  defaultDbName: 'default',
  jobEnvelope: true,
  clusterList: 'page',
  listOmits: [],
  listLagSeconds: 0,
  pageCap: 100,
  pageSizeShown: 'asked',
  endlessLists: false,
  clusterProjectFilter: true,
  listCount: 'total',
  listOrder: 'newest-first',
  listCreateTime: 'backup',
  timeFormat: 'text',
  serverDate: 'world',
  clockSkewSeconds: 0,
  successCode: 0,
  progress: 'text',
  progressCourse: 'linear',
  runningJobEndTime: 'missing',
  finalFailure: 'FAILED',
  finalSuccess: 'SUCCESSFUL',
  unknownJobState: '',
  jobIdPrefix: 'job-',
  restoreClusterOmits: 'nothing',
  createBackupOmits: 'nothing',
  idMatch: 'exact',
  backupLookup: 'own-cluster',
  backupIdShape: 'numbered',
  backupLeftByFailedJob: 'none',
  clusterLeftByFailedJob: 'ABNORMAL',
  notReadableForSeconds: 0,
  manualBackupsAtOnce: 'cluster',
  busyCode: 96038,
  nameTakenCode: 96017,
  nameRule: 'strict',
  backupNotFoundCode: 40020,
  deletedBackup: 'gone',
  droppedCluster: 'gone',
  backupsOfDroppedCluster: 'reachable',
  suspendedStatus: 'SUSPENDED',
  suspendedClusterBackup: 'refuse',
  manualExpireTime: 'null',
  countsAs: 'number',
  projectFields: 'full',
  errorHttpStatus: 200,
  requestIdHeader: 'requestid',
  existingCollection: 'refuse',
  missingDatabase: 'create',
  restoreCollectionBlocks: false,
  endpointDelaySeconds: 0,
  loadSeconds: 0,
  unknownLoadState: '',
  entityCount: 'number',
  describedLoad: 'shown',
  describedAliases: 'list',
}

export function defaultVariants(): Variants {
  return { ...defaults }
}
