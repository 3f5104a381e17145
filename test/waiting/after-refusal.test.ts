import { expect, test } from 'vitest'
import { Cancelled, OperationFailed, TimedOut } from '../../src/errors.ts'
import { readAfterRefusal, stateUnknown } from '../../src/waiting/after-refusal.ts'
import { NoResponseError } from '../../src/zilliz/errors.ts'
import { apiError } from '../../src/zilliz/refusals.ts'

const refused = apiError(
  { tried: 'start a backup', right: 'backup', baseUrl: 'https://host' },
  { status: 200, code: 40003, message: 'not now' },
)
const badKey = apiError(
  { tried: 'read cluster in01-a', right: 'read', baseUrl: 'https://host' },
  { status: 401, code: 21119, message: 'bad key' },
)
const noCluster = apiError(
  { tried: 'read cluster in01-a', right: 'read', baseUrl: 'https://host' },
  { status: 200, code: 96018, message: 'no cluster' },
)

test('what is read decides', async () => {
  expect(await readAfterRefusal(refused, 'cluster in01-a', async () => 'RUNNING')).toBe('RUNNING')
})

test.each([
  ['no response', new NoResponseError('Could not read it: reset.'), refused],
  ['a timeout', new TimedOut('Could not read it: the step timed out.'), refused],
  ['a refusal', noCluster, refused],
  ['a refused key', badKey, badKey],
])(
  'a read that ends with %s leaves the refusal, and says that the state is not known',
  async (_, why, cause) => {
    const read = () => Promise.reject(why)
    const error = await readAfterRefusal(refused, 'cluster in01-a', read).catch(thrown => thrown)
    expect(error).toBeInstanceOf(OperationFailed)
    const { answer } = why.parts
    expect(error.cause).toBe(cause)
    expect(error.parts).toEqual({
      ...refused.parts,
      stake: `The state of cluster in01-a is not known: ${why.parts.what}`,
      answer: answer === undefined ? refused.parts.answer : `${refused.parts.answer}; ${answer}`,
    })
    expect(error.message).toContain('"not now", HTTP 200, code 40003')
    expect(error.message.endsWith(answer === undefined ? 'no request id)' : `; ${answer})`)).toBe(true)
    expect(stateUnknown(refused, 'cluster in01-a', why)).toEqual(error)
  },
)

test('a cancelled read stays cancelled', async () => {
  const cancelled = new Cancelled()
  const read = () => Promise.reject(cancelled)
  await expect(readAfterRefusal(refused, 'cluster in01-a', read)).rejects.toBe(cancelled)
})
