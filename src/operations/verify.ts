/** Is a cluster usable, and does it hold what it should: what a backup holds, what is named, what was there before. */
import { type BackupRequest, readBackupChoice } from '../backups/choice.ts'
import { checkedBackup, readBackup } from '../backups/find.ts'
import { findTarget, readTarget, type Target } from '../clusters/find.ts'
import { waitForRunning } from '../clusters/running.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { showChecked, showVerified } from '../reports/verification.ts'
import type { Outcome, Step } from '../step.ts'
import type { Baseline } from '../verification/baseline.ts'
import { expectationsOf, type LoadRule } from '../verification/expectations.ts'
import { listAllCollections, lookInto, openCluster, type UsableCluster } from '../verification/look-into.ts'
import { needsList } from '../verification/stars.ts'
import { readToken, type Token } from '../verification/token.ts'
import type { Wanted } from '../verification/wanted.ts'
import { bothInTurn } from '../waiting/in-turn.ts'
import type { Backup, Cluster } from '../zilliz/decode.ts'

export interface Verify extends CommonInputs {
  target: Target
  /** Absent: none is compared with. */
  source?: BackupRequest | undefined
  /** Absent: all of the backup and of the baseline. */
  wanted?: Wanted[] | undefined
  baseline?: Baseline | undefined
  /** Millionths of one per cent. */
  allowedLoss: bigint
  loadRule: LoadRule
  token: Token
  /** Milliseconds. */
  pollInterval: number
}

export async function read(reader: Reader, common: CommonInputs): Promise<Verify> {
  const isGiven = (name: Parameters<Reader['optional']>[0]) => reader.optional(name) !== undefined
  const withBackup = isGiven('cluster-id') || isGiven('backup-id')
  const withBaseline = isGiven('baseline')
  if (!withBackup && isGiven('max-age')) reader.report('max-age', 'has an effect only with backup-id: latest')
  if (!withBaseline && isGiven('allow-loss')) reader.report('allow-loss', 'has an effect only with baseline')
  return {
    ...common,
    target: await readTarget(reader),
    source: withBackup ? { clusterId: reader.id('cluster-id'), backup: readBackupChoice(reader) } : undefined,
    wanted: isGiven('collections') ? await readCollections(reader, withBaseline) : undefined,
    ...(await readComparison(reader)),
    loadRule: readLoadRule(reader, withBackup || withBaseline),
    token: await readToken(reader, common.apiKey),
    pollInterval: reader.duration('poll-interval'),
  }
}

async function readCollections(reader: Reader, mayHaveArrows: boolean): Promise<Wanted[] | undefined> {
  const { readWanted } = await import('../verification/wanted.ts')
  return readWanted(reader, { mayHaveArrows })
}

async function readComparison(reader: Reader): Promise<Pick<Verify, 'baseline' | 'allowedLoss'>> {
  if (reader.optional('baseline') === undefined && reader.optional('allow-loss') === undefined) {
    return { allowedLoss: 0n }
  }
  const { readAllowedLoss, readBaseline } = await import('../verification/baseline.ts')
  return { baseline: readBaseline(reader), allowedLoss: readAllowedLoss(reader) }
}

function readLoadRule(reader: Reader, isKnownBefore: boolean): LoadRule {
  const given = reader.oneOf('collection-status', ['KEEP', 'LOADED', 'UNLOADED'] as const)
  if (given === 'KEEP' && !isKnownBefore) {
    reader.report('collection-status', 'KEEP needs a backup or a baseline, which says what was loaded')
  }
  return given ?? (isKnownBefore ? 'KEEP' : 'LOADED')
}

export async function run(request: Verify, step: Step): Promise<Outcome> {
  const { target, source, token, pollInterval } = request
  step.report.subject = `Check of cluster ${target.cluster}`
  const [{ clusterId, clusterName }, read] = await bothInTurn(
    step,
    own => publishTarget(own, target),
    async own => source && { source, backup: await readBackup(own, source) },
  )
  const backup =
    read && (await checkedBackup(step, read.source, { backup: read.backup, use: 'compared with' }))
  const connectAddress = await waitForRunning(step, clusterId, pollInterval)
  const cluster = { clusterId, clusterName, connectAddress, token, pollInterval }
  showChecked(step, cluster, backup)
  const usable = await openCluster(step, cluster)
  const { expectations, warnings } = await expect(request, usable, { backup, clusterId })
  for (const warning of warnings) step.warning(warning)
  const { baseline, allowedLoss } = request
  const look = { expectations, allowedLoss, withBaseline: baseline !== undefined, isOutput: true }
  const verdicts = await lookInto(step, cluster, { connection: usable.connection, look })
  showVerified(step, cluster, { verdicts, withBaseline: look.withBaseline })
  return 'succeeded'
}

async function publishTarget(step: Step, target: Target): Promise<Cluster> {
  const found = await findTarget(step, target)
  step.publish('clusterId', found.clusterId)
  step.publish('clusterName', found.clusterName)
  return found
}

async function expect(
  { wanted, baseline, loadRule }: Verify,
  usable: UsableCluster,
  { backup, clusterId }: { backup: Backup | undefined; clusterId: string },
) {
  const contents = backup?.contents
  const listed = needsList(wanted, contents) ? await listAllCollections(usable) : []
  return expectationsOf({ wanted, baseline, loadRule, clusterId, contents, listed })
}
