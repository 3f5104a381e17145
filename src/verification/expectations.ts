/** From what is asked, what the backup holds and what the baseline shows to what is expected of each collection. */
import { keyOf } from '../collections/contents.ts'
import { InputError } from '../errors.ts'
import { loadedState } from '../zilliz/collection-reads.ts'
import type { CollectionName } from '../zilliz/decode.ts'
import type { Picture } from './baseline.ts'
import { checkedAnyway, covered, type Holders, knownNames, problemOfLine } from './stars.ts'
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

export interface Sources extends Holders {
  /** Of the input `collections`; undefined without it. */
  wanted: readonly Wanted[] | undefined
  /** Of the cluster that is looked at. */
  clusterId: string
  loadRule: LoadRule
}

/**
 * @returns one for each collection, and what a warning says
 * @throws InputError where backup and baseline cannot serve a line; OperationFailed where the cluster cannot
 */
export function expectationsOf(sources: Sources): { expectations: Expectation[]; warnings: string[] } {
  const { wanted } = sources
  const known = knownNames(sources)
  const expectationOf = expecting(sources)
  const all = new Map<string, Expectation>()
  const problems: string[] = []
  const add = (to: CollectionName, from: CollectionName, least?: number) => {
    const earlier = all.get(keyOf(to))
    all.set(keyOf(to), { ...expectationOf(to, from), least: least ?? earlier?.least })
  }
  if (wanted === undefined) for (const name of known.before.values()) add(name, name)
  // A name beside a star that covers it adds its least number, so stars come first.
  for (const { mapping, least } of starsFirst(wanted ?? [])) {
    const problem = problemOfLine(mapping, known, sources)
    if (problem === undefined) for (const { to, from } of covered(mapping, known)) add(to, from, least)
    else problems.push(`collections: ${mapping.line}: ${problem}`)
  }
  if (problems.length > 0) throw new InputError(problems)
  return { expectations: [...all.values()], warnings: checkedAnyway(wanted, sources) }
}

function starsFirst(wanted: readonly Wanted[]): Wanted[] {
  const order = { everything: 0, database: 1, collection: 2 }
  return [...wanted].sort((one, other) => order[one.mapping.kind] - order[other.mapping.kind])
}

function expecting({ contents, baseline, loadRule, clusterId }: Sources) {
  const held = contents?.kind === 'by-database' ? contents.collections : []
  // Of thousands each is looked for.
  const states = new Map(held.map(collection => [keyOf(collection), collection.status]))
  const pictures = new Map(baseline?.pictures.map(picture => [keyOf(picture), picture]))
  return (name: CollectionName, from: CollectionName): Expectation => {
    const before = pictures.get(keyOf(from))
    const state = states.get(keyOf(from))
    // A backup may not show it.
    const wasLoaded = state === undefined ? before?.loadState === loadedState : state === 'LOADED'
    const mustBeLoaded = loadRule === 'LOADED' || (loadRule === 'KEEP' && wasLoaded)
    // A copy never has the aliases of the original.
    const keepsAliases = baseline?.clusterId === clusterId && keyOf(name) === keyOf(from)
    return { name, before, mustBeLoaded, keepsAliases }
  }
}
