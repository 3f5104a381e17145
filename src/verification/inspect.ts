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
  loadedState,
  loadingState,
  mostAtOnce,
  notThereState,
  readLoadState,
} from '../zilliz/collection-reads.ts'
import type { Connection } from '../zilliz/connection.ts'
import { saysMissing, saysNotLoaded } from '../zilliz/data-plane.ts'
import type { CollectionName } from '../zilliz/decode.ts'
import { NoResponseError } from '../zilliz/errors.ts'
import type { Picture } from './baseline.ts'
import { lostAliases } from './compare.ts'
import type { Expectation } from './expectations.ts'
import type { Finding, LostAlias, NotThere } from './finding.ts'

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
  if (![...findings.values()].some(({ kind }) => kind === 'missing')) return
  const { nameOtherCases } = await import('./other-cases.ts')
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
