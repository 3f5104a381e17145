import { expect, test } from 'vitest'
import { Cancelled, OperationFailed, TimedOut } from '../../src/errors.ts'
import { readAfterRefusal, stateUnknown } from '../../src/waiting/after-refusal.ts'
import { ApiError, NoResponseError } from '../../src/zilliz/errors.ts'

const refused = new ApiError('start a backup', { status: 200, code: 40003, message: 'not now' })
const badKey = new ApiError('read cluster in01-a', { status: 401, code: 21119, message: 'bad key' })
const noCluster = new ApiError('read cluster in01-a', { status: 200, code: 96018, message: 'no cluster' })

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
    expect(error).toMatchObject({
      message: `${refused.message}\nThe state of cluster in01-a is not known. ${why.message}`,
      cause,
    })
    expect(stateUnknown(refused, 'cluster in01-a', why)).toEqual(error)
  },
)

test('a cancelled read stays cancelled', async () => {
  const cancelled = new Cancelled()
  const read = () => Promise.reject(cancelled)
  await expect(readAfterRefusal(refused, 'cluster in01-a', read)).rejects.toBe(cancelled)
})
