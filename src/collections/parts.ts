/** What is to be restored into a cluster, one request for each collection, and how far each is. */
import type { Step } from '../step.ts'
import { type CollectionRestore, restoreCollection } from '../zilliz/changes.ts'
import type { Backup } from '../zilliz/decode.ts'
import type { Change } from '../zilliz/requests.ts'
import { describeRestore, expand } from './expand.ts'
import type { LoadStatus, Mapping } from './mapping.ts'

/** One request: a collection, or everything in the backup. */
export interface Part {
  /** For sentences. */
  what: string
  /** Undefined: everything. */
  collection: CollectionRestore | undefined
  change: Change<string>
}

/** What is to be restored into a cluster, one request for each collection. */
export async function partsOf(
  {
    clusterId: sourceId,
    mappings,
    collectionStatus,
  }: { clusterId: string; mappings: readonly Mapping[]; collectionStatus: LoadStatus },
  step: Step,
  { backup, clusterId }: { backup: Backup; clusterId: string },
): Promise<Part[]> {
  const source = { clusterId: sourceId, backupId: backup.backupId }
  const expansion = await expand(mappings, backup.contents, collectionStatus)
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
  | { status: 'not-started'; why?: string; next?: string | undefined }
  | { status: 'unknown' | 'refused'; why: string; next?: string | undefined }
  | { status: 'started' | 'succeeded'; jobId: string }
  | { status: 'failed'; jobId: string; why: string; whole?: string | undefined }
