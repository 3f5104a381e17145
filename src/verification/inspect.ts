/** Looking at each expected collection: is it there, is it loaded, what does it hold. */
import { formatName } from '../collections/contents.ts'
import type { Step } from '../step.ts'
import { forEachAtOnce } from '../waiting/at-once.ts'
import { waitUntil } from '../waiting/poll.ts'
import { describeAlias, listAliases } from '../zilliz/aliases.ts'
import {
  countExactly,
  countFromMetadata,
  describeCollection,
  listCollections,
  loadedState,
  loadingState,
  readLoadState,
} from '../zilliz/collection-reads.ts'
import type { Connection } from '../zilliz/connection.ts'
import { type Missing, saysMissing, saysNotLoaded } from '../zilliz/data-plane.ts'
import type { CollectionName } from '../zilliz/decode.ts'
import { NoResponseError } from '../zilliz/errors.ts'
import { sameButCase } from '../zilliz/reads.ts'
import type { Picture } from './baseline.ts'
import { lostAliases } from './compare.ts'
import type { Expectation } from './expectations.ts'

/** What was seen of one. */
export type Finding =
  /** `other`: one that differs by case alone; `aliasOf`: the name is an alias. */
  | { kind: 'missing'; other?: string | undefined; aliasOf?: string | undefined }
  | { kind: 'loading' }
  | { kind: 'there'; now: Picture; lostAliases: LostAlias[] }

/** An alias of the baseline that the collection has no more; where it points now, if anywhere. */
export interface LostAlias {
  alias: string
  at?: string | undefined
}

/** Requests to one cluster that are open at the same time. */
export const mostAtOnce = 8

/**
 * Looks at all of them; a loaded state is waited for while a collection is loading.
 *
 * @param findings gets what is known so far, whatever ends the look
 */
export async function inspectAll(
  step: Step,
  cluster: Connection,
  {
    expectations,
    findings,
    pollInterval,
  }: { expectations: readonly Expectation[]; findings: Map<Expectation, Finding>; pollInterval: number },
): Promise<void> {
  let open = expectations
  const poll = async () => {
    await forEachAtOnce(open, mostAtOnce, async expectation => {
      findings.set(expectation, await inspect(cluster, expectation))
    })
    open = open.filter(expectation => findings.get(expectation)?.kind === 'loading')
    return open.length === 0 ? { done: undefined } : { progress: undefined }
  }
  const stillOpen = () => {
    const [first] = open
    const name = first === undefined ? '' : formatName(first.name)
    return open.length === 1
      ? `collection ${name} is still loading`
      : `${open.length} collections are still loading`
  }
  await waitUntil(step, poll, { maxPause: pollInterval, stillOpen })
  await nameOtherCases(cluster, findings)
}

async function inspect(cluster: Connection, expectation: Expectation): Promise<Finding> {
  const { name, mustBeLoaded, before, keepsAliases = false } = expectation
  const described = await orMissing(describeCollection(cluster, name), 'collection', 'database')
  if (described === undefined) return { kind: 'missing' }
  // A cluster describes the collection that an alias points at.
  const { collection = name.collection } = described
  if (collection !== name.collection) return { kind: 'missing', aliasOf: collection }
  const loadState = described.loadState ?? (await readLoadState(cluster, name))
  if (loadState === 'LoadStateNotExist') return { kind: 'missing' }
  if (mustBeLoaded && loadState === loadingState) return { kind: 'loading' }
  const counted = await orMissing(count(cluster, name, loadState), 'collection')
  if (counted === undefined) return { kind: 'missing' }
  const aliases = described.aliases ?? (await listAliases(cluster, name.database, name.collection))
  const now = { ...name, loadState, ...counted, fields: described.fields, aliases }
  const lost = before !== undefined && keepsAliases ? lostAliases(before, now) : []
  return { kind: 'there', now, lostAliases: await whereTheyPoint(cluster, name, lost) }
}

/** Exactly where that can be had in one exchange. */
async function count(
  cluster: Connection,
  name: CollectionName,
  loadState: string,
): Promise<Pick<Picture, 'entities' | 'exact'>> {
  if (loadState === loadedState) {
    try {
      return { entities: await countExactly(cluster, name), exact: true }
    } catch (error) {
      const isTooSlow = error instanceof NoResponseError && error.trouble === 'timeout'
      if (!isTooSlow && !saysNotLoaded(error)) throw error
    }
  }
  const entities = await countFromMetadata(cluster, name)
  return { entities, exact: false }
}

async function whereTheyPoint(
  cluster: Connection,
  { database }: CollectionName,
  aliases: readonly string[],
): Promise<LostAlias[]> {
  const lost: LostAlias[] = []
  for (const alias of aliases) {
    lost.push({ alias, at: await orMissing(describeAlias(cluster, { database, alias }), 'alias') })
  }
  return lost
}

/** Of those that are missing: a name that differs by case alone is the right spelling. */
async function nameOtherCases(cluster: Connection, findings: Map<Expectation, Finding>): Promise<void> {
  const missing = [...findings].filter(([, { kind }]) => kind === 'missing')
  const databases = [...new Set(missing.map(([{ name }]) => name.database))]
  await forEachAtOnce(databases, mostAtOnce, async database => {
    const listed = (await orMissing(listCollections(cluster, database), 'database')) ?? []
    for (const [expectation, finding] of missing) {
      const { name } = expectation
      if (name.database !== database || finding.kind !== 'missing') continue
      const other = listed.find(one => one !== name.collection && sameButCase(one, name.collection))
      if (other !== undefined) findings.set(expectation, { ...finding, other })
    }
  })
}

async function orMissing<T>(asked: Promise<T>, ...what: Missing[]): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (saysMissing(error, ...what)) return undefined
    throw error
  }
}
