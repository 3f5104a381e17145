import type { Shown } from './records.ts'
import type { State } from './state.ts'

/** Sorts by the variant `listOrder`. `shuffled` is by a hash of the id: pages must neither overlap nor skip anything. */
function sorted<T extends { createdAt: number }>(
  state: State,
  items: readonly T[],
  id: (item: T) => string,
): T[] {
  const order = state.variants.listOrder
  if (order === 'shuffled') return [...items].sort((a, b) => hash(id(a)) - hash(id(b)))
  const oldestFirst = [...items].sort((a, b) => a.createdAt - b.createdAt)
  return order === 'oldest-first' ? oldestFirst : oldestFirst.reverse()
}

export interface Listing<T> {
  items: readonly T[]
  id: (item: T) => string
  /** Id of the one to leave out, or `newest`. */
  leaveOut: string | undefined
  /** An entry that exists in an endless list alone (variant `endlessLists`). */
  phantom: (number: number) => T
}

/** One page: `pageSize` 1 to 100, default 10, `currentPage` from 1, default 1 (F20); capped by the variant `pageCap`. */
export function listPage<T extends Shown>(
  state: State,
  query: Readonly<Record<string, string>>,
  { items, id, leaveOut, phantom }: Listing<T>,
) {
  const { pageCap, pageSizeShown, endlessLists, listCount } = state.variants
  const asked = Number(query.pageSize ?? 10)
  const size = Math.min(asked, pageCap)
  const currentPage = Number(query.currentPage ?? 1)
  const start = (currentPage - 1) * size
  const listed = withoutLeftOut(items, id, leaveOut)
  const page = sorted(state, listed, id).slice(start, start + size)
  while (endlessLists && page.length < size) page.push(phantom(start + page.length + 1))
  const total = endlessLists ? start + 2 * size : listed.length
  const count = listCount === 'total' ? total : page.length
  return { page, paging: { count, currentPage, pageSize: pageSizeShown === 'served' ? size : asked } }
}

function withoutLeftOut<T extends Shown>(
  items: readonly T[],
  id: (item: T) => string,
  leaveOut: string | undefined,
): T[] {
  const newest = Math.max(...items.map(item => item.createdAt))
  const isNewest = (item: T) => item === items.findLast(({ createdAt }) => createdAt === newest)
  const isLeftOut = (item: T) => (leaveOut === 'newest' ? isNewest(item) : id(item) === leaveOut)
  return items.filter(item => item.listed !== 'missing' && (leaveOut === undefined || !isLeftOut(item)))
}

function hash(text: string): number {
  let sum = 2166136261
  for (const character of text) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16777619)
  return sum >>> 0
}
