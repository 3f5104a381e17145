/** Looking at each expected collection: is it there, is it loaded, what does it hold. */
import { formatName } from '../collections/contents.ts'
import { formatDuration } from '../duration.ts'
import type { Step } from '../step.ts'
import { counted, sanitize } from '../untrusted-text.ts'
import { forEachAtOnce } from '../waiting/at-once.ts'
import { progressLog, waitUntil } from '../waiting/poll.ts'
import { ignoreTrouble } from '../waiting/read-once.ts'
import { describeAlias, listAliases } from '../zilliz/aliases.ts'
import {
  countExactly,
  countFromMetadata,
  describeCollection,
  listCollections,
  loadedState,
  loadingState,
  notThereState,
  readLoadState,
} from '../zilliz/collection-reads.ts'
import type { Connection } from '../zilliz/connection.ts'
import { saysMissing, saysNotLoaded } from '../zilliz/data-plane.ts'
import type { CollectionName } from '../zilliz/decode.ts'
import { NoResponseError } from '../zilliz/errors.ts'
import { sameButCase } from '../zilliz/reads.ts'
import type { Picture } from './baseline.ts'
import { lostAliases } from './compare.ts'
import type { Expectation } from './expectations.ts'

/** What was seen of one. */
export type Finding =
  | NotThere
  | { kind: 'loading' }
  | { kind: 'there'; now: Picture; lostAliases: LostAlias[] }

export interface NotThere {
  kind: 'missing'
  /** Its database is not there either. */
  hasNoDatabase?: boolean
  /** One that differs by case alone. */
  other?: string | undefined
  /** The name is an alias of this one. */
  aliasOf?: string | undefined
}

/** An alias of the baseline that the collection has no more; where it points now, if anywhere. */
export interface LostAlias {
  alias: string
  at?: string | undefined
}

/** Requests to one cluster that are open at the same time. */
export const mostAtOnce = 8

interface Inspection {
  expectations: readonly Expectation[]
  /** Gets what is known so far, whatever ends the look. */
  findings: Map<Expectation, Finding>
  /** Milliseconds. */
  pollInterval: number
}

/** Looks at all of them; a loaded state is waited for while a collection is loading. */
export async function inspectAll(
  { log, ...step }: Step,
  cluster: Connection,
  { expectations, findings, pollInterval }: Inspection,
): Promise<void> {
  const { clock } = step
  const start = clock.elapsed()
  const progress = progressLog(clock)
  const all = counted(expectations.length, 'collection')
  const say = (line: string) => log(`${formatDuration(clock.elapsed() - start)}  ${line}`)
  const loading = () => expectations.filter(one => findings.get(one)?.kind === 'loading')
  let open = expectations
  const poll = async () => {
    await forEachAtOnce(open, { most: mostAtOnce }, async expectation => {
      findings.set(expectation, await inspect(cluster, expectation))
      if (progress.isDue()) say(`${findings.size} of ${all} looked at`)
    })
    open = loading()
    if (open.length === 0) return { done: undefined }
    const line = stillLoading(open)
    if (progress.isNew('loading', line) || progress.isDue()) say(line)
    return { progress: undefined }
  }
  const stillOpen = () => {
    const unseen = expectations.length - findings.size
    const verb = unseen === 1 ? 'is' : 'are'
    const notSeen = unseen === 0 ? [] : [`${unseen} of ${all} ${verb} not looked at yet`]
    return [...notSeen, ...(loading().length === 0 ? [] : [stillLoading(loading())])].join('; ')
  }
  await waitUntil(step, poll, { maxPause: pollInterval, stillOpen })
  // It helps with what is said, and changes nothing of it.
  await nameOtherCases({ ...cluster, triesOnce: true }, findings).catch(ignoreTrouble)
}

function stillLoading([first, ...others]: readonly Expectation[]): string {
  if (others.length > 0) return `${others.length + 1} collections are still loading`
  return `collection ${first === undefined ? '' : sanitize(formatName(first.name))} is still loading`
}

async function inspect(cluster: Connection, expectation: Expectation): Promise<Finding> {
  const { name, mustBeLoaded, before, keepsAliases = false } = expectation
  const described = await describeCollection(cluster, name).catch(asMissing)
  if ('kind' in described) return described
  // A cluster describes the collection that an alias points at.
  const { collection = name.collection } = described
  if (collection !== name.collection) return { kind: 'missing', aliasOf: collection }
  const loadState = described.loadState ?? (await readLoadState(cluster, name))
  if (loadState === notThereState) return { kind: 'missing' }
  if (mustBeLoaded && loadState === loadingState) return { kind: 'loading' }
  const counted = await count(cluster, name, loadState).catch(asMissing)
  if ('kind' in counted) return counted
  const aliases = described.aliases ?? (await listAliases(cluster, name.database, name.collection))
  const now = { ...name, loadState, ...counted, fields: described.fields, aliases }
  const lost = before !== undefined && keepsAliases ? lostAliases(before, now) : []
  return { kind: 'there', now, lostAliases: await whereTheyPoint(cluster, name, lost) }
}

/** @throws what says anything else */
function asMissing(error: unknown): NotThere {
  if (saysMissing(error, 'database')) return { kind: 'missing', hasNoDatabase: true }
  if (saysMissing(error, 'collection')) return { kind: 'missing' }
  throw error
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
  { database, collection }: CollectionName,
  aliases: readonly string[],
): Promise<LostAlias[]> {
  const lost: LostAlias[] = []
  for (const alias of aliases) {
    const at = await describeAlias(cluster, { database, alias }).catch(error => {
      if (saysMissing(error, 'alias')) return undefined
      throw error
    })
    // A description may omit it.
    if (at !== collection) lost.push({ alias, at })
  }
  return lost
}

/** Of those that are missing: a name that differs by case alone is the right spelling. */
async function nameOtherCases(cluster: Connection, findings: Map<Expectation, Finding>): Promise<void> {
  const missing = [...findings].flatMap(([{ name }, finding]) => {
    const isHelped = finding.kind === 'missing' && !finding.hasNoDatabase && !finding.aliasOf
    return isHelped ? [{ name, finding }] : []
  })
  const databases = [...new Set(missing.map(({ name }) => name.database))]
  await forEachAtOnce(databases, { most: mostAtOnce }, async database => {
    const listed = await listCollections(cluster, database)
    for (const { name, finding } of missing) {
      if (name.database === database) {
        finding.other = listed.find(one => one !== name.collection && sameButCase(one, name.collection))
      }
    }
  })
}
