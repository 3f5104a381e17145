import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { CliProcess } from './cli-process.ts'

// Each test starts a process.
vi.setConfig({ testTimeout: 20_000 })

const quick = ['--json', '--speed', '100'] as const

type Description = Awaited<ReturnType<CliProcess['description']>>

// biome-ignore lint/suspicious/noExplicitAny: each operation responds with another type
async function data({ baseUrl, apiKey }: Description, path: string, body?: object): Promise<any> {
  const response = await fetch(baseUrl + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return ((await response.json()) as { data: unknown }).data
}

async function createBackup(cloud: Description, clusterId = cloud.clusterId): Promise<string> {
  const { jobId } = await data(cloud, `/v2/clusters/${clusterId}/backups/create`, { backupType: 'CLUSTER' })
  return jobId
}

async function finishedJob(cloud: Description, jobId: string): Promise<{ status: string; reason: string }> {
  for (;;) {
    const job = await data(cloud, `/v2/jobs/${jobId}`)
    if ('endTime' in job) return job
    await sleep(10)
  }
}

test('--fail-next fails the next job with the given reason, and only that one', async () => {
  await using cli = new CliProcess(...quick, '--fail-next', 'disk full: "data"')
  const cloud = await cli.description()
  const first = await finishedJob(cloud, await createBackup(cloud))
  expect(first).toMatchObject({ status: 'FAILED', reason: 'disk full: "data"' })
  const second = await finishedJob(cloud, await createBackup(cloud))
  expect(second).toMatchObject({ status: 'SUCCESSFUL', reason: '' })
})

test('--hang-next keeps the next job in progress, and only that one', async () => {
  await using cli = new CliProcess(...quick, '--hang-next')
  const cloud = await cli.description()
  const hanging = await createBackup(cloud)
  const { clusters } = await data(cloud, '/v2/clusters')
  const staging = clusters.find((cluster: { clusterName: string }) => cluster.clusterName === 'staging')
  const later = await finishedJob(cloud, await createBackup(cloud, staging.clusterId))
  expect(later).toMatchObject({ status: 'SUCCESSFUL' })
  const job = await data(cloud, `/v2/jobs/${hanging}`)
  expect(job).toMatchObject({ status: 'IN_PROGRESS', progress: '0' })
  expect(job).not.toHaveProperty('endTime')
})

test.each([
  [['--fail-next', 'disk full'], 'the next job fails with the reason "disk full"'],
  [['--hang-next'], 'the next job never ends'],
  [['--fault', 'createBackup=403:96016'], 'all requests of createBackup get HTTP 403, code 96016.'],
  [['--fault', 'all=503x2'], 'the first 2 requests get HTTP 503.'],
])('without --json, %j is part of the introduction', async (flags, sentence) => {
  await using cli = new CliProcess(...flags)
  await cli.match('stdout', /cluster-id: in01-\S+\n/)
  expect(cli.output.stdout).toContain(sentence)
})

test('--fault answers the requests of an operation, which are not carried out', async () => {
  await using cli = new CliProcess(
    '--json',
    '--log',
    '--fault',
    'createBackup=403:96016',
    '--fault',
    'listBackups=503x1',
  )
  const cloud = await cli.description()
  const list = `/v2/backups?clusterId=${cloud.clusterId}`
  expect(await data(cloud, list)).toBeUndefined()
  const { count } = await data(cloud, list)
  for (let time = 0; time < 2; time++) {
    expect(await data(cloud, `/v2/clusters/${cloud.clusterId}/backups/create`, {})).toBeUndefined()
  }
  expect(await data(cloud, list)).toMatchObject({ count })
  await cli.match('stderr', /(?:.*\n){5}/)
  const results = cli.output.stderr.trimEnd().split('\n')
  expect(results.map(line => line.split(' ').slice(-2).join(' '))).toEqual([
    '503 -',
    '200 0',
    '403 96016',
    '403 96016',
    '200 0',
  ])
})

test('--log prints one line per request to stderr, also with --json', async () => {
  await using cli = new CliProcess('--json', '--log')
  const cloud = await cli.description()
  await data(cloud, `/v2/backups?clusterId=${cloud.clusterId}`)
  await createBackup(cloud)
  await fetch(`${cloud.baseUrl}/nowhere`)
  await fetch(`${cloud.baseUrl}/v2/projects`, { headers: { authorization: 'Bearer wrong' } })
  await cli.match('stderr', /projects.*\n/)
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /
  const lines = cli.output.stderr.trimEnd().split('\n')
  expect(lines.filter(line => !time.test(line))).toEqual([])
  expect(lines.map(line => line.replace(time, ''))).toEqual([
    'GET /v2/backups 200 0',
    `POST /v2/clusters/${cloud.clusterId}/backups/create 200 0`,
    'GET /nowhere 404 -',
    'GET /v2/projects 401 21119',
  ])
  expect(cli.output.stdout).toMatch(/^.*\n$/)
})

test('--log never prints a key, wherever it is in the path', async () => {
  await using cli = new CliProcess('--json', '--log')
  const { baseUrl, apiKey } = await cli.description()
  const [first = '', ...rest] = apiKey
  const encoded = `%${first.charCodeAt(0).toString(16)}${rest.join('')}`
  const get = (path: string, key: string) =>
    fetch(baseUrl + path, { headers: { authorization: `Bearer ${key}` } })
  await get(`/v2/clusters/${apiKey}?key=${apiKey}`, apiKey)
  await get(`/v2/clusters/x-${encoded}`, 'another-key')
  await get('/v2/clusters/another-key/backups/%E0%A4%A', 'another-key')
  await get('/v2/jobs/last', apiKey)
  await cli.match('stderr', /last.*\n/)
  expect(cli.output.stderr.match(/\/v2\S*/g)).toEqual([
    '/v2/clusters/***',
    '/v2/clusters/***',
    '/v2/clusters/***/backups/%E0%A4%A',
    '/v2/jobs/last',
  ])
  expect(cli.output.stderr).not.toMatch(/key/)
})
