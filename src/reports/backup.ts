/** What the job summary says of a backup that a step made, used or would make. */
import { formatSize } from '../backups/size.ts'
import { showName } from '../collections/contents.ts'
import { timestamp } from '../duration.ts'
import { type Fold, largestUnit, namedCluster, type Piece, type Row } from '../report.ts'
import { type Step, tookSoFar } from '../step.ts'
import type { Backup, CollectionName } from '../zilliz/decode.ts'
import { serviceTime } from '../zilliz/service-time.ts'

/** What a backup does not hold: by the service's own pages (F28, F52), and in the open-source engine (F109). */
const notHeld = [
  'collection TTL',
  'mmap settings of collections and fields',
  'the password of db_admin',
  'users and roles',
  'aliases',
]

export interface Asked {
  clusterId: string
  /** Undefined for the whole cluster. */
  collections: readonly CollectionName[] | undefined
  /** Regions. */
  crossRegionCopies: readonly string[]
}

/** `used`: this step did not start it, with the reason. */
export type How = 'made' | 'started' | { used: string }

export function showBackup(
  step: Step,
  asked: Asked,
  { backup, how }: { backup: Partial<Backup>; how: How },
): void {
  const { report } = step
  const { clusterName, backupId = '', backupName, createTime } = backup
  const name = clusterName ?? asked.clusterId
  if (how === 'made') report.heading = `Backup of ${name} is AVAILABLE`
  else if (how === 'started') report.heading = `Backup of ${name} has started`
  else report.heading = `No new backup of ${name}: another one serves`
  const facts = [
    backup.size ? formatSize(backup.size) : '',
    how === 'made' ? `made in ${tookSoFar(step)}` : '',
  ].filter(Boolean)
  report.sentence = [
    ...(createTime === undefined || how === 'started' ? [] : writesIn(step, createTime)),
    how === 'started' ? 'It is to hold ' : 'It holds ',
    `${whatOf(asked)} `,
    namedCluster({ clusterId: asked.clusterId, clusterName }),
    `${facts.map(fact => `, ${fact}`).join('')}. ${endOf(how)}`,
  ]
  report.rows.push({ name: 'Backup id', value: { code: backupId } })
  if (backupName) report.rows.push({ name: 'Name in the console', value: { code: backupName } })
  report.rows.push(...copiesRow(asked))
  report.folds.push(...collectionsFold(asked))
  if (how === 'started') return
  report.folds.push({ title: 'What it does not hold', content: { kind: 'list', items: notHeld } })
}

/** Of a step that uses another backup it is empty: the two cannot be combined. */
function copiesRow({ crossRegionCopies }: Asked): Row[] {
  return crossRegionCopies.length === 0
    ? []
    : [
        {
          name: 'Copies asked for',
          value: `${crossRegionCopies.join(', ')} (the step does not wait for them)`,
        },
      ]
}

function collectionsFold({ collections = [] }: Asked): Fold[] {
  if (collections.length < 2) return []
  return [{ title: 'The collections', content: { kind: 'list', items: collections.map(showName) } }]
}

function endOf(how: How): string {
  if (how === 'made') return 'It is kept, and costs money, until somebody deletes it.'
  return how === 'started' ? 'The step does not wait for it.' : how.used
}

/** Before a migration that is what counts: up to when writes are in it. */
function writesIn(step: Step, createTime: number): Piece[] {
  const age = largestUnit(serviceTime(step.cloud).now - createTime)
  const at = `${timestamp(createTime).slice(0, 16).replace('T', ' ')} UTC`
  return ['The backup began at ', { strong: at }, ` (${age} ago): later writes may not be in it. `]
}

function whatOf({ collections }: Asked): string {
  if (collections === undefined) return 'the whole cluster'
  const [only, ...others] = collections
  if (only === undefined || others.length > 0) return `${collections.length} collections of`
  return `collection ${showName(only)} of`
}

/** Of a dry run. */
export function showPlannedBackup(
  { report }: Step,
  asked: Asked,
  { clusterName, busy }: { clusterName: string | undefined; busy: readonly Backup[] },
): void {
  const { clusterId } = asked
  report.heading = `Dry run: a backup of ${clusterName ?? clusterId} would be started`
  const wait =
    busy.length === 0 ? '' : ` First it would wait for backup ${busy[0]?.backupId}, which is running.`
  report.sentence = [
    `It would hold ${whatOf(asked)} `,
    namedCluster({ clusterId, clusterName }),
    `. Nothing was started.${wait}`,
  ]
  report.rows.push(...copiesRow(asked))
  report.folds.push(...collectionsFold(asked))
}
