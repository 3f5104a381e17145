import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

type Description = Record<'baseUrl' | 'apiKey' | 'projectId' | 'clusterId' | 'connectAddress', string>

/** The command line of the simulator as a process; disposing of it ends the process. */
export class CliProcess implements AsyncDisposable {
  readonly child: ChildProcess
  readonly output = { stdout: '', stderr: '' }
  #ended = false

  constructor(...flags: string[]) {
    this.child = spawn(process.execPath, ['--import', 'tsx', 'simulator/cli.ts', ...flags], { cwd: root })
    this.child.once('close', () => {
      this.#ended = true
    })
    for (const name of ['stdout', 'stderr'] as const) {
      this.child[name]?.on('data', chunk => {
        this.output[name] += chunk
      })
    }
  }

  /** Waits until the output matches; throws when the process ends before. */
  async match(name: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.output[name])
      if (found !== null) return found
      if (this.#ended) throw new Error(`the process ended: ${this.output.stderr}`)
      await new Promise(resolve => {
        this.child.once('close', resolve)
        this.child[name]?.once('data', resolve)
      })
    }
  }

  /** What `--json` prints. */
  async description(): Promise<Description> {
    const [line] = await this.match('stdout', /^.*\n/)
    return JSON.parse(line)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const exited = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await exited
  }
}
