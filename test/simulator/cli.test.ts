import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
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

test('without --json it prints ids, a curl command and the inputs of a step', async () => {
  await using cli = new CliProcess()
  const [, baseUrl] = await cli.match('stdout', /listens on (http:\S+)[\s\S]*cluster-id: in01-\S+\n/)
  expect(cli.output.stdout).toContain(`curl -H 'Authorization: Bearer `)
  expect(cli.output.stdout).toContain(`base-url: ${baseUrl}`)
})

test('--help shows every flag', async () => {
  await using cli = new CliProcess('--help')
  expect(await once(cli.child, 'close')).toEqual([0, null])
  const flags = ['--port', '--speed', '--fail-next', '--hang-next', '--log', '--json', '--help']
  expect(flags.filter(flag => !cli.output.stdout.includes(`\n  ${flag} `))).toEqual([])
})

test.each([
  [['--prot', '1'], "Unknown option '--prot'"],
  [['--port', '70000'], '--port must be 0 to 65535, not "70000"'],
  [['--speed', '0'], '--speed must be a number above 0, not "0"'],
  [['--fail-next'], "Option '--fail-next <value>' argument missing"],
  [['--fail-next', '--json'], "Option '--fail-next' argument is ambiguous. Did you forget"],
  [['--fail-next', ' '], '--fail-next must be a reason such as "disk full", not " "'],
  [['--hang-next=yes'], "Option '--hang-next' does not take an argument"],
  [['--log=requests.txt'], "Option '--log' does not take an argument"],
  [
    ['--hang-next', '--fail-next', 'disk full'],
    '--fail-next cannot be combined with --hang-next: both apply to the next job',
  ],
])('%j is one clear error with exit code 2', async (flags, reason) => {
  await using cli = new CliProcess(...flags)
  expect(await once(cli.child, 'close')).toEqual([2, null])
  expect(cli.output.stderr).toMatch(/^simulator: .*\n\nUsage:/)
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
