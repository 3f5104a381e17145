/** What the job summary says of a dry run of restores into an existing cluster: what somebody approves. */
import { showName } from '../collections/contents.ts'
import type { Part } from '../collections/parts.ts'
import type { Row } from '../report.ts'
import type { Step } from '../step.ts'
import type { Backup, Cluster } from '../zilliz/decode.ts'
import { countOf, showSource } from './restore-collections.ts'

interface Plan {
  target: Cluster
  backup: Backup
  parts: readonly Part[]
  withSafetyBackup: boolean
}

export function showPlannedRestores(step: Step, { target, backup, parts, withSafetyBackup }: Plan): void {
  const { report } = step
  const name = target.clusterName ?? target.clusterId
  report.heading = `Dry run: ${countOf(parts)} would be restored into ${name}`
  report.sentence =
    'Nothing was started. The names under To must be free: what the service does with a collection that exists is not documented.'
  const safety: Row = {
    name: 'Safety backup',
    value: withSafetyBackup ? 'of the whole target, first' : 'none',
  }
  showSource(step, { target, backup })
  report.rows.push(safety)
  report.tables.push({
    columns: ['From', 'To', 'State after'],
    rows: parts.map(({ what, collection }) =>
      collection === undefined
        ? [what, 'where it was', 'UNLOADED']
        : [{ code: showName(collection.from) }, { code: showName(collection.to) }, collection.status],
    ),
  })
}
