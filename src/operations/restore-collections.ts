/** Restores collections of a backup into an existing cluster, one request for each collection. */
import type { BusyOptions } from '../backups/busy.ts'
import { type BackupRequest, readBackupChoice } from '../backups/choice.ts'
import { checkedBackup, readBackup } from '../backups/find.ts'
import { describeTarget } from '../clusters/described-target.ts'
import { readTarget, type Target } from '../clusters/find.ts'
import { readProtectedClusters } from '../clusters/protected.ts'
import { startAll, waitForJobs } from '../clusters/restore-into.ts'
import type { LoadStatus, Mapping } from '../collections/mapping.ts'
import { readMappings } from '../collections/mappings.ts'
import { type Part, partsOf } from '../collections/parts.ts'
import { openRestores } from '../collections/restores.ts'
import { InputError } from '../errors.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { showRestores, showSource } from '../reports/restore-collections.ts'
import type { Outcome, Step } from '../step.ts'
import type { Token } from '../verification/token.ts'
import { readVerification } from '../verification/token-of-restore.ts'
import { bothInTurn } from '../waiting/in-turn.ts'
import { expectChange } from '../zilliz/ahead.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { sameButCase } from '../zilliz/reads.ts'

export interface RestoreCollections extends CommonInputs, BackupRequest {
  target: Target
  mappings: Mapping[]
  collectionStatus: LoadStatus
  /** Absent: none is taken. */
  safetyBackup?: Pick<BusyOptions, 'ifBusy'> | undefined
  protectedClusters: string[]
  wait: boolean
  /** For a look into the cluster afterwards; absent: none. */
  verify?: Token | undefined
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

export async function read(reader: Reader, common: CommonInputs): Promise<RestoreCollections> {
  const clusterId = reader.id('cluster-id')
  const target = await readTarget(reader)
  const mappings = await readMappings(reader)
  const wait = reader.boolean('wait')
  if (sameButCase(target.cluster, clusterId)) {
    const { problemsIntoSource } = await import('../collections/into-source.ts')
    for (const problem of problemsIntoSource(mappings)) reader.report('collections', problem)
  }
  return {
    ...common,
    clusterId,
    backup: readBackupChoice(reader),
    target,
    mappings,
    collectionStatus: reader.oneOf('collection-status', ['LOADED', 'UNLOADED'] as const) ?? 'LOADED',
    safetyBackup: readSafetyBackup(reader),
    protectedClusters: await readProtectedClusters(reader),
    wait,
    verify: await readVerification(reader, { apiKey: common.apiKey, wait }),
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
}

function readSafetyBackup(reader: Reader): RestoreCollections['safetyBackup'] {
  const ifBusy = reader.oneOf('if-busy', ['wait', 'fail'] as const) ?? 'wait'
  if (reader.boolean('safety-backup')) return { ifBusy }
  if (reader.optional('if-busy') !== undefined) {
    reader.report('if-busy', 'has no effect without safety-backup: true')
  }
  return undefined
}

export async function run(request: RestoreCollections, step: Step): Promise<Outcome> {
  step.report.subject = `Restore into ${request.target.cluster}`
  if (!request.dryRun) expectChange(step.cloud)
  const [target, read] = await bothInTurn(
    step,
    own => targetOf(request, own),
    own => readBackup(own, request),
  )
  const backup = await checkedBackup(step, request, { backup: read, use: 'restored' })
  await refuseIntoSource(request, target, [request.clusterId, backup.clusterId])
  const parts = await partsOf(request, step, { backup, clusterId: target.clusterId })
  const safety = safetyOptions(request, target)
  if (request.dryRun) {
    const { plan } = await import('./plan-restores.ts')
    return plan(step, request.clusterId, { target, backup, parts, safety })
  }
  showSource(step, { target, backup })
  if (safety !== undefined) {
    const { takeSafetyBackup } = await import('./safety-backup.ts')
    await takeSafetyBackup(safety, step)
  }
  await restoreAll(request, step, { target, parts })
  const { verify, pollInterval, wait } = request
  if (verify !== undefined) await lookInto(verify, step, { target, parts, pollInterval })
  return wait ? 'succeeded' : 'started'
}

async function targetOf({ target, protectedClusters }: RestoreCollections, step: Step): Promise<Cluster> {
  const nothing = 'nothing is restored into it'
  const found = await describeTarget(step, target, { protectedClusters, nothing })
  step.publish('clusterId', found.clusterId)
  step.publish('clusterName', found.clusterName)
  step.publish('connectAddress', found.connectAddress)
  return found
}

interface Asked {
  target: Cluster
  parts: readonly Part[]
}

/** @throws OperationFailed when one of them is not restored, or not started */
async function restoreAll(request: RestoreCollections, step: Step, { target, parts }: Asked): Promise<void> {
  const { clusterId } = target
  const { pollInterval, wait } = request
  const restores = openRestores(step, parts)
  try {
    await startAll(restores, step, { clusterId, pollInterval })
  } finally {
    restores.publishAll()
  }
  if (wait) await waitForJobs(restores, step, request)
  const reached = restores.named(wait ? 'succeeded' : 'started')
  const name = target.clusterName ?? clusterId
  if (reached.length < parts.length) {
    const { countDone, notAllRestored } = await import('../clusters/not-restored.ts')
    step.report.outcome = countDone(restores, wait)
    throw notAllRestored(restores, { clusterId, name, wait })
  }
  showRestores(step, { name, parts, wait })
}

async function lookInto(
  token: Token,
  step: Step,
  { target, parts, pollInterval }: Asked & { pollInterval: number },
): Promise<void> {
  const { clusterId, clusterName } = target
  // Loaded when it is needed.
  const { expectationsOfParts, restoreSucceeded, verifyRestored } = await import('./verify-restored.ts')
  const cluster = { clusterId, clusterName, token, pollInterval }
  const expectations = expectationsOfParts(step, parts)
  await verifyRestored(step, cluster, { expectations, stake: restoreSucceeded })
}

/** @param sourceIds of the cluster the backup is of, as the input and as the backup have it */
async function refuseIntoSource(
  { mappings }: RestoreCollections,
  target: Cluster,
  sourceIds: readonly (string | undefined)[],
): Promise<void> {
  if (!sourceIds.some(id => sameButCase(id, target.clusterId))) return
  const { problemsIntoSource } = await import('../collections/into-source.ts')
  const problems = problemsIntoSource(mappings)
  if (problems.length > 0) throw new InputError(problems.map(problem => `collections: ${problem}`))
}

/** Of the target, before anything is written into it; waited for whatever `wait` says. */
function safetyOptions({ safetyBackup, pollInterval }: RestoreCollections, { clusterId }: Cluster) {
  return safetyBackup && { clusterId, crossRegionCopies: [], pollInterval, ...safetyBackup }
}
