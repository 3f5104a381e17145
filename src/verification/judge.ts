/** Whether what was seen is what was expected. Pure. */
import { formatName, showName } from '../collections/contents.ts'
import { listInSentence, quote, sanitize } from '../untrusted-text.ts'
import { loadedState } from '../zilliz/collection-reads.ts'
import type { Picture } from './baseline.ts'
import { fieldFaults, isTooFew } from './compare.ts'
import type { Expectation } from './expectations.ts'
import type { Finding, LostAlias, NotThere } from './finding.ts'

/** What is said of one collection. */
export interface Verdict {
  name: string
  before: Picture | undefined
  now: Picture | undefined
  /** All that falls short. */
  faults: string[]
  /** Exact numbers of both were compared. */
  isCompared: boolean
  /** Its least number could be read from metadata alone. */
  isLeastAbout: boolean
}

/** @param allowedLoss millionths of one per cent */
export function judge(expectation: Expectation, finding: Finding, allowedLoss: bigint): Verdict {
  const { name, before, least } = expectation
  const verdict = { name: sanitize(formatName(name)), before, now: undefined }
  const nothing = { isCompared: false, isLeastAbout: false }
  if (finding.kind === 'missing')
    return { ...verdict, ...nothing, faults: [missingFault(expectation, finding)] }
  if (finding.kind === 'loading') return { ...verdict, ...nothing, faults: ['is still loading'] }
  const { now } = finding
  const isCompared = before?.exact === true && now.exact
  const faults = [
    ...loadFaults(expectation, now),
    ...countFaults(now, { least, before: isCompared ? before : undefined, allowedLoss }),
    ...(before === undefined ? [] : fieldFaults(before, now)),
    ...finding.lostAliases.map(aliasFault),
  ]
  const isLeastAbout = (least ?? 0) > 0 && !now.exact
  return { ...verdict, now, faults, isCompared, isLeastAbout }
}

function missingFault({ name }: Expectation, { hasNoDatabase, other, aliasOf }: NotThere): string {
  if (aliasOf !== undefined) return `is not a collection, but an alias of ${quote(aliasOf)}`
  if (hasNoDatabase) return 'is not there, nor is its database'
  if (other === undefined) return 'is not there'
  const right = showName({ ...name, collection: other })
  return `is not there, but ${sanitize(right)}, which differs by case alone: write it so`
}

function loadFaults({ mustBeLoaded }: Expectation, { loadState }: Picture): string[] {
  return mustBeLoaded && loadState !== loadedState ? [`is not loaded (${sanitize(loadState)})`] : []
}

interface Enough {
  least: number | undefined
  before: Picture | undefined
  allowedLoss: bigint
}

function countFaults(now: Picture, { least = 0, before, allowedLoss }: Enough): string[] {
  const isLost = before !== undefined && isTooFew(now.entities, before.entities, allowedLoss)
  const beyond = allowedLoss === 0n ? '' : ', a loss beyond allow-loss'
  const reasons = [
    ...(now.entities < least ? [`asked for ${formatCount(least)}`] : []),
    ...(isLost ? [`before ${formatCount(before.entities)}${beyond}`] : []),
  ]
  return reasons.length === 0 ? [] : [`has too few entities: ${countOf(now)}, ${reasons.join(', and ')}`]
}

function aliasFault({ alias, at }: LostAlias): string {
  return at === undefined ? `alias ${quote(alias)} is gone` : `alias ${quote(alias)} points at ${quote(at)}`
}

/** `about 2,000` of what metadata shows. */
export function countOf({ entities, exact }: Pick<Picture, 'entities' | 'exact'>): string {
  return exact ? formatCount(entities) : `about ${formatCount(entities)}`
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

const exactly = 'Only loaded collections are counted exactly, and only where that takes less than 30s.'

/** What is no fault, but proves less than it seems to. */
export function warningsOf(verdicts: readonly Verdict[]): string[] {
  const uncompared = verdicts.filter(({ before, now, isCompared }) => before && now && !isCompared)
  const about = verdicts.filter(({ isLeastAbout }) => isLeastAbout)
  return [
    ...warning('Not compared with the baseline, since these were not counted exactly both times', uncompared),
    ...warning(
      'The least number of these is compared with metadata, which may count deleted entities too',
      about,
    ),
  ]
}

function warning(what: string, verdicts: readonly Verdict[]): string[] {
  if (verdicts.length === 0) return []
  const names = verdicts.map(({ name }) => name)
  return [`${what}: ${listInSentence(names)}. ${exactly}`]
}
