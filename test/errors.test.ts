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
  withMessage,
} from '../src/errors.ts'
import { ApiError, NoResponseError } from '../src/zilliz/errors.ts'

const refused = new ApiError('read it', { status: 400, code: 12345, message: 'no' })
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
  expect(new InputError(['x'], { cause }).cause).toBe(cause)
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

describe('an error with another message', () => {
  test('stays TimedOut, with its cause', () => {
    const cause = new TimedOut('first')
    const error = withMessage(cause, 'second')
    expect(error).toBeInstanceOf(TimedOut)
    expect(error).toMatchObject({ message: 'second', cause })
  })

  test.each([true, false])('stays Cancelled, with inFlight %s', inFlight => {
    const cause = new Cancelled('first', { inFlight })
    const error = withMessage(cause, 'second')
    expect(error).toBeInstanceOf(Cancelled)
    expect(error).toMatchObject({ message: 'second', inFlight, cause })
  })

  test.each([new OperationFailed('first'), new InputError(['first']), refused, lost])(
    'is OperationFailed for %o',
    cause => {
      const error = withMessage(cause, 'second')
      expect(error).toBeInstanceOf(OperationFailed)
      expect(error).toMatchObject({ message: 'second', cause })
    },
  )

  test.each([new TypeError('first'), 'first', undefined])('is no error of this action for %o', cause => {
    const error = withMessage(cause, 'second')
    expect(error).not.toBeInstanceOf(ActionError)
    expect(error).toMatchObject({ name: 'Error', message: 'second', cause })
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
    'Could not read it. The service refused: "no" (HTTP 400, code 12345, no request id). The message gives the reason.',
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
