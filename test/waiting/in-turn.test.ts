import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { Cancelled } from '../../src/errors.ts'
import type { Step } from '../../src/step.ts'
import { bothInTurn, inTurn } from '../../src/waiting/in-turn.ts'
import { stepIn } from '../harness/step.ts'

/** A promise that a test settles. */
function open<T>() {
  let settle = { resolve: (_: T) => {}, reject: (_: Error) => {} }
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return { promise, ...settle }
}

async function openStep() {
  const cloud = await startSimulator()
  return { ...stepIn(cloud), [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose]() }
}

const afterAll = () => new Promise(resolve => setImmediate(resolve))

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const result of results) all.push(result)
  return all
}

test('both are begun at once, and the lines of the second wait for the first', async () => {
  await using given = await openStep()
  const [first, second] = [open<number>(), open<string>()]
  const steps: Step[] = []
  const reading = <T>(result: Promise<T>) => {
    return (step: Step) => {
      steps.push(step)
      return result
    }
  }
  const both = bothInTurn(given.step, reading(first.promise), reading(second.promise))
  const [one, two] = steps
  two?.log('two')
  two?.cloud.log('two again')
  one?.log('one')
  second.resolve('b')
  await afterAll()
  expect(given.reported).toEqual(['one'])
  first.resolve(1)
  expect(await both).toEqual([1, 'b'])
  expect(given.reported).toEqual(['one', 'two', 'two again'])
})

test('the first problem in their order is the one that is told, and it ends the other', async () => {
  await using given = await openStep()
  const [first, second] = [open<number>(), open<string>()]
  let stop: AbortSignal | undefined
  const both = bothInTurn(
    given.step,
    () => first.promise,
    ({ cloud }) => {
      stop = cloud.stop
      return second.promise
    },
  )
  second.reject(new Error('the second'))
  await afterAll()
  expect(stop?.aborted).toBe(false)
  first.reject(new Error('the first'))
  await expect(both).rejects.toThrow('the first')
  expect(stop?.reason).toBeInstanceOf(Cancelled)
})

test('a cancel of the step ends both with its own reason', async () => {
  await using given = await openStep()
  const stops: AbortSignal[] = []
  const never = ({ cloud }: Step) => {
    stops.push(cloud.stop)
    return new Promise<never>((_, reject) =>
      cloud.stop.addEventListener('abort', () => reject(cloud.stop.reason)),
    )
  }
  const both = bothInTurn(given.step, never, never)
  const reason = new Cancelled()
  given.stop.abort(reason)
  await expect(both).rejects.toBe(reason)
  expect(stops.map(stop => stop.reason)).toEqual([reason, reason])
})

test('one that is tried again comes last, where that is wanted', async () => {
  await using given = await openStep()
  const troubled = open<string>()
  const logging = (line: string, result: Promise<string>) => {
    return ({ log }: Step) => {
      log(line)
      return result
    }
  }
  const reads = [
    logging('trouble', troubled.promise),
    logging('also, but over', Promise.resolve('b')),
    async () => 'c',
  ]
  const taken: string[] = []
  const all = (async () => {
    for await (const result of inTurn(given.step, reads, { troubledLast: true })) {
      given.step.log(`took ${result}`)
      taken.push(result)
    }
  })()
  await afterAll()
  expect(given.reported).toEqual(['took c', 'trouble'])
  troubled.resolve('a')
  await all
  expect(taken).toEqual(['c', 'a', 'b'])
})

test('otherwise they keep to their order, and none is lost', async () => {
  await using given = await openStep()
  const reads = [1, 2, 3].map(number => async ({ log }: Step) => {
    log(`${number}`)
    for (let turns = number; turns < 3; turns++) await afterAll()
    return number
  })
  expect(await collect(inTurn(given.step, reads, { troubledLast: false }))).toEqual([1, 2, 3])
  expect(given.reported).toEqual(['1', '2', '3'])
})
