import { describe, expect, test } from 'vitest'
import {
  ActionError,
  attemptAll,
  Cancelled,
  explain,
  InputError,
  messageOf,
  OperationFailed,
  RunnerFileError,
  TimedOut,
  textOf,
  withMore,
} from '../src/errors.ts'
import { NoResponseError } from '../src/zilliz/errors.ts'
import { apiError } from '../src/zilliz/refusals.ts'

const refused = apiError(
  { tried: 'read it', right: 'read', baseUrl: 'https://host' },
  { status: 400, code: 12345, message: 'no' },
)
const lost = new NoResponseError('Could not read it: reset.')

test.each([
  [new InputError(['a: b']), 'InputError'],
  [new OperationFailed('x'), 'OperationFailed'],
  [new TimedOut('x'), 'TimedOut'],
  [new Cancelled(), 'Cancelled'],
  [new RunnerFileError('x'), 'RunnerFileError'],
  [refused, 'ApiError'],
  [lost, 'NoResponseError'],
])('%o has its name and is an error of this action', (error, name) => {
  expect(error.name).toBe(name)
  expect(error).toBeInstanceOf(ActionError)
})

test('an error keeps its cause', () => {
  const cause = new Error('reset')
  expect(new OperationFailed('x', { cause }).cause).toBe(cause)
  expect(new TimedOut('x', { cause }).cause).toBe(cause)
  expect(new Cancelled('x', { cause }).cause).toBe(cause)
})

test('an error of inputs has every problem, one per line', () => {
  const error = new InputError(['a: b', 'c: d'])
  expect(error).toMatchObject({ problems: ['a: b', 'c: d'], message: 'a: b\nc: d' })
})

test('a cancelled step has nothing in flight unless it says so', () => {
  expect(new Cancelled()).toMatchObject({ message: 'The step was cancelled.', inFlight: false })
  expect(new Cancelled('x', { inFlight: true })).toMatchObject({ message: 'x', inFlight: true })
})

describe('as one text', () => {
  test('what happened comes first, then the stake, what to do, and in brackets what the service answered', () => {
    const parts = { what: 'It failed.', stake: 'It costs money.', next: 'Drop it.', answer: 'HTTP 200' }
    expect(textOf(parts)).toBe('It failed. It costs money. Drop it. (HTTP 200)')
  })

  test.each([
    [{ what: 'It failed.' }, 'It failed.'],
    [{ what: 'It failed.', stake: '', next: undefined, answer: '' }, 'It failed.'],
    [{ what: 'It failed.', answer: 'HTTP 200' }, 'It failed. (HTTP 200)'],
    [{ what: '', next: 'Drop it.' }, 'Drop it.'],
  ])('%j is without what is not there', (parts, text) => {
    expect(textOf(parts)).toBe(text)
  })

  test.each(['Job a: FAILED.\nJob b: FAILED.', 'cluster-id: expected an id; it is empty'])(
    'the rest stands on a line of its own behind %j',
    what => {
      expect(textOf({ what, stake: 'Nothing was started.' })).toBe(`${what}\nNothing was started.`)
    },
  )
})

describe('an error that says more', () => {
  const more = { what: 'second', stake: 'It goes on.', next: 'Wait for it.' }

  test('says first what it said, then more; what to do is replaced, and both answers are kept', () => {
    const first = { what: 'First.', stake: 'One.', next: 'Try it.', answer: 'HTTP 200' }
    const { parts } = withMore(new OperationFailed(first), { ...more, answer: 'HTTP 401' }) as OperationFailed
    expect(parts).toEqual({
      what: 'First.\nsecond',
      stake: 'One. It goes on.',
      next: 'Wait for it.',
      answer: 'HTTP 200; HTTP 401',
    })
    expect(withMore(new OperationFailed(first), {})).toMatchObject({ parts: first })
  })

  test('stays TimedOut, with its cause', () => {
    const cause = new TimedOut('first')
    const error = withMore(cause, more)
    expect(error).toBeInstanceOf(TimedOut)
    expect(error).toMatchObject({ message: 'first\nsecond\nIt goes on. Wait for it.', cause })
  })

  test.each([true, false])('stays Cancelled, with inFlight %s', inFlight => {
    const cause = new Cancelled('first', { inFlight })
    const error = withMore(cause, more)
    expect(error).toBeInstanceOf(Cancelled)
    expect(error).toMatchObject({ message: 'first\nsecond\nIt goes on. Wait for it.', inFlight, cause })
  })

  test.each([new OperationFailed('first'), new InputError(['first']), refused, lost])(
    'is OperationFailed for %o',
    cause => {
      const error = withMore(cause, more)
      expect(error).toBeInstanceOf(OperationFailed)
      expect(error).toMatchObject({
        cause,
        parts: { ...more, what: `${cause.parts.what}\nsecond`, answer: cause.parts.answer },
      })
    },
  )

  test.each([new TypeError('first'), 'first', undefined])('is no error of this action for %o', cause => {
    const error = withMore(cause, more)
    expect(error).not.toBeInstanceOf(ActionError)
    const message = `${messageOf(cause)}\nsecond\nIt goes on. Wait for it.`
    expect(error).toMatchObject({ name: 'Error', message, cause })
  })
})

test('of several actions each is done, whatever becomes of the others, and the errors are given', () => {
  const done: string[] = []
  const [first, last] = [new RunnerFileError('full'), new TypeError('x')]
  const failing = (error: Error) => () => {
    throw error
  }
  const errors = attemptAll(
    () => done.push('a'),
    failing(first),
    () => done.push('b'),
    failing(last),
    () => done.push('c'),
  )
  expect(errors).toEqual([first, last])
  expect(done).toEqual(['a', 'b', 'c'])
  expect(attemptAll()).toEqual([])
})

test.each([
  [new Error('a'), 'a'],
  [refused, refused.message],
  ['text', 'text'],
  [undefined, 'undefined'],
])('the message of %o', (error, message) => {
  expect(messageOf(error)).toBe(message)
})

test.each([
  [new InputError(['a: b', 'c: d']), 'a: b\nc: d'],
  [new OperationFailed('It is gone.'), 'It is gone.'],
  [new TimedOut('Timed out after 2h.'), 'Timed out after 2h.'],
  [new Cancelled(), 'The step was cancelled.'],
  // The runner's fault, and no defect of the action.
  [new RunnerFileError('Could not write it: ENOSPC.'), 'Could not write it: ENOSPC.'],
  [lost, 'Could not read it: reset.'],
  [
    refused,
    'Could not read it: the service refused. The message gives the reason. ("no", HTTP 400, code 12345, no request id)',
  ],
  [
    new TypeError('x is undefined'),
    'Unexpected failure: x is undefined. This is a defect of the action: please report it.',
  ],
  ['text', 'Unexpected failure: text'],
  [undefined, 'Unexpected failure: undefined'],
])('%o is explained', (failure, sentence) => {
  expect(explain(failure)).toBe(sentence)
})
