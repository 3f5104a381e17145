import { type ChildProcess, spawn } from 'node:child_process'
import { readLines } from './lines.ts'

/** A line as the process wrote it, and when (real milliseconds after its start). */
export type RawLine = { stream: 'stdout' | 'stderr'; text: string; ms: number }

/** What a test can do to a running step. */
export type StepControl = {
  readonly pid: number | undefined
  /** The user cancels the workflow, or (`timeout`) the step's `timeout-minutes` is over: the ladder begins. */
  cancel(why?: 'cancelled' | 'timeout'): void
  /** The machine dies, or the kernel runs out of memory: no ladder. */
  kill(signal?: NodeJS.Signals): void
}

/** How a process ended. */
export type ProcessEnd = {
  exitCode: number | null
  signal: NodeJS.Signals | null
  /** Asked for while it ran. */
  stopped?: 'cancelled' | 'timeout'
  rawLines: RawLine[]
  durationMs: number
}

const untilTerm = 7_500
const untilKill = 2_500
/** Children may hold the pipes after the process is gone; the runner waits this long. */
const untilPipesClose = 5_000

/** A test run that ends early, by itself or by its pool, must leave no step behind. */
const running = new Set<ChildProcess>()
const killAll = (): void => {
  for (const child of running) child.kill('SIGKILL')
}
process.once('exit', killAll)
process.once('SIGTERM', () => {
  killAll()
  process.exit(143)
})

/**
 * Runs a process as the runner's `ProcessInvoker` does: standard input closed,
 * signals sent to the process alone and never to its children.
 */
export function runProcess(options: {
  command: string
  args: readonly string[]
  cwd: string
  env: Readonly<Record<string, string>>
  /** The waits between the signals of a cancel are divided by this. */
  ladderScale: number
  timeoutMs: number
  onLine: (line: RawLine, control: StepControl) => void
  onStart: (control: StepControl) => void
  /** Appended to the error of a step that never ends. */
  describe: () => string
}): Promise<ProcessEnd> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const since = (): number => Math.round(performance.now() - started)
    const rawLines: RawLine[] = []
    const timers = new Set<NodeJS.Timeout>()
    const child = spawn(options.command, options.args, { cwd: options.cwd, env: options.env, stdio: 'pipe' })
    running.add(child)
    let stopped: ProcessEnd['stopped']
    let failure: unknown
    let over = false

    const after = (ms: number, action: () => void): void => {
      timers.add(setTimeout(action, ms))
    }
    const control: StepControl = {
      pid: child.pid,
      cancel(why = 'cancelled') {
        if (over || stopped !== undefined) return
        stopped = why
        child.kill('SIGINT')
        after(untilTerm / options.ladderScale, () => child.kill('SIGTERM'))
        after((untilTerm + untilKill) / options.ladderScale, () => child.kill('SIGKILL'))
      },
      kill(signal = 'SIGKILL') {
        if (!over) child.kill(signal)
      },
    }
    // An assertion inside a test's callback must fail that test, not the whole test run.
    const guarded = (action: () => void): void => {
      try {
        action()
      } catch (error) {
        failure ??= error
        child.kill('SIGKILL')
      }
    }
    const settle = (): void => {
      over = true
      for (const timer of timers) clearTimeout(timer)
      running.delete(child)
    }
    const finish = (exitCode: number | null, signal: NodeJS.Signals | null): void => {
      if (over) return
      settle()
      child.stdout.destroy()
      child.stderr.destroy()
      if (failure !== undefined) reject(failure)
      else resolve({ exitCode, signal, rawLines, durationMs: since(), ...(stopped ? { stopped } : {}) })
    }

    for (const stream of ['stdout', 'stderr'] as const) {
      const reader = readLines(text => {
        if (over) return
        const line: RawLine = { stream, text, ms: since() }
        rawLines.push(line)
        guarded(() => options.onLine(line, control))
      })
      child[stream].on('data', (chunk: Buffer) => reader.push(chunk))
      child[stream].on('end', () => reader.end())
    }
    child.stdin.on('error', () => undefined)
    child.stdin.end()
    child.on('error', error => {
      settle()
      reject(error)
    })
    child.on('exit', (code, signal) => after(untilPipesClose, () => finish(code, signal)))
    child.on('close', finish)
    after(options.timeoutMs, () => {
      failure ??= new Error(
        `The step was still running after ${options.timeoutMs} ms.\n\n${options.describe()}`,
      )
      child.kill('SIGKILL')
    })
    guarded(() => options.onStart(control))
  })
}
