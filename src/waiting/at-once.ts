import type { Clock } from '../clock.ts'

interface Limits {
  /** How many are in flight at the same time. */
  most?: number
  /**
   * So many are begun in a second that the service's rate limit leaves room for others who use the key (20 requests a
   * second for each endpoint, F9).
   */
  pace?: { clock: Clock; perSecond: number }
  /** Waited for before each, instead of a pace: what is few begins at once. */
  slot?: () => Promise<void>
}

const few = 4

/**
 * Works through items in their order, several at a time. After the first that throws no further one is begun; those in
 * flight are allowed to finish.
 *
 * @param work gets `isOver`, which says whether another one has thrown meanwhile
 * @throws what the first of them threw
 */
export async function forEachAtOnce<T>(
  items: readonly T[],
  { most = few, pace, slot }: Limits,
  work: (item: T, isOver: () => boolean) => Promise<void>,
): Promise<void> {
  const left = items.values()
  const thrown: unknown[] = []
  const isOver = () => thrown.length > 0
  let next = Number.NEGATIVE_INFINITY
  const worker = async () => {
    for (const item of left) {
      if (pace !== undefined) {
        const now = pace.clock.elapsed()
        const begin = Math.max(now, next)
        next = begin + 1000 / pace.perSecond
        if (begin > now) await pace.clock.pause(begin - now)
      }
      await slot?.()
      if (isOver()) return
      await work(item, isOver)
    }
  }
  const note = (error: unknown) => thrown.push(error)
  await Promise.all(Array.from({ length: most }, () => worker().catch(note)))
  if (isOver()) throw thrown[0]
}
