import { expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'

const verify: Inputs = { operation: 'verify', 'api-key': 'key-123456', 'target-cluster': 'copy' }

test.each([
  'other-key',
  'user:p',
  'db_admin:p:w',
  'user:"quoted"',
  'user:p&ss"w0rd%\'',
  'bearer0123456789',
  'bearers:word',
])('%j is one', async token => {
  expect(await parse({ ...verify, 'data-token': token })).toMatchObject({
    token: { value: token, from: 'data-token' },
  })
})

test('the API key is one where none is given', async () => {
  const token = { value: 'key-123456', from: 'the API key' }
  expect(await parse(verify)).toMatchObject({ token })
  expect(await parse({ ...verify, 'data-token': '' })).toMatchObject({ token })
})

test.each([
  ['user:', 'has no password after the colon: the secret behind it is empty'],
  [':', 'has no user before the colon: expected an API key, or user:password'],
  [':s3cret-word', 'has no user before the colon: expected an API key, or user:password'],
  ['user: s3cret-word', 'has a blank or a line end in it: give one key alone'],
  ['us er:s3cret-word', 'has a blank or a line end in it: give one key alone'],
  ['user:s3cret\nword', 'has a blank or a line end in it: give one key alone'],
  ['Bearer user:s3cret-word', 'begins with "Bearer ", which is no part of a key: give the key alone'],
  ['bearer:s3cret-word', 'begins with "Bearer ", which is no part of a key: give the key alone'],
  ['Bearer', 'is "Bearer" without a key: the secret after it is empty'],
  [
    'user:schlüssel',
    'expected an API key, or user:password, of visible ASCII characters; got something else (not shown)',
  ],
  ['five5', 'expected an API key of at least 6 visible ASCII characters; got something else (not shown)'],
  ['"other-key"', 'has quotes around it, which are no part of a key: give the key alone'],
  ['other key', 'has a blank or a line end in it: give one key alone'],
])('%j is told for what it is, and never shown', async (token, problem) => {
  expect(await problemsOf({ ...verify, 'data-token': token })).toEqual([`data-token: ${problem}`])
})
