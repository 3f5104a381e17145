/** From what is asked, what the backup holds and what the baseline shows to what is expected of each collection. */
import { keyOf } from '../collections/contents.ts'
import { InputError, OperationFailed } from '../errors.ts'
import { showInvisible } from '../untrusted-text.ts'
import type { CollectionName, Contents, HeldCollection } from '../zilliz/decode.ts'
import type { Baseline, Picture } from './baseline.ts'
import type { Wanted } from './wanted.ts'

/** What is expected of one collection of the cluster. */
export interface Expectation {
  name: CollectionName
  mustBeLoaded: boolean
  /** Entities. */
  least?: number | undefined
  /** To be compared with. */
  before?: Picture | undefined
  /** The same collection of the same cluster: it must have its aliases still. */
  keepsAliases?: boolean
}

export type LoadRule = 'KEEP' | 'LOADED' | 'UNLOADED'

export interface Sources {
  /** Of the input `collections`; undefined without it. */
  wanted: readonly Wanted[] | undefined
  /** Of the backup; undefined without one. */
  contents: Contents | undefined
  baseline: Baseline | undefined
  /** Of the cluster that is looked at. */
  clusterId: string
  loadRule: LoadRule
  /** Every collection of the cluster, for stars that neither backup nor baseline fills. */
  listed: readonly CollectionName[]
}

/** Whether stars stand for what the cluster holds. */
export function needsList({ wanted, contents }: Pick<Sources, 'wanted' | 'contents'>): boolean {
  return contents === undefined && (wanted ?? []).some(({ mapping }) => mapping.kind !== 'collection')
}

/**
 * @returns one for each collection, and what a warning says
 * @throws InputError where the backup cannot serve a line; OperationFailed where the cluster has nothing for one
 */
export function expectationsOf(sources: Sources): { expectations: Expectation[]; warnings: string[] } {
  const { wanted, contents, baseline } = sources
  const known = knownNames(sources)
  const all = new Map<string, Expectation>()
  const problems: string[] = []
  const warnings = isListed(contents) ? [] : [unlisted(wanted)].filter(text => text !== undefined)
  const add = (to: CollectionName, from: CollectionName, least: number | undefined) => {
    const earlier = all.get(keyOf(to))
    all.set(keyOf(to), { ...expectationOf(sources, to, from), least: least ?? earlier?.least })
  }
  if (wanted === undefined) for (const name of known) add(name, name, undefined)
  // A name beside a star that covers it adds its least number, so stars come first.
  for (const { mapping, least } of starsFirst(wanted ?? [])) {
    if (mapping.kind === 'collection') {
      add(mapping.to, mapping.from, least)
      continue
    }
    const ofDatabase = mapping.kind === 'database' ? mapping : undefined
    const covered = known.filter(({ database }) => ofDatabase === undefined || database === ofDatabase.from)
    if (ofDatabase !== undefined && !isListed(contents)) problems.push(`${mapping.line}: ${notByDatabase}`)
    else if (covered.length === 0 && (contents === undefined || isListed(contents))) {
      const nothing = nothingFor(ofDatabase?.from, contents, baseline)
      if (contents === undefined) throw new OperationFailed({ what: nothing, help: 'not-all-is-there' })
      problems.push(`${mapping.line}: ${nothing}`)
    }
    for (const name of covered) add({ ...name, database: ofDatabase?.to ?? name.database }, name, least)
  }
  if (problems.length > 0) throw new InputError(problems.map(problem => `collections: ${problem}`))
  return { expectations: [...all.values()], warnings }
}

function starsFirst(wanted: readonly Wanted[]): Wanted[] {
  const order = { everything: 0, database: 1, collection: 2 }
  return [...wanted].sort((one, other) => order[one.mapping.kind] - order[other.mapping.kind])
}

/** What stars stand for: what the backup holds and the baseline shows; without a backup also what the cluster holds. */
function knownNames({ wanted, contents, baseline, listed }: Sources): CollectionName[] {
  const ofBackup = contents?.kind === 'by-database' ? contents.collections : []
  const ofCluster = contents === undefined && wanted !== undefined ? listed : []
  const all = [...ofBackup, ...(baseline?.pictures ?? []), ...ofCluster]
  const plain = all.map(({ database, collection }) => ({ database, collection }))
  return [...new Map(plain.map(name => [keyOf(name), name])).values()]
}

function expectationOf(
  { contents, baseline, loadRule, clusterId }: Sources,
  name: CollectionName,
  from: CollectionName,
): Expectation {
  const held = heldAs(contents, from)
  const before = baseline?.pictures.find(picture => keyOf(picture) === keyOf(from))
  const isLoaded = held === undefined ? before?.loadState === 'LoadStateLoaded' : held.status === 'LOADED'
  const mustBeLoaded = loadRule === 'LOADED' || (loadRule === 'KEEP' && isLoaded)
  // A copy never has the aliases of the original.
  const keepsAliases = baseline?.clusterId === clusterId && keyOf(name) === keyOf(from)
  return { name, before, mustBeLoaded, keepsAliases }
}

/** Undefined where the backup does not show its load state either. */
function heldAs(contents: Contents | undefined, name: CollectionName): HeldCollection | undefined {
  if (contents?.kind !== 'by-database') return undefined
  const held = contents.collections.find(one => keyOf(one) === keyOf(name))
  return held?.status === undefined ? undefined : held
}

function isListed(contents: Contents | undefined): boolean {
  return contents === undefined || contents.kind === 'by-database'
}

const notByDatabase =
  'the service does not list which collections of the backup are in which database. Name them, or take * for whether the cluster is usable'

/** Of a backup that does not show what it holds by database (F36). */
function unlisted(wanted: readonly Wanted[] | undefined): string | undefined {
  const isByName = wanted?.every(({ mapping }) => mapping.kind === 'collection')
  if (isByName) return undefined
  return 'The service does not list what the backup holds by database, so only whether the cluster is usable is looked at, and what is named.'
}

function nothingFor(
  database: string | undefined,
  contents: Contents | undefined,
  baseline: Baseline | undefined,
): string {
  const of = database === undefined ? '' : ` of database ${showInvisible(database)}`
  if (contents !== undefined && baseline === undefined) return `the backup holds no collection${of}`
  if (contents !== undefined) return `neither the backup nor the baseline has a collection${of}`
  return baseline === undefined
    ? `The cluster has no collection${of}.`
    : `Neither the cluster nor the baseline has a collection${of}.`
}
