/** What the job summary says of an alias that is switched, or would be. */
import { formatName, keyOf } from '../collections/contents.ts'
import { problemOfName } from '../collections/names.ts'
import { endpointRows, namedCluster } from '../report.ts'
import type { Step } from '../step.ts'
import type { ClusterToSee } from '../verification/look-into.ts'
import type { Token } from '../verification/token.ts'
import type { CollectionName } from '../zilliz/decode.ts'

interface Switched {
  alias: string
  now: CollectionName
  before: CollectionName
  clusterId: string
  token: Token
}

/** Before it is known how it ends. */
export function showSwitched(step: Step, cluster: ClusterToSee): void {
  const { connectAddress } = cluster
  step.report.rows.push({ name: 'Cluster', value: namedCluster(cluster) }, ...endpointRows(connectAddress))
}

export function showNotNeeded({ report }: Step, { alias, now }: Switched): void {
  report.heading = `Nothing to switch: ${alias} points at ${formatName(now)} already`
  report.sentence = 'The collection was looked at; nothing was changed.'
}

/** Of a dry run. */
export function showPlanned({ report }: Step, { alias, now, before }: Switched): void {
  const isThere = keyOf(now) === keyOf(before)
  report.heading = isThere
    ? `Dry run: ${alias} points at ${formatName(now)} already`
    : `Dry run: ${alias} would point at ${formatName(now)}`
  report.sentence = `It points at ${formatName(before)}. Nothing was changed.`
}

export function showAlias({ report }: Step, switched: Switched): void {
  const { alias, now, before } = switched
  report.heading = `${alias} points at ${formatName(now)}`
  report.sentence = `Before, it pointed at ${formatName(before)}, which is still there.`
  // Whatever the cluster calls its collection, the step must be the step that it looks like.
  if (problemOfName(before.collection) !== undefined || problemOfName(before.database) !== undefined) return
  report.folds.push({
    title: 'A step that switches back',
    content: { kind: 'step', operation: 'switch-alias', inputs: inputsBack(switched) },
  })
}

function inputsBack({ alias, before, clusterId, token }: Switched): string[] {
  const ofUser = "data-token: ${{ secrets.ZILLIZ_DATA_TOKEN }} # your secret's name"
  const own = token.from === 'data-token' ? [ofUser] : []
  return [`target-cluster: ${clusterId}`, `alias: ${alias}`, `collections: ${formatName(before)}`, ...own]
}
