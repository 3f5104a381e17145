/** What the bench reads off the built action and off a real step. */
import { expect, test } from 'vitest'
import { askedBy } from '../../bench/asked.ts'
import { originsIn } from '../../bench/origins.ts'
import { situations } from '../../bench/situations.ts'
import { startSimulator } from '../../simulator/index.ts'
import { operations } from '../../src/contract.ts'

test('a bundled file is counted by where its pieces come from', () => {
  const text = [
    '// Made by "npm run build"',
    '// src/clock.ts',
    '// a comment about é',
    '// node_modules/@actions/core/lib/core.js',
    'a()',
    '//#region src/errors.ts',
    'b()',
    '// node_modules/tunnel/lib/tunnel.js',
    '// node_modules/@octokit/core/dist-src/index.js',
    '',
  ].join('\n')
  const sizes = Object.fromEntries(originsIn(text))
  expect(sizes).toEqual({
    "the bundler's own": { bytes: 27, lines: 1 },
    ours: { bytes: 16 + 22 + 24 + 4, lines: 4 },
    toolkit: { bytes: 42 + 4, lines: 2 },
    tunnel: { bytes: 37, lines: 1 },
    'octokit and what it needs': { bytes: 48, lines: 1 },
  })
  const all = Object.values(sizes).reduce((sum, { bytes }) => sum + bytes, 0)
  expect(all).toBe(Buffer.byteLength(text))
})

test('a bare program sends what a step has sent, over connections of its own', async () => {
  await using cloud = await startSimulator()
  const { baseUrl, apiKey, clusterId } = cloud
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ backupType: 'CLUSTER' })
  await fetch(`${baseUrl}/v2/backups?clusterId=${clusterId}&pageSize=100`, { headers })
  await fetch(`${baseUrl}/v2/clusters/${clusterId}/backups/create`, { method: 'POST', headers, body })
  const asked = JSON.parse(askedBy(cloud.requests))
  expect(asked).toMatchObject([
    { method: 'GET', path: `/v2/backups?clusterId=${clusterId}&pageSize=100` },
    { method: 'POST', path: `/v2/clusters/${clusterId}/backups/create`, body },
  ])
  expect(asked[1].headers).toMatchObject(headers)
  for (const name of ['host', 'connection', 'content-length'])
    expect(asked[1].headers).not.toHaveProperty(name)
  expect(asked[0]).not.toHaveProperty('body')
})

test('every operation is loaded once, under its limit', () => {
  expect(situations.filter(({ isPlain }) => isPlain).map(({ name }) => name)).toEqual([...operations])
})
