import { isPossibleName, offerSafeName } from '../clusters/name.ts'
import { keepingNames, parseSelections, type Selection } from '../collections/mappings.ts'
import type { Reader } from '../inputs/reader.ts'
import { parseBackupChoice } from './backup-inputs.ts'
import type { Common, DeleteCluster, RestoreCluster, RestoreCollections, Target } from './requests.ts'

export function parseRestoreCluster(reader: Reader, common: Common): RestoreCluster {
  const ifExists = reader.oneOf('if-exists', ['fail', 'reuse', 'replace'] as const) ?? 'fail'
  const deleteAfterJob = reader.boolean('delete-after-job')
  const clusterName = parseNewName(reader)
  const protectedClusters = reader.list('protected-clusters')
  if (protectedClusters.includes(clusterName) && (ifExists === 'replace' || deleteAfterJob)) {
    reader.problem(
      'protected-clusters',
      `holds the name of the new cluster, which ${ifExists === 'replace' ? 'if-exists: replace' : 'delete-after-job'} may drop`,
    )
  }
  return {
    ...common,
    operation: 'restore-cluster',
    clusterId: reader.id('cluster-id'),
    backup: parseBackupChoice(reader),
    clusterName,
    projectId: reader.optionalId('target-project-id'),
    cuSize: reader.wholeNumber('cu-size', 1, 1024),
    collectionStatus: reader.oneOf('collection-status', ['KEEP', 'RELEASE'] as const) ?? 'KEEP',
    versionPolicy: reader.oneOf('restore-version-policy', ['LATEST', 'ORIGINAL'] as const),
    ifExists,
    protectedClusters,
    deleteAfterJob,
    wait: reader.boolean('wait'),
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
}

function parseNewName(reader: Reader): string {
  const name = reader.optional('target-cluster')
  if (name === undefined) {
    reader.problem('target-cluster', 'expected the name of the new cluster; got nothing')
    return ''
  }
  if (!isPossibleName(name)) {
    reader.problem(
      'target-cluster',
      `expected at most 255 letters, digits, blanks, _, - and Han characters as the name of the new cluster; got ${JSON.stringify(name.slice(0, 300))}.${offerSafeName(name)}`,
    )
  }
  return name
}

export function parseRestoreCollections(reader: Reader, common: Common): RestoreCollections {
  const clusterId = reader.id('cluster-id')
  const target = parseTarget(reader)
  const safetyBackup = reader.boolean('safety-backup')
  const selections = parseSelection(reader)
  if (target.cluster === clusterId) {
    for (const problem of sourceProblems(selections)) reader.problem('collections', problem)
  }
  if (!safetyBackup && reader.optional('if-busy') !== undefined) {
    reader.problem('if-busy', 'is of no use without safety-backup: true')
  }
  return {
    ...common,
    operation: 'restore-collections',
    clusterId,
    backup: parseBackupChoice(reader),
    target,
    selections,
    collectionStatus: reader.oneOf('collection-status', ['LOADED', 'UNLOADED'] as const) ?? 'LOADED',
    safetyBackup,
    ifBusy: reader.oneOf('if-busy', ['wait', 'fail'] as const) ?? 'wait',
    protectedClusters: reader.list('protected-clusters'),
    wait: reader.boolean('wait'),
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
}

function parseSelection(reader: Reader): Selection[] {
  const text = reader.optional('collections')
  if (text === undefined) return [{ kind: 'everything', line: 'no line' }]
  return parseSelections(text, problem => reader.problem('collections', problem)) ?? []
}

/** A restore into the source cluster itself keeps a name only where the line says so (U11). */
export function sourceProblems(selections: readonly Selection[]): string[] {
  return keepingNames(selections).map(name =>
    name === 'everything'
      ? 'the target is the source cluster itself, and everything would keep its name. Name the collections, each with a new name (orders -> orders_restored) or, to keep it, with the arrow (orders -> orders, sales.* -> sales.*)'
      : `the target is the source cluster itself, and ${name} would keep its name. Give it a new one (${name} -> ${name.endsWith('.*') ? `restored.*` : `${name}_restored`}) or say with the arrow that it is to keep it (${name} -> ${name})`,
  )
}

export function parseDeleteCluster(reader: Reader, common: Common): DeleteCluster {
  return {
    ...common,
    operation: 'delete-cluster',
    target: parseTarget(reader),
    protectedClusters: reader.list('protected-clusters'),
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
}

function parseTarget(reader: Reader): Target {
  const cluster = reader.optional('target-cluster')
  if (cluster === undefined) {
    reader.problem('target-cluster', 'expected the id or the exact name of an existing cluster; got nothing')
  }
  return { cluster: cluster ?? '', projectId: reader.optionalId('target-project-id') }
}
