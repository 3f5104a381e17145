import { expect, test } from 'vitest'
import { tokenOfNew } from '../../src/verification/token-of-restore.ts'

const otherwise = { value: 'key-123456', from: 'the API key' }

test('a cluster that a step made has a user of its own, if its password came', () => {
  expect(tokenOfNew({ username: 'admin', password: 'word' }, otherwise)).toEqual({
    value: 'admin:word',
    from: 'admin and the password of the restore',
  })
  expect(tokenOfNew({ username: undefined, password: 'w:d' }, otherwise)).toEqual({
    value: 'db_admin:w:d',
    from: 'db_admin and the password of the restore',
  })
  expect(tokenOfNew({ username: 'admin', password: undefined }, otherwise)).toBe(otherwise)
})
