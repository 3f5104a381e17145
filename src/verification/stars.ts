/** What the stars of `collections` stand for, and what is wrong where there is nothing for a line. Pure. */
import { keyOf, showName } from '../collections/contents.ts'
import type { Mapping } from '../collections/mapping.ts'
import { OperationFailed } from '../errors.ts'
import { showInvisible } from '../untrusted-text.ts'
import type { CollectionName, Contents } from '../zilliz/decode.ts'
import type { Baseline } from './baseline.ts'
import type { Wanted } from './wanted.ts'

/** Where names are from. */
export interface Holders {
  /** Of the backup; undefined without one. */
  contents: Contents | undefined
  baseline: Baseline | undefined
  /** Every collection of the cluster, where stars need them. */
  listed: readonly CollectionName[]
}

/** By key. */
type Names = ReadonlyMap<string, CollectionName>

interface Known {
  /** What the backup holds and the baseline shows. */
  before: Names
  /** The same and, without a backup, what the cluster holds. */
  all: Names
}

export function knownNames({ contents, baseline, listed }: Holders): Known {
  const ofBackup = contents?.kind === 'by-database' ? contents.collections : []
  const before = [...ofBackup, ...(baseline?.pictures ?? [])]
  return { before: byKey(before), all: byKey([...before, ...(contents === undefined ? listed : [])]) }
}

function byKey(names: readonly CollectionName[]): Names {
  const plain = names.map(({ database, collection }) => ({ database, collection }))
  return new Map(plain.map(name => [keyOf(name), name]))
}

/** Whether stars stand for what the cluster holds. */
export function needsList(wanted: readonly Wanted[] | undefined, contents: Contents | undefined): boolean {
  const stars = (wanted ?? []).filter(({ mapping }) => mapping.kind !== 'collection')
  return contents === undefined && stars.some(({ mapping }) => !hasArrow(mapping))
}

/** It leads from a name in the backup or the baseline: in the cluster it stands for nothing. */
function hasArrow(mapping: Mapping): boolean {
  return mapping.kind !== 'everything' && mapping.explicit
}

/** What a line asks for: the name in the cluster, and that in the backup and the baseline. */
export function covered(mapping: Mapping, known: Known): { to: CollectionName; from: CollectionName }[] {
  if (mapping.kind === 'collection') return [{ to: mapping.to, from: mapping.from }]
  const names = [...(hasArrow(mapping) ? known.before : known.all).values()]
  if (mapping.kind === 'everything') return names.map(name => ({ to: name, from: name }))
  return names
    .filter(({ database }) => database === mapping.from)
    .map(from => ({ to: { ...from, database: mapping.to }, from }))
}

/**
 * @returns what is wrong with a line for which backup and baseline have nothing
 * @throws OperationFailed where it is the cluster that has nothing, which is not the fault of the line
 */
export function problemOfLine(
  mapping: Mapping,
  known: Known,
  { contents, baseline }: Pick<Holders, 'contents' | 'baseline'>,
): string | undefined {
  if (mapping.kind === 'collection') {
    if (!mapping.explicit || known.before.has(keyOf(mapping.from))) return undefined
    return noneBefore(`collection ${showName(mapping.from)}`, { contents, baseline })
  }
  if (!isListed(contents)) return mapping.kind === 'database' ? notByDatabase : undefined
  if (covered(mapping, known).length > 0) return undefined
  const what = `collection${mapping.kind === 'database' ? ` of database ${showInvisible(mapping.from)}` : ''}`
  if (contents !== undefined || hasArrow(mapping)) return noneBefore(what, { contents, baseline })
  throw new OperationFailed({
    what:
      baseline === undefined
        ? `The cluster has no ${what}.`
        : `Neither the cluster nor the baseline has a ${what}.`,
    next: 'Check collections, and target-cluster.',
    help: 'not-all-is-there',
  })
}

function noneBefore(what: string, { contents, baseline }: Pick<Holders, 'contents' | 'baseline'>): string {
  if (contents?.kind !== 'by-database') return `the baseline has no ${what}`
  return baseline === undefined
    ? `the backup has no ${what}`
    : `neither the backup nor the baseline has a ${what}`
}

/** By database; what is not there is no backup whose list is missing. */
function isListed(contents: Contents | undefined): boolean {
  return contents === undefined || contents.kind === 'by-database'
}

const notByDatabase =
  'the service does not list which collections of the backup are in which database. Name them, or take * for whether the cluster is usable'

/** For a warning, of a backup that does not show what it holds by database (F36). */
export function checkedAnyway(
  wanted: readonly Wanted[] | undefined,
  { contents, baseline }: Pick<Holders, 'contents' | 'baseline'>,
): string[] {
  const isName = ({ mapping }: Wanted) => mapping.kind === 'collection'
  if (isListed(contents) || wanted?.every(isName)) return []
  const checked = [
    'that the cluster is usable',
    ...(wanted?.some(isName) ? ['the collections that are named'] : []),
    ...(baseline === undefined ? [] : ['those of the baseline']),
  ]
  return [
    `The service does not list by database what the backup holds, so the cluster is not compared with it. Checked: ${checked.join(', ')}.`,
  ]
}
