import { expect, test } from 'vitest'
import { stableNames } from './stable-names.ts'

test.each([
  [
    'of Linux',
    'receipt: /tmp/runner-a1B2c3/temp/zilliz-cloud-x/receipt.json',
    'receipt: <temp>/zilliz-cloud-x/receipt.json',
  ],
  [
    'of Windows',
    'receipt: C:\\Users\\RUNNER~1\\Temp\\runner-a1B2c3\\temp\\zilliz-cloud-x\\receipt.json',
    'receipt: <temp>/zilliz-cloud-x/receipt.json',
  ],
  [
    'of Windows in JSON',
    '{"path":"D:\\\\a\\\\runner-a1B2c3\\\\workspace\\\\before.json"}',
    '{"path":"<workspace>/before.json"}',
  ],
  [
    'of Windows in HTML',
    '<code>D:&#92;a&#92;runner-a1B2c3&#92;temp&#92;x.json</code>',
    '<code><temp>/x.json</code>',
  ],
  ['of a folder alone', '(/tmp/runner-a1B2c3/temp)', '(<temp>)'],
])('a path of the job is the same in every run: one %s', (_, text, stable) => {
  expect(stableNames()(text)).toBe(stable)
})
