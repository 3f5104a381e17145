import { expect, test } from 'vitest'
import { OperationFailed } from '../../src/errors.ts'
import { decodeList } from '../../src/zilliz/decode.ts'
import { readPages } from '../../src/zilliz/pages.ts'
import { openService, success } from './scripted-service.ts'

const items = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ id: `item-${from + index}` }))

type Connection = Awaited<ReturnType<typeof openService>>['connection']

const list = (connection: Connection) =>
  readPages(connection, {
    path: '/v2/items',
    query: { clusterId: 'a&b' },
    tried: 'list the items',
    decode: data => decodeList(data, 'items', item => item as { id: string }),
    id: item => item.id,
  })

test.each([
  ['which are said to be of 100', { count: 7, pageSize: 100 }],
  ['without a size', { count: 7 }],
])('a page that is not full is not the last one while count is greater: pages of 3, %s', async (_, said) => {
  await using service = await openService(
    ...[items(3), items(3, 3), items(1, 6)].map(page => success({ ...said, items: page })),
  )
  expect(await list(service.connection)).toEqual(items(7))
  expect(service.urls()).toEqual(
    [1, 2, 3].map(page => `/v2/items?clusterId=a%26b&pageSize=100&currentPage=${page}`),
  )
})

test('a count of what is on the page alone costs no further request', async () => {
  await using service = await openService(success({ count: 3, items: items(3) }))
  expect(await list(service.connection)).toHaveLength(3)
  expect(service.requests).toHaveLength(1)
})

test('a count that is too great ends with the page that brings nothing new', async () => {
  await using service = await openService(
    success({ count: 99, items: items(3) }),
    success({ count: 99, items: items(3) }),
  )
  expect(await list(service.connection)).toHaveLength(3)
  expect(service.requests).toHaveLength(2)
})

test('after 1,000 pages the list ends with an error', async () => {
  const pages = Array.from({ length: 1_001 }, (_, page) => success({ pageSize: 1, items: items(1, page) }))
  await using service = await openService(...pages)
  await expect(list(service.connection)).rejects.toThrow(
    new OperationFailed(
      'Could not list the items: the list is too long, or has no end. It was given up after 1000 entries, 0 MB.',
    ),
  )
  expect(service.requests).toHaveLength(1_000)
})

test('a list without end cannot fill the memory either', async () => {
  const padding = 'x'.repeat(9 * 1024 * 1024)
  const pages = Array.from({ length: 9 }, (_, page) =>
    success({ pageSize: 1, padding, items: items(1, page) }),
  )
  await using service = await openService(...pages)
  await expect(list(service.connection)).rejects.toThrow(
    /the list is too long, or has no end\. .* after 4 entries, 36 MB\.$/,
  )
})
