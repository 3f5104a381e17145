/** Reads that do not depend on each other, sent together, whose results are taken as if one had come after the other. */
import { Cancelled } from '../errors.ts'
import type { Step } from '../step.ts'

type Read<T> = (step: Step) => Promise<T>

/**
 * Gives the results in the order of the reads. What a later one has to log waits for those before it. The first that
 * throws, in their order, ends the others: nobody would have sent them.
 *
 * @param reads of the step that each gets, nothing but the log keeps to the order
 * @param troubledLast one that is being tried again comes after those that are not: it may take long
 */
export async function* inTurn<T>(
  step: Step,
  reads: readonly Read<T>[],
  { troubledLast }: { troubledLast: boolean },
): AsyncGenerator<T, void> {
  const { stop } = step.cloud
  const over = new AbortController()
  const stopped = () => over.abort(stop.reason)
  stop.addEventListener('abort', stopped)
  if (stop.aborted) stopped()
  try {
    const turns = reads.map(read => begin(step, read, over.signal))
    for (const { speak, result } of troubledLast ? await quietFirst(turns) : turns) {
      speak()
      yield await result
    }
  } finally {
    stop.removeEventListener('abort', stopped)
    over.abort(new Cancelled())
  }
}

/** The same for two, with both results. */
export async function bothInTurn<T, U>(step: Step, first: Read<T>, second: Read<U>): Promise<[T, U]> {
  const results: (T | U)[] = []
  for await (const result of inTurn<T | U>(step, [first, second], { troubledLast: false }))
    results.push(result)
  return results as [T, U]
}

interface Turn<T> {
  result: Promise<T>
  /** It is over, or has something to log: true where it is over. */
  isQuiet: Promise<boolean>
  /** All before it are over: what it had to log is logged, and what it has to log from now on. */
  speak(): void
}

function begin<T>(step: Step, read: Read<T>, stop: AbortSignal): Turn<T> {
  const held: string[] = []
  let log: Step['log'] = line => {
    held.push(line)
  }
  let onLine = () => {}
  const hasLine = new Promise<boolean>(resolve => {
    onLine = () => resolve(false)
  })
  const say = (line: string) => {
    onLine()
    log(line)
  }
  const result = read({ ...step, log: say, cloud: { ...step.cloud, log: say, stop } })
  const isOver = () => true
  return {
    result,
    // What it throws is for its turn.
    isQuiet: Promise.race([hasLine, result.then(isOver, isOver)]),
    speak() {
      for (const line of held) step.log(line)
      log = step.log
    },
  }
}

async function quietFirst<T>(turns: readonly Turn<T>[]): Promise<Turn<T>[]> {
  const quiet = await Promise.all(turns.map(({ isQuiet }) => isQuiet))
  return [true, false].flatMap(isQuiet => turns.filter((_, index) => quiet[index] === isQuiet))
}
