/** What goes on at the service because of this step, even when the step ends: the one record of it. */
import type { Help } from './errors.ts'

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

export interface Hint {
  title: string
  /** A whole step of a workflow, ready to paste. */
  lines: string[]
}

/**
 * How to go on with what a step leaves behind: steps that wait for it or remove it.
 *
 * @param wasCutShort by its timeout or a cancel: what was not read yet may go on
 */
export function resumeHints(inProgress: InProgress, wasCutShort: boolean, common: StepCommon): Hint[] {
  const unread = new Set(inProgress.unread)
  const items = inProgress.items.filter(item => wasCutShort || !unread.has(item))
  if (items.length === 0) return []
  const isRead = items.some(item => !unread.has(item))
  const title = isRead
    ? 'Still running at the service. A step that waits for it:'
    : 'Not read before the end. A step that waits for it:'
  const wait = { title, lines: stepOf('wait', waitInputs(items), common) }
  const { createdClusterId: id } = inProgress
  if (id === undefined) return [wait]
  const lines = stepOf('delete-cluster', [`target-cluster: ${id}`], common)
  return [wait, { title: 'A step that drops the cluster instead:', lines }]
}

function waitInputs(items: readonly Item[]): string[] {
  const jobIds = items.flatMap(item => (item.kind === 'job' ? [item.jobId] : []))
  const others = items.flatMap(item => {
    if (item.kind === 'backup') return [`cluster-id: ${item.clusterId}`, `backup-id: ${item.backupId}`]
    return item.kind === 'cluster' ? [`target-cluster: ${item.clusterId}`] : []
  })
  return [...(jobIds.length > 0 ? [`job-id: ${jobIds.join(', ')}`] : []), ...others]
}

/** What every step has besides its operation. */
export interface StepCommon {
  /** `owner/repo@ref`, as the workflow names this action; undefined where the runner does not show it. */
  uses: string | undefined
  /** Undefined where it is the default. */
  baseUrl: string | undefined
}

/** Where docs/TROUBLESHOOTING.md of the running version stands; undefined where the runner does not show it. */
export function helpAddress(help: Help, { uses }: StepCommon): string | undefined {
  const [repository, ref] = uses?.split('@') ?? []
  return ref === undefined
    ? undefined
    : `https://github.com/${repository}/blob/${ref}/docs/TROUBLESHOOTING.md#${help}`
}

/** A step of a workflow, as YAML. */
export function stepOf(
  operation: string,
  inputs: readonly string[],
  { uses, baseUrl }: StepCommon,
): string[] {
  return [
    uses === undefined
      ? '- uses: OWNER/zilliz-cloud-backup-restore@v0 # as your workflow names this action'
      : `- uses: ${uses}`,
    '  with:',
    `    operation: ${operation}`,
    "    api-key: ${{ secrets.ZILLIZ_API_KEY }} # your secret's name",
    ...(baseUrl === undefined ? [] : [`    base-url: ${baseUrl}`]),
    ...inputs.map(line => `    ${line}`),
  ]
}
