/** What became of each collection that a step restores: the output `collections`, and the sentences of failures. */
import { messageOf, withMessage } from '../errors.ts'
import type { Step } from '../step.ts'
import { type CollectionRestore, restoreCollection } from '../zilliz/changes.ts'
import type { Change } from '../zilliz/connection.ts'
import type { Backup } from '../zilliz/decode.ts'
import { describeRestore, expand } from './expand.ts'
import type { LoadStatus, Mapping } from './mappings.ts'

/** One request: a collection, or everything in the backup. */
export interface Part {
  /** For sentences. */
  what: string
  /** Undefined: everything. */
  collection: CollectionRestore | undefined
  change: Change<string>
}

/** What is to be restored into a cluster, one request for each collection. */
export function partsOf(
  {
    clusterId: sourceId,
    mappings,
    collectionStatus,
  }: { clusterId: string; mappings: readonly Mapping[]; collectionStatus: LoadStatus },
  step: Step,
  { backup, clusterId }: { backup: Backup; clusterId: string },
): Part[] {
  const source = { clusterId: sourceId, backupId: backup.backupId }
  const expansion = expand(mappings, backup.contents, collectionStatus)
  if (expansion.kind === 'everything') {
    step.warning(
      `The service does not list what backup ${backup.backupId} holds by database, so everything is restored with one request. Its collections arrive unloaded.`,
    )
    const what = 'everything'
    return [{ what, collection: undefined, change: restoreCollection(source, { clusterId, what }) }]
  }
  return expansion.entries.map(collection => {
    const what = describeRestore(collection)
    return { what, collection, change: restoreCollection(source, { clusterId, what, collection }) }
  })
}

/** `unknown`: the response to its start was lost. */
export type RestoreState =
  | { status: 'not-started'; why?: string }
  | { status: 'unknown' | 'refused'; why: string }
  | { status: 'started' | 'succeeded'; jobId: string }
  | { status: 'failed'; jobId: string; why: string }

export interface Restores {
  readonly parts: readonly Part[]
  set(index: number, state: RestoreState): void
  started(): { index: number; jobId: string; what: string }[]
  startedCount(): number
  /** A sentence for each part that failed, was refused, or may not have been started. */
  failures(): string[]
  /** An error that says the failures so far as well. */
  withFailures(error: unknown): unknown
  publishAll(): void
}

const mostPublishedEach = 100

export function openRestores(step: Step, parts: readonly Part[]): Restores {
  const states: RestoreState[] = parts.map(() => ({ status: 'not-started' }))
  let changes = 0
  const publish = () => {
    const jobIds = states.flatMap(state => ('jobId' in state ? [state.jobId] : []))
    if (jobIds.length > 0) step.publish('jobId', jobIds[0])
    if (jobIds.length > 0) step.publishList('jobIds', jobIds)
    step.publishList(
      'collections',
      parts.flatMap((part, index) => entryOf(part, states[index])),
    )
  }
  const failures = () => states.flatMap(state => ('why' in state && state.why ? [state.why] : []))
  const started = () =>
    parts.flatMap(({ what }, index) => {
      const state = states[index]
      return state !== undefined && 'jobId' in state ? [{ index, jobId: state.jobId, what }] : []
    })
  publish()
  return {
    parts,
    set(index, state) {
      states[index] = state
      changes++
      // The whole list each time: of very many not after each of them.
      if (parts.length <= mostPublishedEach || changes % Math.ceil(parts.length / mostPublishedEach) === 0)
        publish()
    },
    started,
    startedCount: () => started().length,
    failures,
    withFailures(error) {
      publish()
      const all = failures()
      return all.length === 0 ? error : withMessage(error, [messageOf(error), ...all].join('\n'))
    },
    publishAll: publish,
  }
}

/** `[]` for the one request without a list. */
function entryOf({ collection }: Part, state: RestoreState | undefined): Record<string, unknown>[] {
  if (collection === undefined || state === undefined) return []
  const { from, to } = collection
  return [
    {
      ...from,
      targetDatabase: to.database,
      targetCollection: to.collection,
      ...('jobId' in state && { jobId: state.jobId }),
      status: state.status,
    },
  ]
}
