/** The look into a cluster: usable, there, loaded, enough. All that falls short is said at once. */
import { keyOf } from '../collections/contents.ts'
import { ActionError, Cancelled, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { firstLines } from '../untrusted-text.ts'
import { forEachAtOnce } from '../waiting/at-once.ts'
import { listCollections, mostAtOnce } from '../zilliz/collection-reads.ts'
import type { Connection } from '../zilliz/connection.ts'
import { openDataPlane } from '../zilliz/data-plane.ts'
import type { CollectionName } from '../zilliz/decode.ts'
import type { Expectation } from './expectations.ts'
import type { Finding } from './finding.ts'
import { inspectAll } from './inspect.ts'
import { judge, type Verdict, warningsOf } from './judge.ts'
import { verdictLine, verdictTable } from './table.ts'
import type { Token } from './token.ts'
import { waitUntilUsable } from './usable.ts'

export interface ClusterToSee {
  clusterId: string
  clusterName?: string | undefined
  connectAddress: string
  token: Token
  /** Milliseconds. */
  pollInterval: number
}

/** A cluster whose endpoint has just answered. */
export interface UsableCluster {
  connection: Connection
  databases: string[]
}

export async function openCluster(step: Step, cluster: ClusterToSee): Promise<UsableCluster> {
  const { clusterId, connectAddress, token, pollInterval } = cluster
  const connection = await openDataPlane(step.cloud, connectAddress, token.value)
  const options = { clusterId, tokenFrom: token.from, pollInterval }
  const databases = await waitUntilUsable(step, connection, options)
  step.log(`The endpoint of cluster ${clusterId} answers.`)
  return { connection, databases }
}

export async function listAllCollections({
  connection,
  databases,
}: UsableCluster): Promise<CollectionName[]> {
  const found: CollectionName[] = []
  await forEachAtOnce(databases, { most: mostAtOnce }, async database => {
    const collections = await listCollections(connection, database)
    found.push(...collections.map(collection => ({ database, collection })))
  })
  return found.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

export interface Look {
  expectations: readonly Expectation[]
  withBaseline: boolean
  /** Millionths of one per cent. */
  allowedLoss: bigint
  /** Whether what was seen is an output of the operation. */
  isOutput: boolean
  /** What to do where something falls short. */
  next?: string
}

/**
 * Looks at every collection, and publishes and shows what was seen, whatever comes of it.
 *
 * @throws OperationFailed with all that falls short; TimedOut or what else ended the look, with the same
 */
export async function lookInto(
  step: Step,
  { clusterId, clusterName, pollInterval }: ClusterToSee,
  { connection, look }: { connection: Connection; look: Look },
): Promise<Verdict[]> {
  const { expectations, allowedLoss, withBaseline } = look
  const findings = new Map<Expectation, Finding>()
  const judged = () =>
    expectations.flatMap(expectation => {
      const finding = findings.get(expectation)
      return finding === undefined ? [] : [judge(expectation, finding, allowedLoss)]
    })
  try {
    await inspectAll(step, connection, { expectations, findings, pollInterval })
  } catch (error) {
    const verdicts = judged()
    show(step, verdicts, look)
    const { reasonsOf } = await import('./short.ts')
    const reasons = reasonsOf(verdicts)
    if (error instanceof Cancelled || !(error instanceof ActionError) || reasons.length === 0) throw error
    throw withMore(error, { reasons, help: error.parts.help ?? 'not-all-is-there' })
  }
  const verdicts = judged()
  show(step, verdicts, look)
  const name = clusterName ?? clusterId
  const isShort = verdicts.some(({ faults }) => faults.length > 0)
  if (!isShort && (!withBaseline || verdicts.some(({ isCompared }) => isCompared))) return verdicts
  const { nothingCompared, short } = await import('./short.ts')
  throw isShort ? short(step, { name, verdicts, next: look.next }) : nothingCompared(name, verdicts)
}

const mostLogged = 20

function show(step: Step, verdicts: readonly Verdict[], { withBaseline, isOutput }: Look): void {
  const seen = verdicts.flatMap(({ now }) => (now === undefined ? [] : [now]))
  if (isOutput) step.publishList('verifiedCollections', seen)
  if (verdicts.length === 0) return
  step.report.tables.push(verdictTable(verdicts, withBaseline))
  const lines = verdicts.map(verdictLine)
  for (const line of firstLines(lines, mostLogged)) step.log(line)
  for (const warning of warningsOf(verdicts)) step.warning(warning)
}
