import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { dataOperations } from '../../simulator/data-plane/operations.ts'
import { readFlags } from '../../simulator/flags.ts'
import { operations } from '../../simulator/operations/all.ts'
import { actionName } from '../harness/workflow/files.ts'
import { CliProcess } from './cli-process.ts'

// Each test starts one or two processes.
vi.setConfig({ testTimeout: 20_000 })

test.each(['SIGINT', 'SIGTERM'] as const)(
  '--json prints one line when the simulator listens, and %s stops it with exit code 0',
  async signal => {
    await using cli = new CliProcess('--json', '--speed', '60')
    const { baseUrl, apiKey, projectId, clusterId } = await cli.description()
    const response = await fetch(`${baseUrl}/v2/clusters/${clusterId}`, {
      headers: { authorization: `Bearer ${apiKey}` },
    })
    expect(await response.json()).toMatchObject({
      code: 0,
      data: { clusterId, projectId, status: 'RUNNING' },
    })
    cli.child.kill(signal)
    expect(await once(cli.child, 'exit')).toEqual([0, null])
    expect(cli.output.stdout).toMatch(/^.*\n$/)
    expect(cli.output.stderr).toBe('')
  },
)

test('without --json it prints ids, a curl command and a whole step that has no key in it', async () => {
  await using cli = new CliProcess()
  const [, baseUrl] = await cli.match('stdout', /listens on (http:\S+)[\s\S]*Requests that arrive:\n/)
  expect(cli.output.stdout).toContain(`curl -H 'Authorization: Bearer `)
  const [yaml = ''] = /^ {2}- uses: .*(?:\n {4}.*)*/m.exec(cli.output.stdout) ?? []
  const [step] = parse(yaml)
  expect(step.uses).toMatch(actionName)
  expect(step.with).toEqual({
    operation: 'create-backup',
    'base-url': baseUrl,
    'api-key': '${{ secrets.ZILLIZ_API_KEY }}',
    'cluster-id': expect.stringMatching(/^in01-/),
  })
  expect(cli.output.stdout).toMatch(/Store the API key above as the secret\s+ZILLIZ_API_KEY/)
})

test('without --json it prints one line for each request that arrives', async () => {
  await using cli = new CliProcess()
  const [, baseUrl, apiKey] = await cli.match('stdout', /listens on (http:\S+)[\s\S]*API key +(\S+)\n/)
  await fetch(`${baseUrl}/v2/projects`, { headers: { authorization: `Bearer ${apiKey}` } })
  await cli.match('stderr', /\n/)
  expect(cli.output.stderr).toMatch(/^\S+Z GET \/v2\/projects 200 0\n$/)
})

test('it serves the data plane of each cluster, and says where', async () => {
  await using cli = new CliProcess('--json', '--log', '--fault', 'listDatabases=200:2x1')
  const { baseUrl, apiKey, clusterId, connectAddress } = await cli.description()
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const ask = async () => {
    const url = `${connectAddress}/v2/vectordb/databases/list`
    return await (await fetch(url, { method: 'POST', headers, body: '{}' })).json()
  }
  expect(await ask()).toEqual({ code: 2, message: 'Rehearsed with --fault' })
  expect(await ask()).toEqual({ code: 0, data: ['default', 'sales', 'archive'] })
  const cluster = await (await fetch(`${baseUrl}/v2/clusters/${clusterId}`, { headers })).json()
  expect(cluster).toMatchObject({ data: { connectAddress } })
  await cli.match('stderr', /Z GET /)
  expect(cli.output.stderr).toMatch(
    /^\S+Z POST \/v2\/vectordb\/databases\/list 200 2\n\S+Z POST \S+ 200 0\n\S+Z GET \S+ 200 0\n$/,
  )
})

test('--endpoint-delay and --load-seconds are understood', () => {
  expect(readFlags(['--endpoint-delay', '90', '--load-seconds', '5'])).toMatchObject({
    endpointDelay: 90,
    loadSeconds: 5,
  })
})

test('--help shows every flag', async () => {
  await using cli = new CliProcess('--help')
  expect(await once(cli.child, 'close')).toEqual([0, null])
  const flags = ['--port', '--speed', '--fail-next', '--hang-next', '--fault', '--log', '--json', '--help']
  flags.push('--endpoint-delay', '--load-seconds')
  expect(flags.filter(flag => !cli.output.stdout.includes(`\n  ${flag} `))).toEqual([])
  const all = [...Object.keys(operations), ...Object.keys(dataOperations)]
  expect(all.filter(name => !cli.output.stdout.includes(name))).toEqual([])
})

test.each([
  [['--prot', '1'], "Unknown option '--prot'. See npm run simulator -- --help"],
  [
    ['8080'],
    `Unexpected argument '8080': write npm run simulator -- --port 8080, with "--" before the options`,
  ],
  [['--port', '70000'], '--port must be 0 to 65535, not "70000"'],
  [['--speed', '0'], '--speed must be a number above 0, not "0"'],
  [['--fail-next'], "Option '--fail-next <value>' argument missing"],
  [['--fail-next', '--json'], "Option '--fail-next' argument is ambiguous. Did you forget"],
  [['--fail-next', ' '], '--fail-next must be a reason such as "disk full", not " "'],
  [['--endpoint-delay', 'soon'], '--endpoint-delay must be a number of seconds, not "soon"'],
  [['--load-seconds='], '--load-seconds must be a number of seconds, not ""'],
  [['--hang-next=yes'], "Option '--hang-next' does not take an argument"],
  [['--log=requests.txt'], "Option '--log' does not take an argument"],
  [
    ['--hang-next', '--fail-next', 'disk full'],
    '--fail-next cannot be combined with --hang-next: both apply to the next job',
  ],
  [['--fault', 'createBackup'], '--fault must be OPERATION=STATUS, with :CODE and xTIMES if you want'],
  [['--fault', 'createBackup=503x0'], '--fault must be OPERATION=STATUS'],
  [['--fault', 'makeBackup=503'], '--fault: the simulator has no operation "makeBackup"; --help lists them'],
  [['--fault', 'createBackup=302'], '--fault: STATUS must be 400 to 599, or 200 with a CODE above 0'],
  [['--fault', 'createBackup=200'], '--fault: STATUS must be 400 to 599, or 200 with a CODE above 0'],
  [['--fault', 'createBackup=200:0'], '--fault: STATUS must be 400 to 599, or 200 with a CODE above 0'],
])('%j is one clear line with exit code 2', async (flags, reason) => {
  await using cli = new CliProcess(...flags)
  expect(await once(cli.child, 'close')).toEqual([2, null])
  expect(cli.output.stderr).toMatch(/^simulator: .*\n$/)
  expect(cli.output.stderr).toContain(reason)
  expect(cli.output.stdout).toBe('')
})

test('a port that is in use is one clear error with exit code 1', async () => {
  await using first = new CliProcess('--json')
  const { port } = new URL((await first.description()).baseUrl)
  await using second = new CliProcess('--port', port)
  expect(await once(second.child, 'close')).toEqual([1, null])
  expect(second.output.stderr).toBe(`simulator: port ${port} is in use; choose another one, or 0 for any\n`)
})
