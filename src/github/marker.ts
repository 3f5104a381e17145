/** The hidden first line of a comment, by which a later step finds it. */

/** What a comment is about. */
export interface Subject {
  operation: string
  /** As the inputs have it: an id or a name. */
  cluster: string
  /** As the inputs have it: where that name is unique. */
  projectId: string
  /** '' as long as it is not known. */
  clusterId: string
  /** '' as long as it is not known. */
  clusterName: string
}

const names = ['operation', 'cluster', 'projectId', 'clusterId', 'clusterName'] as const

/**
 * An HTML comment with the subject as the query of a URL: no `>` is left in that, nor an `@` that GitHub would take
 * for a mention. Hyphens are encoded too, since older rules of HTML forbid two of them in a row.
 */
export function markerOf(subject: Subject): string {
  const query = new URLSearchParams(names.map((name): [string, string] => [name, subject[name]]))
  return `<!-- zilliz-cloud-backup-restore ${query.toString().replaceAll('-', '%2D')} -->`
}

/** Only at the very beginning: a comment that quotes another one has something before it. */
export function readMarker(body: string): Subject | undefined {
  const [, query] = body.match(/^<!-- zilliz-cloud-backup-restore (\S+) -->/) ?? []
  if (query === undefined) return undefined
  const values = new URLSearchParams(query)
  const of = (name: string) => values.get(name) ?? ''
  return {
    operation: of('operation'),
    cluster: of('cluster'),
    projectId: of('projectId'),
    clusterId: of('clusterId'),
    clusterName: of('clusterName'),
  }
}

/** One comment for each operation and cluster; the cluster may be given by its name once and by its id then. */
export function isSameSubject(one: Subject, other: Subject): boolean {
  if (one.operation !== other.operation) return false
  if (one.cluster === other.cluster && one.projectId === other.projectId) return true
  return one.clusterId !== '' && one.clusterId === other.clusterId
}

/** Whether a comment is that of the restore which made the cluster of a `delete-cluster`. */
export function isRestoreOf(comment: Subject, deletion: Subject): boolean {
  if (comment.operation !== 'restore-cluster') return false
  if (comment.clusterId !== '' && deletion.clusterId !== '') return comment.clusterId === deletion.clusterId
  if (comment.clusterId !== '' && comment.clusterId === deletion.cluster) return true
  // Another project may have a cluster of that name.
  if (deletion.projectId !== '' && deletion.projectId !== comment.projectId) return false
  return [deletion.cluster, deletion.clusterName].includes(comment.cluster)
}
