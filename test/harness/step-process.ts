import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readLines } from './lines.ts'

/** A line as the process wrote it. */
export type RawLine = { stream: 'stdout' | 'stderr'; text: string }

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

const signals = fileURLToPath(new URL('./signals.cjs', import.meta.url))
const untilTerm = 7_500
/** What the runner sends second. */
const secondSignal = process.platform === 'win32' ? 'SIGBREAK' : 'SIGTERM'
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

/** `setTimeout`, or a test's own: the tests of the harness do not wait for real time. */
export type SetTimer = (action: () => void, ms: number) => { cancel(): void }

const realTimer: SetTimer = (action, ms) => {
  const timer = setTimeout(action, ms)
  return { cancel: () => clearTimeout(timer) }
}

export type ProcessOptions = {
  command: string
  args: readonly string[]
  cwd: string
  env: Readonly<Record<string, string>>
  /** Of node: signals are sent as messages, which signals.cjs in the process reads. */
  messages?: boolean
  /** The waits between the signals of a cancel are divided by this. */
  ladderScale: number
  timeoutMs: number
  onLine: (line: RawLine, control: StepControl) => void
  onStart: (control: StepControl) => void
  /** Appended to the error of a step that never ends. */
  describe: () => string
  setTimer?: SetTimer | undefined
}

/** A process while it runs. */
type Running = {
  child: ChildProcessWithoutNullStreams
  rawLines: RawLine[]
  after: (ms: number, action: () => void) => void
  stopped?: 'cancelled' | 'timeout'
  /** What fails the test. */
  failure?: unknown
  ended: boolean
}

/**
 * Runs a process as the runner's `ProcessInvoker` does: standard input closed,
 * signals sent to the process alone and never to its children.
 */
export async function runProcess(options: ProcessOptions): Promise<ProcessEnd> {
  const started = performance.now()
  const { command, args, cwd, env, messages = false, timeoutMs, setTimer = realTimer } = options
  const timers = new Set<{ cancel(): void }>()
  const run: Running = {
    // The streams are there with either: the channel is a fourth one.
    child: spawn(command, messages ? ['--require', signals, ...args] : args, {
      cwd,
      env,
      stdio: messages ? ['pipe', 'pipe', 'pipe', 'ipc'] : 'pipe',
    }) as ChildProcessWithoutNullStreams,
    rawLines: [],
    after: (ms, action) => void timers.add(setTimer(action, ms)),
    ended: false,
  }
  running.add(run.child)
  const control = controlOf(run, options)
  readStreams(run, line => guard(run, () => options.onLine(line, control)))
  run.child.stdin.on('error', () => undefined)
  run.child.stdin.end()
  run.after(timeoutMs, () => {
    run.failure ??= new Error(`The step was still running after ${timeoutMs} ms.\n\n${options.describe()}`)
    run.child.kill('SIGKILL')
  })
  guard(run, () => options.onStart(control))
  try {
    const { exitCode, signal } = await endOf(run)
    if (run.failure !== undefined) throw run.failure
    const durationMs = Math.round(performance.now() - started)
    const { rawLines, stopped } = run
    return { exitCode, signal, rawLines, durationMs, ...(stopped ? { stopped } : {}) }
  } finally {
    run.ended = true
    for (const timer of timers) timer.cancel()
    running.delete(run.child)
    run.child.stdout.destroy()
    run.child.stderr.destroy()
  }
}

function controlOf(run: Running, { ladderScale, messages }: ProcessOptions): StepControl {
  const { child } = run
  const send = (signal: NodeJS.Signals) => {
    // Whoever has ended gets none, of either kind.
    if (messages && signal !== 'SIGKILL') child.send(signal, () => undefined)
    else child.kill(signal)
  }
  return {
    pid: child.pid,
    cancel(why = 'cancelled') {
      if (run.ended || run.stopped !== undefined) return
      run.stopped = why
      send('SIGINT')
      run.after(untilTerm / ladderScale, () => send(secondSignal))
      run.after((untilTerm + untilKill) / ladderScale, () => send('SIGKILL'))
    },
    kill(signal = 'SIGKILL') {
      if (!run.ended) send(signal)
    },
  }
}

function readStreams(run: Running, onLine: (line: RawLine) => void): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    const reader = readLines(text => {
      if (run.ended) return
      const line: RawLine = { stream, text }
      run.rawLines.push(line)
      onLine(line)
    })
    run.child[stream].on('data', (chunk: Buffer) => reader.push(chunk))
    run.child[stream].on('end', () => reader.end())
  }
}

/** An assertion inside a test's callback must fail that test, not the whole test run. */
function guard(run: Running, action: () => void): void {
  try {
    action()
  } catch (error) {
    run.failure ??= error
    run.child.kill('SIGKILL')
  }
}

function endOf({ child, after }: Running): Promise<Pick<ProcessEnd, 'exitCode' | 'signal'>> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (exitCode, signal) => after(untilPipesClose, () => resolve({ exitCode, signal })))
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal }))
  })
}
