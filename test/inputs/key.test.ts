import { describe, expect, test } from 'vitest'
import { fromVariable, parse, problemsOf, waitForJob } from '../harness/inputs.ts'

describe('api-key', () => {
  test.each([
    ['key-from-input', '', 'key-from-input'],
    ['', 'key-from-environment', 'key-from-environment'],
    ['key-from-input', 'key-from-environment', 'key-from-input'],
    ['sixsix', '', 'sixsix'],
  ])('%j and in the environment %j: %s', async (input, fallbackKey, key) => {
    expect((await parse({ ...waitForJob, 'api-key': input }, fallbackKey))?.apiKey).toBe(key)
  })

  test.each([
    ['five5', ''],
    ['', 'five5'],
    ['schlüssel', ''],
    ['control\u0007key', ''],
  ])('%j or %j is none, and is not shown', async (input, fallbackKey) => {
    expect(await problemsOf({ ...waitForJob, 'api-key': input }, fallbackKey)).toEqual([
      `api-key: expected an API key of at least 6 visible ASCII characters; got something else (not shown)${fallbackKey === '' ? '' : fromVariable('ZILLIZ_API_KEY')}`,
    ])
  })

  test.each([
    ['Bearer key-123456', 'begins with "Bearer ", which is no part of a key: give the key alone'],
    ['bearer\tkey-123456', 'begins with "Bearer ", which is no part of a key: give the key alone'],
    ['bearer:key-123456', 'begins with "Bearer ", which is no part of a key: give the key alone'],
    ['Bearer: key-123456', 'begins with "Bearer ", which is no part of a key: give the key alone'],
    ['BEARER=key-123456', 'begins with "Bearer ", which is no part of a key: give the key alone'],
    ['Bearer%20key-123456', 'begins with "Bearer ", which is no part of a key: give the key alone'],
    ['Bearer+key-123456', 'begins with "Bearer ", which is no part of a key: give the key alone'],
    ['Bearer', 'is "Bearer" without a key: the secret after it is empty'],
    ['bearer:', 'is "Bearer" without a key: the secret after it is empty'],
    ['Bearer%20', 'is "Bearer" without a key: the secret after it is empty'],
    ['“key-123456”', 'has quotes around it, which are no part of a key: give the key alone'],
    ['‘key-123456’', 'has quotes around it, which are no part of a key: give the key alone'],
    ['«key-123456»', 'has quotes around it, which are no part of a key: give the key alone'],
    ['„key-123456“', 'has quotes around it, which are no part of a key: give the key alone'],
    ['‹key-123456›', 'has quotes around it, which are no part of a key: give the key alone'],
    ['key-123456”', 'has quotes around it, which are no part of a key: give the key alone'],
    ['"key-123456"', 'has quotes around it, which are no part of a key: give the key alone'],
    ["'key-123456'", 'has quotes around it, which are no part of a key: give the key alone'],
    ['`key-123456`', 'has quotes around it, which are no part of a key: give the key alone'],
    ['key-123456"', 'has quotes around it, which are no part of a key: give the key alone'],
    ['key-123456 key-654321', 'has a blank or a line end in it: give one key alone'],
    ['key-123456\nkey-654321', 'has a blank or a line end in it: give one key alone'],
    ['key-123456\u00a0', 'has a blank or a line end in it: give one key alone'],
  ])('%j is told for what it is, the key never shown ("Impossible value")', async (key, problem) => {
    expect(await problemsOf({ ...waitForJob, 'api-key': key })).toEqual([`api-key: ${problem}`])
    const { 'api-key': _, ...withoutKey } = waitForJob
    expect(await problemsOf(withoutKey, key)).toEqual([
      `api-key: ${problem}${fromVariable('ZILLIZ_API_KEY')}`,
    ])
  })

  test('that only begins with the letters of that word is one', async () => {
    expect((await parse({ ...waitForJob, 'api-key': 'bearer0123456789' }))?.apiKey).toBe('bearer0123456789')
  })

  test.each([
    [true, 'Runs for pull requests from forks and from Dependabot get no secrets: skip this job for them.'],
    [
      false,
      "Is the secret's name right? A secret of an environment needs environment: in the job, and a reusable workflow needs secrets: inherit.",
    ],
  ])(
    'a missing one says where it may come from, and why it may be missing: no secrets %s',
    async (getsNoSecrets, why) => {
      expect(
        await problemsOf({ ...waitForJob, 'api-key': '' }, '', { getsNoSecrets: () => getsNoSecrets }),
      ).toEqual([
        `api-key: expected a Zilliz Cloud API key here or in the environment variable ZILLIZ_API_KEY; it is empty. ${why}`,
      ])
    },
  )
})
