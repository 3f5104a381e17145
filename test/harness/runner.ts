import { readFile } from 'node:fs/promises'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FileEffects, readCommandFiles } from './command-files.ts'
import { type CommandEffects, createCommandReader } from './commands.ts'
import { runnerEnvironment, runtimeToken } from './environment.ts'
import {
  type CommandFiles,
  createCommandFiles,
  createJobFolder,
  type JobFolder,
  writeEvent,
} from './job-folder.ts'
import { evaluateInputs, inputName, type Manifest, readManifest } from './manifest.ts'
import { createMasker, type Masker } from './masker.ts'
import { type NodeVersion, nodePath } from './nodes.ts'
import { schemaProblems } from './receipt-schema.ts'
import { createStepLog, type StepLog } from './step-log.ts'
import { type ProcessEnd, type RawLine, runProcess, type SetTimer, type StepControl } from './step-process.ts'
import { type StepResult, splitJobOutputs } from './step-result.ts'

export { createJobFolder, type JobFolder } from './job-folder.ts'
export { type NodeVersion, nodes } from './nodes.ts'

export type { StepControl } from './step-process.ts'
export type { StepResult } from './step-result.ts'

/** What a workflow says of the step, and what the test does while it runs. */
export type StepOptions = {
  /** Folder of an action.yml; without one, the project's own. */
  action?: string
  with?: Readonly<Record<string, string>>
  /** Wins over everything the runner sets, so a test may point GITHUB_API_URL to a server of its own. */
  env?: Readonly<Record<string, string>>
  /** Values of `secrets.*`: the runner masks them before the step begins. */
  secrets?: readonly string[]
  /** What `${{ github.token }}` is; masked, as on a real runner. */
  githubToken?: string
  node?: NodeVersion
  /** The event's payload. */
  event?: unknown
  /** Scaled time for the action: its clock reads `start + (now - origin) * speed`; without a start, that is the origin. */
  clock?: { origin: number; speed: number; start?: number | undefined }
  /** A name that the action cannot resolve, for so many look-ups or until a time of its clock (unresolved-name.cjs). */
  unresolved?: { host: string; times?: number; until?: number }
  debug?: boolean
  /** Signals arrive as messages, as they do on Windows anyway (signals.cjs). */
  messages?: true
  /** Several steps given one folder are steps of one job; its owner removes it. */
  jobFolder?: JobFolder
  onLine?: (line: RawLine, control: StepControl) => void
  /** Hands the control out before the first line, for a test that cancels when a request shows up. */
  onStart?: (control: StepControl) => void
  /** The ladder's waits are divided by this; without it by the clock's speed. 1 is real time. */
  ladderScale?: number
  /** Real milliseconds after which the test fails with all that was seen. */
  timeoutMs?: number
  /** Replaces the timers of the cancel ladder and of `timeoutMs`. */
  setTimer?: SetTimer
  /** Runs the post stage right after: `true` demands one, `auto` runs it where the action has one. */
  post?: true | 'auto'
}

/** The folder and the masks that the steps of a job share. */
type Job = { folder: JobFolder; masker: Masker }

const projectRoot = fileURLToPath(new URL('../../', import.meta.url))
const scaledClock = fileURLToPath(new URL('./scaled-clock.cjs', import.meta.url))
const unresolvedName = fileURLToPath(new URL('./unresolved-name.cjs', import.meta.url))
const optionsOf = new WeakMap<StepResult, StepOptions>()

/** Runs the main stage of an action as one step of a job. */
export async function runStep(options: StepOptions = {}): Promise<StepResult> {
  const manifest = await readManifest(options.action ?? projectRoot)
  return inJob(options, async job => {
    const main = await runStage({ manifest, stage: 'main', options, job })
    if (options.post === undefined || (options.post === 'auto' && manifest.post === undefined)) return main
    const post = await runStage({ manifest, stage: 'post', options: withoutCallbacks(options), job, main })
    // Masks of the post stage come before the job's outputs are read.
    const result = { ...main, ...splitJobOutputs(main.outputs, job.masker.mask), post }
    optionsOf.set(result, options)
    return result
  })
}

/**
 * Runs the post stage of an earlier step: a new process that gets the saved
 * state, the job's environment and `with:` evaluated anew (`changes` may alter it).
 * The temp folder is a new one unless both were given one `jobFolder`.
 */
export async function runPost(main: StepResult, changes: StepOptions = {}): Promise<StepResult> {
  const options = { ...withoutCallbacks(optionsOf.get(main) ?? {}), ...changes }
  const manifest = await readManifest(options.action ?? projectRoot)
  return inJob(options, async job => {
    for (const { value } of main.masks) addMaskLines(job.masker, value)
    return runStage({ manifest, stage: 'post', options, job, main })
  })
}

async function inJob(options: StepOptions, run: (job: Job) => Promise<StepResult>): Promise<StepResult> {
  const masker = createMasker()
  const token = githubToken(options)
  const known = [token, Buffer.from(`x-access-token:${token}`).toString('base64'), runtimeToken]
  for (const value of [...known, ...(options.secrets ?? [])]) addMaskLines(masker, value)
  if (options.jobFolder !== undefined) return run({ folder: options.jobFolder, masker })
  await using folder = await createJobFolder()
  return await run({ folder, masker })
}

/** One stage of a step; the post stage knows the main one. */
type Stage = {
  manifest: Manifest
  stage: 'main' | 'post'
  options: StepOptions
  job: Job
  main?: StepResult
}

async function runStage(given: Stage): Promise<StepResult> {
  const { options, job } = given
  const debug = options.debug === true
  const files = await createCommandFiles(job.folder)
  const log = createStepLog(job.masker, job.folder.workspace, debug)
  const { workspace } = job.folder
  const commands = createCommandReader({ log, masker: job.masker, workspace, debug })
  const inputs = evaluateInputs(given.manifest, options.with ?? {}, githubToken(options))
  if (inputs.warning !== undefined) log.issue('warning', inputs.warning)

  let rawLines = 0
  const end = await runProcess({
    ...processOf(given),
    env: await environmentOf(given, files, inputs.values),
    describe: () => `with: ${JSON.stringify(options.with ?? {})}\n${log.lines.join('\n')}`,
    onLine(line, control) {
      commands.line(line.text, rawLines++)
      options.onLine?.(line, control)
    },
    onStart: control => options.onStart?.(control),
  })
  const { outputs, state } = commands.effects
  const fromFiles = await readCommandFiles({ files, outputs, state, log, masker: job.masker })
  const result = await resultOf(given, {
    end,
    log,
    commands: commands.effects,
    files: fromFiles,
    inputs: Object.fromEntries(inputs.values),
  })
  optionsOf.set(result, options)
  return result
}

function scriptOf({ manifest, stage }: Stage): string {
  const script = stage === 'main' ? manifest.main : manifest.post
  if (script === undefined) throw new Error('The action has no post stage')
  if (stage === 'post' && manifest.postIf !== 'always()') {
    throw new Error(`This harness knows no post-if but always(), not ${manifest.postIf}`)
  }
  return script
}

function processOf(given: Stage) {
  const { options, job } = given
  const script = scriptOf(given)
  return {
    command: nodePath(options.node),
    args: [
      ...(options.clock === undefined ? [] : ['--require', scaledClock]),
      ...(options.unresolved === undefined ? [] : ['--require', unresolvedName]),
      script,
    ],
    cwd: job.folder.workspace,
    messages: options.messages ?? process.platform === 'win32',
    ladderScale: options.ladderScale ?? options.clock?.speed ?? 1,
    timeoutMs: options.timeoutMs ?? 90_000,
    setTimer: options.setTimer,
  }
}

async function environmentOf(
  { options, job, main }: Stage,
  files: CommandFiles,
  inputs: ReadonlyMap<string, string>,
): Promise<Record<string, string>> {
  const environment: Record<string, string> = {
    ...runnerEnvironment({
      folder: job.folder,
      files,
      action: options.action ?? projectRoot,
      node: nodePath(options.node),
      eventPath: await writeEvent(job.folder, options.event ?? {}),
      eventName: isPullRequest(options.event) ? 'pull_request' : 'workflow_dispatch',
      debug: options.debug === true,
    }),
    ...main?.env,
    ...options.env,
  }
  for (const path of main?.path ?? []) environment.PATH = `${path}${delimiter}${environment.PATH ?? ''}`
  for (const [name, value] of inputs) environment[inputName(name)] = value
  for (const [name, value] of Object.entries(main?.state ?? {})) environment[`STATE_${name}`] = value
  if (options.clock !== undefined) environment.HARNESS_CLOCK = JSON.stringify(options.clock)
  if (options.unresolved !== undefined) environment.HARNESS_UNRESOLVED = JSON.stringify(options.unresolved)
  return environment
}

/** What a stage has left. */
type Left = {
  end: ProcessEnd
  log: StepLog
  commands: CommandEffects
  files: FileEffects
  inputs: Record<string, string>
}

async function resultOf(
  { stage, options, job }: Stage,
  { end, log, commands, files, inputs }: Left,
): Promise<StepResult> {
  if (end.stopped === 'cancelled') log.issue('error', 'The operation was canceled.')
  if (end.stopped === 'timeout') log.issue('error', 'The action has timed out.')
  const commandErrors = [...commands.errors, ...files.errors]
  const outputs = commands.outputs.entries()
  const receipt = await readReceipt(outputs.receipt)
  // Here, so that no test can forget it; a toy action may write what it likes.
  const problems = receipt === undefined || options.action !== undefined ? [] : schemaProblems(receipt)
  if (problems.length > 0) {
    throw new Error(`The receipt breaks its schema:\n${problems.join('\n')}\n${JSON.stringify(receipt)}`)
  }
  return {
    stage,
    given: { ...options.with },
    inputs,
    exitCode: end.exitCode,
    signal: end.signal,
    outcome: outcomeOf(end, commandErrors),
    rawLines: end.rawLines,
    stdout: textOf(end.rawLines, 'stdout'),
    stderr: textOf(end.rawLines, 'stderr'),
    log: log.lines,
    annotations: log.annotations,
    annotationCounts: log.counts,
    masks: commands.masks,
    outputs,
    ...splitJobOutputs(outputs, job.masker.mask),
    state: commands.state.entries(),
    env: files.env,
    path: files.path,
    summary: files.summary,
    groups: commands.groups,
    commandErrors,
    receipt,
    durationMs: end.durationMs,
  }
}

/** The runner asks whether it cancelled, not how the process ended. */
function outcomeOf(
  { exitCode, stopped }: ProcessEnd,
  commandErrors: readonly string[],
): StepResult['outcome'] {
  if (stopped === 'cancelled') return 'cancelled'
  return exitCode === 0 && commandErrors.length === 0 && stopped === undefined ? 'success' : 'failure'
}

/** `secrets.*` and `add-mask` alike: the value whole, and each of its lines. */
function addMaskLines(masker: Masker, value: string): void {
  masker.add(value.trim())
  for (const line of value.split(/[\r\n]/)) masker.add(line.trim())
}

function githubToken(options: StepOptions): string {
  return options.githubToken ?? 'ghs_tokenOfTheHarness0000000000000000000'
}

function withoutCallbacks({ onLine, onStart, ...options }: StepOptions): StepOptions {
  return options
}

function isPullRequest(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'pull_request' in event
}

function textOf(lines: readonly RawLine[], stream: RawLine['stream']): string[] {
  return lines.filter(line => line.stream === stream).map(line => line.text)
}

async function readReceipt(path: string | undefined): Promise<unknown> {
  if (path === undefined) return undefined
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch {
    return undefined
  }
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
