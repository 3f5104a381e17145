/** What the job summary says of an alias that is switched, or would be. */
import { endpointRows, namedCluster } from '../report.ts'
import type { Step } from '../step.ts'

interface Switched {
  alias: string
  clusterId: string
  clusterName?: string | undefined
  connectAddress: string
  /** Both as `database.collection`. */
  now: string
  before: string
  outcome: 'skipped' | 'succeeded'
  dryRun: boolean
}

export function showAlias({ report }: Step, of: Switched): void {
  const { alias, now, before, outcome, dryRun, clusterId } = of
  if (outcome === 'skipped') {
    report.heading = `Nothing to switch: ${alias} points at ${now} already`
    report.sentence = 'The collection was looked at; nothing was changed.'
  } else if (dryRun) {
    report.heading = `Dry run: ${alias} would point at ${now}`
    report.sentence = `It points at ${before}. Nothing was changed.`
  } else {
    report.heading = `${alias} points at ${now}`
    report.sentence = `Before, it pointed at ${before}, which is still there.`
  }
  report.rows.push({ name: 'Cluster', value: namedCluster(of) }, ...endpointRows(of.connectAddress))
  if (outcome === 'skipped' || dryRun) return
  const inputs = [`target-cluster: ${clusterId}`, `alias: ${alias}`, `collections: ${before}`]
  report.folds.push({
    title: 'A step that switches back',
    content: { kind: 'step', operation: 'switch-alias', inputs },
  })
}
