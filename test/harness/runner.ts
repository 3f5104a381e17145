import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readCommandFiles } from './command-files.ts'
import { createCommandReader } from './commands.ts'
import { runnerEnvironment, runtimeToken } from './environment.ts'
import { createCommandFiles, createJobFolder, type JobFolder, writeEvent } from './job-folder.ts'
import { evaluateInputs, inputName, type Manifest, readManifest } from './manifest.ts'
import { createMasker, type Masker } from './masker.ts'
import { type NodeVersion, nodePath } from './nodes.ts'
import { createStepLog } from './step-log.ts'
import { type RawLine, runProcess, type StepControl } from './step-process.ts'
import { type StepResult, splitJobOutputs } from './step-result.ts'

export { createJobFolder, type JobFolder } from './job-folder.ts'
export { type NodeVersion, nodes } from './nodes.ts'
export type { Annotation } from './step-log.ts'
export type { RawLine, StepControl } from './step-process.ts'
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
  /** Scaled time for the action: its clock reads `origin + (now - origin) * speed`. */
  clock?: { origin: number; speed: number }
  debug?: boolean
  /** Several steps given one folder are steps of one job; its owner removes it. */
  jobFolder?: JobFolder
  onLine?: (line: RawLine, control: StepControl) => void
  /** Hands the control out before the first line, for a test that cancels when a request shows up. */
  onStart?: (control: StepControl) => void
  /** Begins the cancel ladder, or kills at once, after so many real milliseconds. */
  signalAfter?: { ms: number; kill?: NodeJS.Signals }
  /** The ladder's waits are divided by this; without it by the clock's speed. 1 is real time. */
  ladderScale?: number
  /** Real milliseconds after which the test fails with all that was seen. */
  timeoutMs?: number
  /** Runs the post stage right after: `true` demands one, `auto` runs it where the action has one. */
  post?: true | 'auto'
}

type Job = { folder: JobFolder; masker: Masker }

const projectRoot = fileURLToPath(new URL('../../', import.meta.url))
const scaledClock = fileURLToPath(new URL('./scaled-clock.cjs', import.meta.url))
const optionsOf = new WeakMap<StepResult, StepOptions>()

/** Runs the main stage of an action as one step of a job. */
export async function runStep(options: StepOptions = {}): Promise<StepResult> {
  const manifest = await readManifest(options.action ?? projectRoot)
  return inJob(options, async job => {
    const main = await runStage(manifest, 'main', options, job, undefined)
    if (options.post === undefined || (options.post === 'auto' && manifest.post === undefined)) return main
    const post = await runStage(manifest, 'post', withoutCallbacks(options), job, main)
    // Masks of the post stage come before the job's outputs are looked at.
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
    return runStage(manifest, 'post', options, job, main)
  })
}

async function inJob(options: StepOptions, story: (job: Job) => Promise<StepResult>): Promise<StepResult> {
  const masker = createMasker()
  const token = githubToken(options)
  const known = [token, Buffer.from(`x-access-token:${token}`).toString('base64'), runtimeToken]
  for (const value of [...known, ...(options.secrets ?? [])]) addMaskLines(masker, value)
  if (options.jobFolder !== undefined) return story({ folder: options.jobFolder, masker })
  await using folder = await createJobFolder()
  return await story({ folder, masker })
}

async function runStage(
  manifest: Manifest,
  stage: 'main' | 'post',
  options: StepOptions,
  { folder, masker }: Job,
  main: StepResult | undefined,
): Promise<StepResult> {
  const script = stage === 'main' ? manifest.main : manifest.post
  if (script === undefined) throw new Error('The action has no post stage')
  if (stage === 'post' && manifest.postIf !== 'always()') {
    throw new Error(`This harness knows no post-if but always(), not ${manifest.postIf}`)
  }
  const debug = options.debug === true
  const node = nodePath(options.node)
  const files = await createCommandFiles(folder)
  const log = createStepLog(masker, folder.workspace, debug)
  const commands = createCommandReader({ log, masker, workspace: folder.workspace, debug })
  const inputs = evaluateInputs(manifest, options.with ?? {}, githubToken(options))
  if (inputs.warning !== undefined) log.issue('warning', inputs.warning)

  const environment: Record<string, string> = {
    ...runnerEnvironment({
      folder,
      files,
      action: options.action ?? projectRoot,
      node,
      eventPath: await writeEvent(folder, options.event ?? {}),
      eventName: isPullRequest(options.event) ? 'pull_request' : 'workflow_dispatch',
      debug,
    }),
    ...main?.env,
    ...options.env,
  }
  for (const path of main?.path ?? []) environment.PATH = `${path}:${environment.PATH ?? ''}`
  for (const [name, value] of inputs.values) environment[inputName(name)] = value
  for (const [name, value] of Object.entries(main?.state ?? {})) environment[`STATE_${name}`] = value
  if (options.clock !== undefined) environment.HARNESS_CLOCK = JSON.stringify(options.clock)

  let seen = 0
  const end = await runProcess({
    command: node,
    args: options.clock === undefined ? [script] : ['--require', scaledClock, script],
    cwd: folder.workspace,
    env: environment,
    ladderScale: options.ladderScale ?? options.clock?.speed ?? 1,
    timeoutMs: options.timeoutMs ?? 30_000,
    describe: () => `with: ${JSON.stringify(options.with ?? {})}\n${log.lines.join('\n')}`,
    onLine(line, control) {
      commands.line(line.text, seen++)
      options.onLine?.(line, control)
    },
    onStart(control) {
      const { signalAfter } = options
      if (signalAfter !== undefined) {
        const act = () => (signalAfter.kill === undefined ? control.cancel() : control.kill(signalAfter.kill))
        setTimeout(act, signalAfter.ms).unref()
      }
      options.onStart?.(control)
    },
  })

  const { outputs, state, masks, groups, errors } = commands.effects
  const fromFiles = await readCommandFiles(files, { outputs, state }, log, masker)
  if (end.stopped === 'cancelled') log.issue('error', 'The operation was canceled.')
  if (end.stopped === 'timeout') log.issue('error', 'The action has timed out.')
  const commandErrors = [...errors, ...fromFiles.errors]
  const good = end.exitCode === 0 && commandErrors.length === 0 && end.stopped === undefined
  const result: StepResult = {
    stage,
    given: { ...options.with },
    inputs: Object.fromEntries(inputs.values),
    exitCode: end.exitCode,
    signal: end.signal,
    // The runner asks whether it cancelled, not how the process ended.
    outcome: end.stopped === 'cancelled' ? 'cancelled' : good ? 'success' : 'failure',
    rawLines: end.rawLines,
    stdout: textOf(end.rawLines, 'stdout'),
    stderr: textOf(end.rawLines, 'stderr'),
    log: log.lines,
    annotations: log.annotations,
    annotationCounts: log.counts,
    masks,
    outputs: outputs.entries(),
    ...splitJobOutputs(outputs.entries(), masker.mask),
    state: state.entries(),
    env: fromFiles.env,
    path: fromFiles.path,
    summary: fromFiles.summary,
    groups,
    commandErrors,
    receipt: await readReceipt(outputs.entries().receipt),
    durationMs: end.durationMs,
  }
  optionsOf.set(result, options)
  return result
}

/** `secrets.*` and `add-mask` alike: the value whole, and each of its lines. */
function addMaskLines(masker: Masker, value: string): void {
  masker.add(value.trim())
  for (const line of value.split(/[\r\n]/)) masker.add(line.trim())
}

function githubToken(options: StepOptions): string {
  return options.githubToken ?? 'ghs_tokenOfTheHarness0000000000000000000'
}

function withoutCallbacks({ onLine, onStart, signalAfter, ...options }: StepOptions): StepOptions {
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
