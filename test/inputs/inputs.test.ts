import { expect, test } from 'vitest'
import { problemsOf } from '../harness/inputs.ts'

test('everything that is wrong is reported at once', async () => {
  expect(
    (
      await problemsOf({
        operation: 'create-backup',
        'base-url': 'api.cloud.zilliz.com',
        timeout: '1 hour',
        'cu-size': '4',
        'cluster-id': '..',
        collections: 'a b',
        'if-busy': 'skip',
        wait: 'no',
        'poll-interval': '0s',
        'dry-run': 'on',
      })
    ).map(problem => problem.slice(0, problem.indexOf(':'))),
  ).toEqual([
    'api-key',
    'base-url',
    'timeout',
    'cu-size',
    'cluster-id',
    'collections',
    'if-busy',
    'wait',
    'poll-interval',
    'dry-run',
  ])
})
