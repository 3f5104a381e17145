/** The picture that an earlier `verify` has kept of a cluster, to compare with. */
import { readStepFile } from '../github/step-file.ts'
import type { Reader } from '../inputs/reader.ts'
import { isObject, parseJson } from '../json.ts'
import { quoteInput } from '../untrusted-text.ts'
import type { CollectionName } from '../zilliz/decode.ts'

/** What was seen of one collection: an entry of the output `verifiedCollections`. */
export interface Picture extends CollectionName {
  /** As the cluster shows it, such as LoadStateLoaded (F100). */
  loadState: string
  entities: number
  /** Counted one by one, and not read from metadata. */
  exact: boolean
  /** In the cluster's order: `id Int64 primary`, `vector FloatVector(768)`. */
  fields: string[]
  aliases: string[]
}

export interface Baseline {
  /** Undefined where it is the output alone. */
  clusterId: string | undefined
  pictures: Picture[]
}

/** @returns undefined without one, and after a problem */
export function readBaseline(reader: Reader): Baseline | undefined {
  const value = reader.optional('baseline')
  if (value === undefined) return undefined
  const file = value.startsWith('[') ? { content: value } : readStepFile(value)
  const baseline = typeof file === 'string' ? file : parseBaseline(file.content)
  if (typeof baseline !== 'string') return baseline
  const expected = 'expected the path of the receipt of a verify, or its output verifiedCollections'
  reader.report('baseline', `${expected}; ${quoteInput(value)} ${baseline}`)
  return undefined
}

/**
 * Reads a receipt, or the output `verifiedCollections` by itself.
 *
 * @returns a text that says what is wrong with it
 */
function parseBaseline(json: string): Baseline | string {
  const read = parseJson(json)
  if (read === undefined) return 'is not valid JSON'
  if (Array.isArray(read)) return withPictures(undefined, read)
  if (!isObject(read)) return 'is neither a receipt nor a JSON array'
  const { verifiedCollections, status, clusterId } = read
  if (!Array.isArray(verifiedCollections))
    return 'has no verifiedCollections: it is not the receipt of a verify'
  // What a failed one saw may not be all that was there.
  if (status !== 'succeeded')
    return 'is the receipt of a step that did not succeed, so it may not show everything'
  return withPictures(typeof clusterId === 'string' ? clusterId : undefined, verifiedCollections)
}

function withPictures(clusterId: string | undefined, items: readonly unknown[]): Baseline | string {
  const wrong = items.findIndex(item => !isPicture(item))
  if (wrong >= 0) return `has an entry ${wrong + 1} that is not one of verifiedCollections`
  return { clusterId, pictures: items as Picture[] }
}

function isPicture(item: unknown): item is Picture {
  if (!isObject(item)) return false
  const { database, collection, loadState, entities, exact, fields, aliases } = item
  return (
    [database, collection, loadState].every(text => typeof text === 'string' && text !== '') &&
    Number.isSafeInteger(entities) &&
    Number(entities) >= 0 &&
    typeof exact === 'boolean' &&
    [fields, aliases].every(list => Array.isArray(list) && list.every(text => typeof text === 'string'))
  )
}

/** `allow-loss`: per cent, as millionths of one per cent, since fractions are allowed and must compare exactly. */
export function readAllowedLoss(reader: Reader): bigint {
  const text = reader.optional('allow-loss') ?? '0'
  const [, whole = '', fraction = ''] = /^(\d{1,3})(?:\.(\d{1,6}))?$/.exec(text) ?? []
  const millionths = whole === '' ? undefined : BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
  if (millionths !== undefined && millionths <= 100_000_000n) return millionths
  const expected = 'a number of per cent from 0 to 100, such as 5 or 0.25, with six decimals at most'
  reader.report('allow-loss', `expected ${expected}; got ${quoteInput(text)}`)
  return 0n
}
