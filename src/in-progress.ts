/** What goes on at the service because of this step, even when the step ends: the one record of it. */

/** A job, a backup or a cluster that the step has started or waits for. */
export type Item =
  | { kind: 'job'; jobId: string }
  | { kind: 'backup'; clusterId: string; backupId: string }
  | { kind: 'cluster'; clusterId: string }

export interface InProgress {
  started(item: Item): void
  /** The step is to wait for it, and has not read it yet. */
  asked(item: Item): void
  /** It is known how it ended: nothing of it goes on without the step. */
  ended(item: Item): void
  /** The step has made this cluster, which costs money until it is dropped. */
  created(clusterId: string): void
  readonly createdClusterId: string | undefined
  /** The step drops this cluster to replace it: however the step ends, it must say so. */
  dropping(clusterId: string | undefined): void
  readonly droppedClusterId: string | undefined
  readonly items: readonly Item[]
  /** Of `items` those that no read has shown to go on. */
  readonly unread: readonly Item[]
}

export function openInProgress(): InProgress {
  const items = new Map<string, Item>()
  const unread = new Set<string>()
  let createdClusterId: string | undefined
  let droppedClusterId: string | undefined
  return {
    started(item) {
      items.set(keyOf(item), item)
      unread.delete(keyOf(item))
    },
    asked(item) {
      items.set(keyOf(item), item)
      unread.add(keyOf(item))
    },
    ended: item => void items.delete(keyOf(item)),
    created(clusterId) {
      createdClusterId = clusterId
    },
    get createdClusterId() {
      return createdClusterId
    },
    dropping(clusterId) {
      droppedClusterId = clusterId
    },
    get droppedClusterId() {
      return droppedClusterId
    },
    get items() {
      return [...items.values()]
    },
    get unread() {
      return [...items].flatMap(([key, item]) => (unread.has(key) ? [item] : []))
    },
  }
}

function keyOf(item: Item): string {
  switch (item.kind) {
    case 'job':
      return `job ${item.jobId}`
    case 'backup':
      return `backup ${item.clusterId} ${item.backupId}`
    case 'cluster':
      return `cluster ${item.clusterId}`
  }
}

export interface Hint {
  title: string
  /** As they stand in a workflow. */
  lines: string[]
}

/**
 * How to go on with what a step leaves behind: lines of a workflow that wait for it or remove it.
 *
 * @param wasCutShort by its timeout or a cancel: what was not read yet may go on
 */
export function resumeHints(inProgress: InProgress, wasCutShort: boolean): Hint[] {
  const unread = new Set(inProgress.unread)
  const items = inProgress.items.filter(item => wasCutShort || !unread.has(item))
  const isRead = items.some(item => !unread.has(item))
  const title = isRead
    ? 'Still running at the service. To wait for it:'
    : 'Not read before the end. To wait for it:'
  const wait = { title, lines: waitLines(items) }
  const drop = { title: 'To drop the cluster instead:', lines: dropLines(inProgress) }
  return wait.lines.length === 0 ? [] : [wait, drop].filter(({ lines }) => lines.length > 0)
}

function waitLines(items: readonly Item[]): string[] {
  const jobIds = items.flatMap(item => (item.kind === 'job' ? [item.jobId] : []))
  const others = items.flatMap(item => {
    if (item.kind === 'backup') return [`cluster-id: ${item.clusterId}`, `backup-id: ${item.backupId}`]
    return item.kind === 'cluster' ? [`target-cluster: ${item.clusterId}`] : []
  })
  const lines = [...(jobIds.length > 0 ? [`job-id: ${jobIds.join(', ')}`] : []), ...others]
  return lines.length === 0 ? [] : ['operation: wait', ...lines]
}

function dropLines({ createdClusterId }: InProgress): string[] {
  return createdClusterId === undefined
    ? []
    : ['operation: delete-cluster', `target-cluster: ${createdClusterId}`]
}
