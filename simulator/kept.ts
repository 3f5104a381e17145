/** Adds an item and forgets the oldest ones above the limit, so that a server does not grow with each request. */
export function keepLast<T>(items: T[], item: T, limit: number): void {
  items.push(item)
  if (items.length > limit) items.splice(0, items.length - limit)
}

/** Numbers what is added, from 1 on, and keeps the last of it. */
export function createLog<T extends object>(limit: number) {
  const entries: (T & { number: number })[] = []
  let count = 0
  return {
    entries,
    add(item: T): T & { number: number } {
      const entry = { number: ++count, ...item }
      keepLast(entries, entry, limit)
      return entry
    },
  }
}
