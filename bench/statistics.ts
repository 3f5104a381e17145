/** What is made of repeated measures. */

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

interface Point {
  items: number
  time: number
}

/**
 * How much more an item costs among most than among more: 1 when the time grows linearly, 10 when ten times as many
 * take a hundred times as long. The time of few, which is mostly start, is taken off both.
 */
export function growth(few: Point, more: Point, most: Point): number {
  const perItem = (from: Point, to: Point) => (to.time - from.time) / (to.items - from.items)
  return perItem(few, most) / perItem(few, more)
}

/**
 * The medians of all contenders, who are measured in turns: a busy moment of the machine then meets all of them. One
 * more round goes ahead and does not count, since the first time files come from the disk.
 */
export async function inTurns<Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(contenders) as Name[]
  const measures = new Map(names.map(name => [name, [] as number[]]))
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const measure = await contenders[name]()
      if (round > 0) measures.get(name)?.push(measure)
    }
  }
  const medians = names.map(name => [name, median(measures.get(name) ?? [])])
  return Object.fromEntries(medians) as Record<Name, number>
}

/** Does all of it, so many at a time. */
export async function atMost(count: number, tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const queue = tasks.values()
  const worker = async () => {
    for (const task of queue) await task()
  }
  await Promise.all(Array.from({ length: count }, worker))
}
