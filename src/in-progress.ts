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
  /** The step has made this cluster, which costs money until it is dropped; undefined once it is. */
  created(clusterId: string | undefined): void
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

export function idOf(item: Item): string {
  switch (item.kind) {
    case 'job':
      return item.jobId
    case 'backup':
      return item.backupId
    case 'cluster':
      return item.clusterId
  }
}

/** The same id of a backup may be there in two clusters. */
function keyOf(item: Item): string {
  const of = item.kind === 'backup' ? `${item.clusterId} ` : ''
  return `${item.kind} ${of}${idOf(item)}`
}
