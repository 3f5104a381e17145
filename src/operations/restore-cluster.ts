/** Restores a cluster backup into a new cluster, and says so only when that is RUNNING. */
import { type BackupRequest, readBackupChoice } from '../backups/choice.ts'
import { chooseBackup } from '../backups/find.ts'
import { refuseByPlan, refuseSourceByPlan } from '../backups/plans.ts'
import { publishBackup } from '../backups/publish.ts'
import { describeSourceIfThere } from '../backups/source.ts'
import type { RestoreOptions } from '../clusters/attempt.ts'
import { nameState } from '../clusters/if-exists.ts'
import { readNewName } from '../clusters/name.ts'
import type { IfExists, NameOptions, NameState } from '../clusters/name-used.ts'
import { readProtectedClusters } from '../clusters/protected.ts'
import { sendRestore } from '../clusters/restore.ts'
import { waitForNew } from '../clusters/wait-for-new.ts'
import { InputError } from '../errors.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { showPlannedRestore, showRestored } from '../reports/restore-cluster.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { quoteInput } from '../untrusted-text.ts'
import type { Token } from '../verification/token.ts'
import { readVerification, tokenOfNew } from '../verification/token-of-restore.ts'
import { bothInTurn } from '../waiting/in-turn.ts'
import { expectChange } from '../zilliz/ahead.ts'
import { dropCluster, type NewCluster, restoreCluster } from '../zilliz/changes.ts'
import type { Backup } from '../zilliz/decode.ts'
import { sameButCase } from '../zilliz/reads.ts'

export interface RestoreCluster extends CommonInputs, BackupRequest {
  /** Of the new cluster. */
  clusterName: string
  /** Absent: the project of the backup. */
  projectId?: string | undefined
  /** Absent: that of the source cluster. */
  cuSize?: number | undefined
  collectionStatus: 'KEEP' | 'RELEASE'
  versionPolicy?: 'LATEST' | 'ORIGINAL' | undefined
  ifExists: IfExists
  protectedClusters: string[]
  deleteAfterJob: boolean
  wait: boolean
  /** For a look into the cluster afterwards; absent: none. */
  verify?: Token | undefined
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

export async function read(reader: Reader, common: CommonInputs): Promise<RestoreCluster> {
  const ifExists = reader.oneOf('if-exists', ['fail', 'reuse', 'replace'] as const) ?? 'fail'
  const deleteAfterJob = reader.boolean('delete-after-job')
  const clusterName = readNewName(reader)
  const wait = reader.boolean('wait')
  const protectedClusters = await readProtectedClusters(reader)
  const own = protectedClusters.find(entry => sameButCase(clusterName, entry))
  if (own !== undefined && (ifExists === 'replace' || deleteAfterJob)) {
    reader.report(
      'protected-clusters',
      `has ${quoteInput(own)}, the name of the new cluster, which ${ifExists === 'replace' ? 'if-exists: replace' : 'delete-after-job'} may drop`,
    )
  }
  return {
    ...common,
    clusterId: reader.id('cluster-id'),
    backup: readBackupChoice(reader, 'CLUSTER'),
    clusterName,
    projectId: reader.optionalId('target-project-id'),
    cuSize: reader.wholeNumber('cu-size', { least: 1, most: 1024 }),
    collectionStatus: reader.oneOf('collection-status', ['KEEP', 'RELEASE'] as const) ?? 'KEEP',
    versionPolicy: reader.oneOf('restore-version-policy', ['LATEST', 'ORIGINAL'] as const),
    ifExists,
    protectedClusters,
    deleteAfterJob,
    wait,
    verify: await readVerification(reader, { apiKey: common.apiKey, wait }),
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
}

export async function run(request: RestoreCluster, step: Step): Promise<Outcome> {
  const { clusterId, ifExists, protectedClusters, pollInterval } = request
  step.report.subject = `Restore into ${request.clusterName}`
  if (!request.dryRun) expectChange(step.cloud)
  const mayBeUnused = ifExists === 'reuse'
  const backup = await chooseBackup(step, request, { type: 'CLUSTER', use: 'restored', mayBeUnused })
  const cluster = { clusterName: request.clusterName, projectId: projectOf(request, backup) }
  const sourceIds = [...new Set([clusterId, backup.clusterId ?? clusterId])]
  const isProjectGiven = request.projectId !== undefined
  const name: NameOptions = { ...cluster, isProjectGiven, ifExists, sourceIds, protectedClusters }
  const [state, sourceCuSize] = await bothInTurn(
    step,
    own => nameState(own, name),
    // What holds the name may be reused, and then no size is asked for.
    async own => (ifExists === 'reuse' ? undefined : sizeOf(own, request)),
  )
  if (state.kind === 'held' && ifExists === 'reuse') {
    return (await import('./reuse-cluster.ts')).reuse(request, step, state.cluster)
  }
  publishBackup(step, backup)

  const newCluster: NewCluster = {
    ...cluster,
    cuSize: sourceCuSize ?? (await sizeOf(step, request)),
    collectionStatus: request.collectionStatus,
    versionPolicy: request.versionPolicy,
  }
  const asked = { source: { clusterId, backupId: backup.backupId }, backup, cluster: newCluster }
  if (request.dryRun) return plan(request, step, { ...asked, state })
  const before = await freeName(step, state, { ...name, pollInterval })
  const guards = { sourceIds, protectedClusters }
  return restore(request, step, { ...asked, ...guards, before })
}

/** @returns ids of the clusters that had it */
async function freeName(
  step: Step,
  state: NameState,
  options: NameOptions & { pollInterval: number },
): Promise<string[]> {
  if (state.kind === 'free') return []
  const { makeRoom } = await import('../clusters/make-room.ts')
  return makeRoom(step, state, options)
}

type Asked = Pick<RestoreOptions, 'source' | 'cluster'> & { backup: Backup }

async function plan(
  { cuSize, deleteAfterJob }: RestoreCluster,
  step: Step,
  { source, cluster, backup, state }: Asked & { state: NameState },
): Promise<Outcome> {
  if (cuSize !== undefined) await refuseSourceByPlan(step, source.clusterId, 'restored from')
  const dropped = state.kind === 'held' ? state.cluster : undefined
  showPlannedRestore(step, { backup, ...cluster, deleteAfterJob, dropped })
  const drops = dropped === undefined ? [] : [dropCluster(dropped.clusterId)]
  return planned(step, [...drops, restoreCluster(source, cluster)])
}

async function restore(
  request: RestoreCluster,
  step: Step,
  { backup, ...options }: Asked & Pick<RestoreOptions, 'before' | 'sourceIds' | 'protectedClusters'>,
): Promise<Outcome> {
  const { wait, clusterName, deleteAfterJob, pollInterval, verify, collectionStatus } = request
  const created = await sendRestore({ ...options, deleteAfterJob, pollInterval }, step)
  const connectAddress = wait ? await waitForNew(step, created, pollInterval) : undefined
  const { clusterId, password } = created
  const restored = { clusterId, clusterName, connectAddress, backup, deleteAfterJob }
  showRestored(step, { ...restored, hasPassword: password !== undefined }, { wait })
  if (verify !== undefined && connectAddress !== undefined) {
    // Loaded when it is needed.
    const { expectationsOfBackup, restoreSucceeded, verifyRestored } = await import('./verify-restored.ts')
    const token = tokenOfNew(created, verify)
    step.mask(token.value)
    const expectations = expectationsOfBackup(step, backup.contents, { clusterId, collectionStatus })
    const cluster = { clusterId, clusterName, connectAddress, token, pollInterval }
    const cost = deleteAfterJob ? '' : ` Cluster ${clusterId} costs money until it is dropped.`
    await verifyRestored(step, cluster, { expectations, stake: `${restoreSucceeded}${cost}` })
  }
  return wait ? 'succeeded' : 'started'
}

function projectOf(request: RestoreCluster, backup: Backup): string {
  const projectId = request.projectId ?? backup.projectId
  if (projectId !== undefined) return projectId
  throw new InputError([
    'target-project-id: the backup does not show its project; set the project of the new cluster',
  ])
}

/** By default that of the source cluster. */
async function sizeOf(step: Step, { clusterId, cuSize, dryRun }: RestoreCluster): Promise<number> {
  if (cuSize !== undefined) return cuSize
  const set = 'set the compute units of the new cluster'
  const source = await describeSourceIfThere(step, clusterId)
  if (source === undefined) {
    throw new InputError([`cu-size: source cluster ${clusterId} is gone, so its size is not known; ${set}`])
  }
  if (dryRun) refuseByPlan(source, 'restored from')
  if (source.cuSize !== undefined && source.cuSize >= 1) return source.cuSize
  throw new InputError([`cu-size: the service does not show the size of source cluster ${clusterId}; ${set}`])
}
