import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'

// Each test starts one or two processes.
vi.setConfig({ testTimeout: 20_000 })

const root = fileURLToPath(new URL('../..', import.meta.url))

function run(...flags: string[]): { child: ChildProcess; output: { out: string; err: string } } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/cli.ts', ...flags], { cwd: root })
  const output = { out: '', err: '' }
  child.stdout.on('data', chunk => {
    output.out += chunk
  })
  child.stderr.on('data', chunk => {
    output.err += chunk
  })
  return { child, output }
}

async function line(child: ChildProcess, output: { out: string }, pattern: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    const found = pattern.exec(output.out)
    if (found !== null) return found
    if (child.stdout === null) throw new Error('no output')
    await once(child.stdout, 'data')
  }
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '--json prints one line when the simulator listens, and %s stops it with exit code 0',
  async signal => {
    const { child, output } = run('--json', '--speed', '60')
    const [text] = await line(child, output, /^.*\n/)
    const { baseUrl, apiKey, projectId, clusterId } = JSON.parse(text)
    const response = await fetch(`${baseUrl}/v2/clusters/${clusterId}`, {
      headers: { authorization: `Bearer ${apiKey}` },
    })
    expect(await response.json()).toMatchObject({
      code: 0,
      data: { clusterId, projectId, status: 'RUNNING' },
    })
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(output.out).toBe(text)
    expect(output.err).toBe('')
  },
)

test('without --json it prints ids, a curl command and the inputs of a step', async () => {
  const { child, output } = run()
  const [, baseUrl] = await line(child, output, /listens on (http:\S+)[\s\S]*cluster-id: in01-\S+\n/)
  expect(output.out).toContain(`curl -H 'Authorization: Bearer `)
  expect(output.out).toContain(`base-url: ${baseUrl}`)
  child.kill('SIGINT')
  await once(child, 'exit')
})

test.each([
  [['--prot', '1'], "Unknown option '--prot'"],
  [['--port', '70000'], '--port must be 0 to 65535, not "70000"'],
  [['--speed', '0'], '--speed must be a number above 0, not "0"'],
])('%j is one clear error with exit code 2', async (flags, reason) => {
  const { child, output } = run(...flags)
  expect(await once(child, 'close')).toEqual([2, null])
  expect(output.err).toContain(`simulator: ${reason}`)
  expect(output.err).toContain('Usage:')
})

test('a port that is in use is one clear error with exit code 1', async () => {
  const first = run('--json')
  const [text] = await line(first.child, first.output, /^.*\n/)
  const { port } = new URL(JSON.parse(text).baseUrl)
  const second = run('--port', port)
  expect(await once(second.child, 'close')).toEqual([1, null])
  expect(second.output.err).toBe(`simulator: port ${port} is in use; choose another one, or 0 for any\n`)
  first.child.kill('SIGINT')
  await once(first.child, 'exit')
})
