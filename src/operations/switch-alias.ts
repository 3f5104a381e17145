/** Points an alias at another collection, once that has been seen whole, and says so only after reading it back. */
import { describeTarget } from '../clusters/described-target.ts'
import { readTarget, type Target } from '../clusters/find.ts'
import { readProtectedClusters } from '../clusters/protected.ts'
import { waitForRunning } from '../clusters/running.ts'
import { formatName } from '../collections/contents.ts'
import { problemOfName } from '../collections/names.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { showAlias, showNotNeeded, showPlanned, showSwitched } from '../reports/alias.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { quoteInput } from '../untrusted-text.ts'
import { pointAlias, whereItPoints } from '../verification/alias.ts'
import type { Expectation } from '../verification/expectations.ts'
import { lookInto, openCluster } from '../verification/look-into.ts'
import { readToken, type Token } from '../verification/token.ts'
import { readWanted, type Wanted } from '../verification/wanted.ts'
import { alterAlias } from '../zilliz/aliases.ts'
import { defaultDatabase } from '../zilliz/decode.ts'

export interface SwitchAlias extends CommonInputs {
  target: Target
  alias: string
  /** The collection that it is to point at. */
  expectation: Expectation
  protectedClusters: string[]
  token: Token
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

export async function read(reader: Reader, common: CommonInputs): Promise<SwitchAlias> {
  return {
    ...common,
    target: await readTarget(reader),
    alias: readAlias(reader),
    expectation: await readCollection(reader),
    protectedClusters: await readProtectedClusters(reader),
    token: await readToken(reader, common.apiKey),
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
}

function readAlias(reader: Reader): string {
  const alias = reader.optional('alias')
  const got = alias === undefined ? 'it is empty' : `got ${quoteInput(alias)}`
  if (alias === undefined || problemOfName(alias) !== undefined) {
    reader.report(
      'alias',
      `expected the name of an existing alias, ASCII letters, digits, _ and $, no digit first, at most 255; ${got}`,
    )
  }
  return alias ?? ''
}

/** Exactly one, whose database is that of the alias. */
async function readCollection(reader: Reader): Promise<Expectation> {
  if (reader.optional('collections') === undefined) {
    reader.report('collections', 'expected the one collection that the alias is to point at; it is empty')
  }
  const wanted = await readWanted(reader, { mayHaveArrows: false })
  const [only] = wanted ?? []
  if (wanted !== undefined && (wanted.length > 1 || only?.mapping.kind !== 'collection')) {
    reader.report('collections', 'expected exactly one collection, which the alias is to point at')
  }
  return { name: nameOf(only), least: only?.least, mustBeLoaded: true }
}

function nameOf(wanted: Wanted | undefined): Expectation['name'] {
  if (wanted?.mapping.kind === 'collection') return wanted.mapping.to
  return { database: defaultDatabase, collection: '' }
}

export async function run(request: SwitchAlias, step: Step): Promise<Outcome> {
  const { expectation, token, pollInterval, protectedClusters, dryRun } = request
  const { database, collection } = expectation.name
  const alias = { database, alias: request.alias }
  step.report.subject = `Switch of alias ${request.alias}`
  const nothing = 'no alias of it is switched'
  const target = await describeTarget(step, request.target, { protectedClusters, nothing })
  const { clusterId, clusterName } = target
  step.publish('clusterId', clusterId)
  step.publish('clusterName', clusterName)
  const connectAddress = await waitForRunning(step, clusterId, pollInterval)
  const cluster = { clusterId, clusterName, connectAddress, token, pollInterval }
  showSwitched(step, cluster)
  const { connection } = await openCluster(step, cluster)
  const next = 'Run this step again when the collection is what it should be.'
  const look = { expectations: [expectation], allowedLoss: 0n, withBaseline: false, isOutput: false, next }
  const seeWhole = async () => {
    step.report.tables = []
    await lookInto(step, cluster, { connection, look })
  }
  await seeWhole()
  const previous = await whereItPoints(connection, alias, clusterName ?? clusterId)
  const before = { database, collection: previous }
  step.publish('collection', formatName(expectation.name))
  step.publish('previousCollection', formatName(before))
  const switched = { alias: request.alias, now: expectation.name, before, clusterId, token }
  const isThere = previous === collection
  if (dryRun) {
    showPlanned(step, switched)
    return planned(step, isThere ? [] : [alterAlias(alias, collection)])
  }
  if (isThere) {
    showNotNeeded(step, switched)
    step.notice(`Alias ${request.alias} points at ${formatName(before)} already.`)
    return 'skipped'
  }
  await pointAlias(step, connection, { alias, collection, previous, seeWhole })
  showAlias(step, switched)
  return 'succeeded'
}
