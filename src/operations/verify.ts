/** Is a cluster usable, and does it hold what it should: what a backup holds, what is named, what was there before. */
import { type BackupRequest, readBackupChoice } from '../backups/choice.ts'
import { chooseBackup } from '../backups/find.ts'
import { findTarget, readTarget, type Target } from '../clusters/find.ts'
import { waitForRunning } from '../clusters/wait-for-new.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { showChecked, showVerified } from '../reports/verification.ts'
import type { Outcome, Step } from '../step.ts'
import { type Baseline, readBaseline } from '../verification/baseline.ts'
import { expectationsOf, type LoadRule } from '../verification/expectations.ts'
import { listAllCollections, lookInto, openCluster, type UsableCluster } from '../verification/look-into.ts'
import { needsList } from '../verification/stars.ts'
import { readToken, type Token } from '../verification/token.ts'
import { readAllowedLoss, readWanted, type Wanted } from '../verification/wanted.ts'
import type { Backup } from '../zilliz/decode.ts'

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

export function read(reader: Reader, common: CommonInputs): Verify {
  const isGiven = (name: Parameters<Reader['optional']>[0]) => reader.optional(name) !== undefined
  const withBackup = isGiven('cluster-id') || isGiven('backup-id')
  const withBaseline = isGiven('baseline')
  if (!withBackup && isGiven('max-age')) reader.report('max-age', 'has an effect only with backup-id: latest')
  if (!withBaseline && isGiven('allow-loss')) reader.report('allow-loss', 'has an effect only with baseline')
  return {
    ...common,
    target: readTarget(reader),
    source: withBackup ? { clusterId: reader.id('cluster-id'), backup: readBackupChoice(reader) } : undefined,
    wanted: readWanted(reader, { mayHaveArrows: withBaseline }),
    baseline: readBaseline(reader),
    allowedLoss: readAllowedLoss(reader),
    loadRule: readLoadRule(reader, withBackup || withBaseline),
    token: readToken(reader, common.apiKey),
    pollInterval: reader.duration('poll-interval'),
  }
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
  const { clusterId, clusterName } = await findTarget(step, target)
  step.publish('clusterId', clusterId)
  step.publish('clusterName', clusterName)
  const backup = source && (await chooseBackup(step, source, { use: 'compared with' }))
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

async function expect(
  { wanted, baseline, loadRule }: Verify,
  usable: UsableCluster,
  { backup, clusterId }: { backup: Backup | undefined; clusterId: string },
) {
  const contents = backup?.contents
  const listed = needsList(wanted, contents) ? await listAllCollections(usable) : []
  return expectationsOf({ wanted, baseline, loadRule, clusterId, contents, listed })
}
