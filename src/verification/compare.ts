/** What was seen before against what is there now. Pure. */
import { quote } from '../untrusted-text.ts'
import type { Picture } from './baseline.ts'

/**
 * Whether so many entities are too few. Exact, for fractions of a per cent too.
 *
 * @param allowedLoss millionths of one per cent
 */
export function isTooFew(now: number, before: number, allowedLoss: bigint): boolean {
  return BigInt(now) * 100_000_000n < BigInt(before) * (100_000_000n - allowedLoss)
}

/** Fields that are gone, or have another type, dimension or key; new ones are in order. */
export function fieldFaults(before: Picture, now: Picture): string[] {
  const found = new Map(now.fields.map(field => [nameOf(field), field]))
  return before.fields.flatMap(field => {
    const name = nameOf(field)
    const current = found.get(name)
    if (current === field) return []
    const was = quote(field.slice(name.length + 1))
    return [
      current === undefined
        ? `field ${quote(name)} is gone`
        : `field ${quote(name)} was ${was} and is ${quote(current.slice(name.length + 1))}`,
    ]
  })
}

function nameOf(field: string): string {
  return field.split(' ', 1)[0] ?? ''
}

/** The aliases that a collection had and has no more. */
export function lostAliases(before: Picture, now: Picture): string[] {
  return before.aliases.filter(alias => !now.aliases.includes(alias))
}
