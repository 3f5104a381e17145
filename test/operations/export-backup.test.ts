import { expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { commonRequest, expected, forLatestOnly, ofCluster } from './common.ts'

const least: Inputs = {
  ...ofCluster,
  operation: 'export-backup',
  'backup-id': 'backup0_a',
  'integration-id': 'integ-a',
}

test('the least, and everything', async () => {
  const request = {
    ...commonRequest,
    clusterId: 'in01-a',
    backup: { kind: 'id', backupId: 'backup0_a' },
    integrationId: 'integ-a',
    directory: undefined,
    wait: true,
    pollInterval: 15_000,
    dryRun: false,
  }
  expect(await parse(least)).toEqual(request)
  expect(
    await parse({
      ...least,
      'backup-id': 'LATEST',
      'max-age': '2h',
      directory: 'nightly backups/2026/',
      wait: 'false',
      'poll-interval': '30s',
      'dry-run': 'true',
    }),
  ).toEqual({
    ...request,
    backup: { kind: 'latest', maxAge: 7_200_000, backupType: undefined },
    directory: 'nightly backups/2026/',
    wait: false,
    pollInterval: 30_000,
    dryRun: true,
  })
})

const folder = (got: string) => [
  `directory: expected a folder without line ends and control characters; got ${got}`,
]

test.each<[Inputs, string[]]>([
  [
    { 'integration-id': '' },
    [
      'integration-id: expected an id; it is empty. If it comes from a variable: is that set (Settings, Secrets and variables, Actions)?',
    ],
  ],
  [{ 'integration-id': 'a/b' }, [`integration-id: ${expected.id('"/"')} "a/b"`]],
  [{ 'max-age': '1d' }, [forLatestOnly('max-age')]],
  [
    { 'backup-id': '', 'max-age': '1d' },
    [
      'backup-id: expected an id; it is empty. If it comes from a variable: is that set (Settings, Secrets and variables, Actions)?',
      forLatestOnly('max-age'),
    ],
  ],
  [{ directory: 'a\nb' }, folder('"a\\nb"')],
  [{ directory: 'a\rb' }, folder('"a\\rb"')],
  [{ directory: 'a\u0000b' }, folder('"a\\u0000b"')],
  [{ directory: 'a\u001b[2Jb' }, folder('"a\\u001b[2Jb"')],
  [{ directory: 'a\u2028b' }, folder('"a\\u2028b"')],
  [{ directory: '备份/2026 "x"' }, []],
])('with %j', async (more, problems) => {
  expect(await problemsOf({ ...least, ...more })).toEqual(problems)
})
