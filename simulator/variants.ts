/**
 * Where the sources disagree or are silent, the simulated service can play every side. This table is the one
 * place that names them; it may be changed while the simulator runs.
 */
export interface Variants {
  /** Which field of restoreCluster names the project: the reference against the tutorials (F47). */
  projectField: 'projectId' | 'targetProjectId' | 'either'
  /** Names of the destination fields of restoreCollection: present against older reference pages (F58). */
  collectionFields: 'dest' | 'target' | 'either'
  /** Which comes first after a restore, the job's success or the cluster's RUNNING; undocumented (U10). */
  restoreOrder: 'job-first' | 'cluster-first'
  /** Whether one restoreCollection request may hold several collections (F57). */
  restoreCollectionEntries: 'one' | 'several'
  /** How describe backup lists collections (F36); `none`: it does not. */
  backupCollections: 'nested' | 'flat' | 'both' | 'none'
  /** How the database `default` is written in a described backup (F36). */
  defaultDbName: 'default' | ''
  /** Whether a described job has the usual envelope: example against schema (F59). */
  jobEnvelope: boolean
  /** List clusters: a page object, `data` as an array, or an array without envelope (F73). */
  clusterList: 'page' | 'array' | 'bare'
  /** Whether list clusters heeds `projectId`; an older service does not (F73). */
  clusterProjectFilter: boolean
  /** Meaning of `count` in lists; undocumented (F21). */
  listCount: 'total' | 'page'
  /** Order of lists; undocumented (U17). `shuffled` is the same on every page. */
  listOrder: 'newest-first' | 'oldest-first' | 'shuffled'
  /** Whose time `createTime` of a listed backup is (F35). */
  listCreateTime: 'backup' | 'cluster'
  /** `code` of success (F7, U4). */
  successCode: 0 | '0' | 200
  /** `progress` of a job: "42", 42, "42%", "42.73" or absent (U9). */
  progress: 'text' | 'number' | 'percent' | 'fraction' | 'missing'
  /** `endTime` of a job that still runs (U9). */
  runningJobEndTime: 'missing' | 'null' | 'empty'
  /** Final state of a job that failed (F61). */
  finalFailure: 'FAILED' | 'CANCELED' | 'ERROR'
  /** A state no source knows, shown in the middle of every job; '' for none (U7). */
  unknownJobState: string
  /** Prefix of job ids (F13). */
  jobIdPrefix: 'job-' | 'job_'
  /** Shape of backup ids (F14). */
  backupIdShape: 'numbered' | 'hyphen'
  /** What a failed backup job leaves behind (U6). */
  backupLeftByFailedJob: 'none' | 'CREATING' | 'FAILED'
  /** What a failed restore job leaves of the new cluster (U10). */
  clusterLeftByFailedJob: 'ABNORMAL' | 'CREATING' | 'gone'
  /** World seconds for which a new job, backup or cluster answers "not found" and is in no list (U8). */
  notReadableForSeconds: number
  /** Code for "another backup is running"; undocumented (F27, U5). */
  busyCode: 96038 | 40003
  /** Code for a cluster name that is taken: documented against recorded (F16, F6). */
  nameTakenCode: 96017 | 40013
  /** Characters of a cluster name: letters, digits, hyphens; or also blank, `_` and Han, at most 64 (F16). */
  nameRule: 'strict' | 'wide'
  /** Code for a backup id that does not exist. No source has one (U5): the default is made up. */
  backupNotFoundCode: number
  /** Whether a deleted backup answers "not found" or is described as DELETED (F39, F66). */
  deletedBackup: 'gone' | 'DELETED'
  /** Whether a dropped cluster answers "not found" or stays described and listed as DELETED (F79). */
  droppedCluster: 'gone' | 'DELETED'
  /** Whether the backups of a dropped cluster answer under its old id (F33, U15). */
  backupsOfDroppedCluster: 'reachable' | 'refused'
  /** Words for a cluster that is put to sleep (F70). */
  suspendedStatus: 'SUSPENDED' | 'STOPPED'
  /** Whether a suspended cluster can be backed up; undocumented (U16). */
  suspendedClusterBackup: 'refuse' | 'accept'
  /** `expireTime` of a manual backup, which never expires although an example gives a date (F38). */
  manualExpireTime: 'null' | 'missing' | 'date'
  /** `replica` and `instanceCount` as numbers or as text (F73, F82). */
  countsAs: 'number' | 'text'
  /** Whether projects tell regions, organization type and description, which recordings of 2025 lack (F82). */
  projectFields: 'full' | 'recorded'
  /** HTTP status of the service's refusals; two were recorded with 200, the rest is undocumented (F6, U3). */
  errorHttpStatus: 200 | 400
  /** Header that carries the request id (F8). */
  requestIdHeader: 'requestid' | 'x-kong-request-id' | 'none'
  /** restoreCollection onto a collection that is there already; undocumented (U11). */
  existingCollection: 'refuse' | 'overwrite'
  /** restoreCollection into a database that is not there; undocumented (U11). */
  missingDatabase: 'create' | 'refuse'
  /** Whether restoreCollection puts its target into RESTORE_BACKUP until the job ends (F71, inferred). */
  restoreCollectionBlocks: boolean
}

/** The side that is most probably true, or, where nothing is known, the plainest one. */
export function defaultVariants(): Variants {
  return {
    projectField: 'projectId',
    collectionFields: 'dest',
    restoreOrder: 'job-first',
    restoreCollectionEntries: 'one',
    backupCollections: 'nested',
    defaultDbName: 'default',
    jobEnvelope: true,
    clusterList: 'page',
    clusterProjectFilter: true,
    listCount: 'total',
    listOrder: 'newest-first',
    listCreateTime: 'backup',
    successCode: 0,
    progress: 'text',
    runningJobEndTime: 'missing',
    finalFailure: 'FAILED',
    unknownJobState: '',
    jobIdPrefix: 'job-',
    backupIdShape: 'numbered',
    backupLeftByFailedJob: 'none',
    clusterLeftByFailedJob: 'ABNORMAL',
    notReadableForSeconds: 0,
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
  }
}

/**
 * Body fields that some source names although the OpenAPI document does not: the one exemption from the rule
 * that an unknown field is refused. Dots lead into objects, `[]` into arrays.
 */
export const fieldsOfOtherSources: Readonly<Record<string, readonly string[]>> = {
  restoreCluster: ['targetProjectId'],
  restoreCollection: [
    'dbCollections[].collections[].targetCollectionName',
    'dbCollections[].collections[].targetCollectionStatus',
  ],
  setBackupPolicy: ['crossRegionPolicies'],
}
