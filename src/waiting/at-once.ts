/**
 * Works through items, several at a time. After the first that throws no further one is begun; those in flight are
 * allowed to finish.
 *
 * @throws what the first of them threw
 */
export async function forEachAtOnce<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values()
  const thrown: unknown[] = []
  const worker = async () => {
    for (const item of left) {
      if (thrown.length > 0) return
      await work(item).catch(error => void thrown.push(error))
    }
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker))
  if (thrown.length > 0) throw thrown[0]
}
