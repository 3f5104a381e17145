import type { State } from './state.ts'

/** Sorts by the variant `listOrder`. `shuffled` is by a hash of the id: pages must neither overlap nor skip anything. */
export function sorted<T extends { createdAt: number }>(
  state: State,
  items: readonly T[],
  id: (item: T) => string,
): T[] {
  const order = state.variants.listOrder
  if (order === 'shuffled') return [...items].sort((a, b) => hash(id(a)) - hash(id(b)))
  const oldestFirst = [...items].sort((a, b) => a.createdAt - b.createdAt)
  return order === 'oldest-first' ? oldestFirst : oldestFirst.reverse()
}

/** One page: `pageSize` 1 to 100, default 10; `currentPage` from 1, default 1 (F20). */
export function paginate<T>(state: State, items: readonly T[], query: Readonly<Record<string, string>>) {
  const pageSize = Number(query.pageSize ?? 10)
  const currentPage = Number(query.currentPage ?? 1)
  const page = items.slice((currentPage - 1) * pageSize, currentPage * pageSize)
  const count = state.variants.listCount === 'total' ? items.length : page.length
  return { page, paging: { count, currentPage, pageSize } }
}

function hash(text: string): number {
  let sum = 2166136261
  for (const character of text) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16777619)
  return sum >>> 0
}
