import { expect, test } from 'vitest'
import { isProtected, noticeUnknownEntries } from '../../src/clusters/protected.ts'
import type { Step } from '../../src/step.ts'

const production = { clusterId: 'in01-3e5d8a4b2f6c1d7', clusterName: 'Production' }
const nameless = { clusterId: 'in01-3e5d8a4b2f6c1d7', clusterName: undefined }

test.each<[string[], boolean]>([
  [['Production'], true],
  [['production'], true],
  [['PRODUCTION', 'x'], true],
  [['in01-3e5d8a4b2f6c1d7'], true],
  [['IN01-3E5D8A4B2F6C1D7'], true],
  [['x', 'in01-3e5d8a4b2f6c1d7'], true],
  [[], false],
  [['prod', 'production2', 'in01-3e5d8a4b2f6'], false],
])('%j protects it, whatever the case: %s ("Case")', (entries, expected) => {
  expect(isProtected(entries, production)).toBe(expected)
})

test.each<[string[], boolean]>([
  [['staging'], true],
  [['in01-0123456789ab', 'staging'], true],
  [['in01-0123456789ab'], false],
  [['IN01-3e5d8a4b2f6c1d7'], true],
  [[], false],
])('with names among %j, one whose name cannot be read is protected too: %s', (entries, expected) => {
  expect(isProtected(entries, nameless)).toBe(expected)
})

async function noticed(entries: readonly string[]): Promise<string[]> {
  const notices: string[] = []
  const step = { notice: (text: string) => void notices.push(text) } as unknown as Step
  const listed = [production, { clusterId: 'in01-0123456789ab', clusterName: undefined }]
  await noticeUnknownEntries(
    step,
    entries,
    listed.map(cluster => ({ ...cluster, status: 'RUNNING' })),
  )
  return notices
}

test('one notice names the entries that are not among the clusters that the key can see', async () => {
  expect(await noticed(['production', 'IN01-0123456789AB'])).toEqual([])
  expect(await noticed([])).toEqual([])
  expect(await noticed(['prodution', 'production', 'a\nb'])).toEqual([
    'protected-clusters: not among the clusters that this key can see: "prodution", "a b".',
  ])
  const [many] = await noticed(Array.from({ length: 12 }, (_, index) => `c${index}`))
  expect(many).toMatch(/"c9" and 2 more\.$/)
})
