import type { Clock } from '../clock.ts'

const concurrency = 4

/**
 * Works through items in their order: a few at a time, and so many of them begun in a second that the service's
 * rate limit leaves room for others who use the key (20 requests a second for each endpoint, F9).
 *
 * After the first that throws no further one is begun; those in flight are allowed to finish.
 *
 * @param work gets `isOver`, which says whether another one has thrown meanwhile
 * @throws what the first of them threw
 */
export async function forEachLimited<T>(
  items: readonly T[],
  { clock, perSecond }: { clock: Clock; perSecond: number },
  work: (item: T, isOver: () => boolean) => Promise<void>,
): Promise<void> {
  const left = items.values()
  const thrown: unknown[] = []
  const isOver = () => thrown.length > 0
  let next = clock.elapsed()
  const worker = async () => {
    for (const item of left) {
      const now = clock.elapsed()
      const begin = Math.max(now, next)
      next = begin + 1000 / perSecond
      if (begin > now) await clock.pause(begin - now)
      if (isOver()) return
      await work(item, isOver)
    }
  }
  const note = (error: unknown) => thrown.push(error)
  await Promise.all(Array.from({ length: concurrency }, () => worker().catch(note)))
  if (isOver()) throw thrown[0]
}
