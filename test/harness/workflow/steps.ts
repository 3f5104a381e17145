/** Runs the steps of one job: those of this action with the committed dist, those of `run:` with bash. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { expect } from 'vitest'
import type { Simulator } from '../../../simulator/index.ts'
import { createJobFolder, type JobFolder, runPost, runStep, type StepResult } from '../runner.ts'
import { findLeaks } from '../secrets.ts'
import { type Contexts, evaluateAll, isDue } from './expressions.ts'
import { keyOf, usesAction, type WorkflowJob, type WorkflowStep } from './files.ts'
import { runShell } from './shell.ts'

export interface StepRun {
  key: string
  outcome: 'success' | 'failure' | 'skipped'
  outputs: Record<string, string>
  /** What of them may leave the job. */
  jobOutputs: Record<string, string>
  summary: string
  log: string[]
}

/** What the steps of all jobs of a run have in common. */
export interface RunOptions {
  cloud: Simulator
  event: unknown
  eventName: string
  /** The files that a checkout brings, by their paths: scripts. */
  repository: Record<string, string>
  /** Files by the number of their run and the name of their artifact. */
  artifacts: Map<string, Record<string, string>>
  /** Files by their path, by the key of their cache: of all runs of the default branch. */
  caches: Map<string, Record<string, string>>
  /** Over what a step of the action is given, such as a shorter timeout. */
  with: Record<string, string>
  github?: { url: string; token: string } | undefined
  /** The site of the service that the simulator stands for. */
  site: string
  runId: string
}

interface JobSteps {
  job: WorkflowJob
  contexts: Contexts
  run: RunOptions
}

interface Place {
  folder: JobFolder
  contexts: Contexts
  env: Record<string, string>
  run: RunOptions
}

type Effect = Omit<StepRun, 'key'> & { action?: StepResult }

const globalSite = 'https://api.cloud.zilliz.com'
/** Refused at once. */
const nowhere = 'http://127.0.0.1:9'

export async function runSteps({ job, contexts, run }: JobSteps): Promise<StepRun[]> {
  await using folder = await createJobFolder()
  const done: StepRun[] = []
  const actions: StepResult[] = []
  const steps: Record<string, unknown> = {}
  for (const step of job.steps ?? []) {
    const failed = done.some(({ outcome }) => outcome === 'failure')
    const seen = { ...contexts, steps, runner: { temp: folder.temp } }
    const effect = isDue(step.if, seen, { success: !failed, failure: failed })
      ? await runOne(step, {
          folder,
          contexts: seen,
          env: { ...envOf(seen), ...evaluateAll(step.env, seen) },
          run,
        })
      : skipped
    if (effect.action !== undefined) actions.unshift(effect.action)
    done.push({ ...effect, key: keyOf(step) })
    if (step.id !== undefined) {
      steps[step.id] = { outputs: effect.outputs, outcome: effect.outcome, conclusion: effect.outcome }
    }
  }
  for (const action of actions) done.push(await afterJob(action, run))
  return done
}

const skipped: Effect = { outcome: 'skipped', outputs: {}, jobOutputs: {}, summary: '', log: [] }
const succeeded: Effect = { ...skipped, outcome: 'success' }

function envOf({ env }: Contexts): Record<string, string> {
  return env as Record<string, string>
}

async function runOne(step: WorkflowStep, place: Place): Promise<Effect> {
  if (step.run !== undefined) {
    const { folder, env, run } = place
    const { event, eventName } = run
    const effect = await runShell({ script: step.run, env, folder, event, eventName })
    return { ...effect, jobOutputs: effect.outputs }
  }
  if (usesAction(step)) return runAction(step, place)
  const given = evaluateAll(step.with, place.contexts)
  switch (step.uses?.replace(/@.*/, '')) {
    case 'actions/checkout':
      return checkOut(place)
    case 'actions/upload-artifact':
      return uploadArtifact(given, place)
    case 'actions/download-artifact':
      return downloadArtifact(given, place)
    case 'actions/cache/save':
      return saveCache(given, place)
    case 'actions/cache/restore':
      return restoreCache(given, place)
    default:
      throw new Error(`There is nothing here that does what ${step.uses} does`)
  }
}

async function runAction(step: WorkflowStep, { folder, contexts, env, run }: Place): Promise<Effect> {
  const { cloud } = run
  const site = env.ZILLIZ_BASE_URL ?? globalSite
  const action = await runStep({
    with: { ...evaluateAll(step.with, contexts), ...run.with },
    secrets: [cloud.apiKey],
    event: run.event,
    env: {
      ...env,
      ...(run.github === undefined ? {} : { GITHUB_API_URL: run.github.url }),
      GITHUB_EVENT_NAME: run.eventName,
      ZILLIZ_BASE_URL: site === run.site ? cloud.baseUrl : nowhere,
    },
    clock: { origin: cloud.clock.origin, speed: cloud.clock.speed },
    jobFolder: folder,
    ...(run.github === undefined ? {} : { githubToken: run.github.token }),
  })
  expect(findLeaks(action, { key: cloud.apiKey })).toEqual([])
  return { ...effectOf(action), action }
}

/** The cleanup of a step, at the end of its job. */
async function afterJob(action: StepResult, { cloud }: RunOptions): Promise<StepRun> {
  const post = await runPost(action)
  expect(findLeaks(post, { key: cloud.apiKey })).toEqual([])
  return { ...effectOf(post), key: 'post' }
}

function effectOf({ outcome, outputs, jobOutputs, summary, log }: StepResult): Effect {
  return { outcome: outcome === 'success' ? 'success' : 'failure', outputs, jobOutputs, summary, log }
}

async function checkOut({ folder, run }: Place): Promise<Effect> {
  for (const [path, text] of Object.entries(run.repository)) {
    const file = join(folder.workspace, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text, { mode: 0o755 })
  }
  return succeeded
}

async function uploadArtifact(
  { name = '', path = '' }: Record<string, string>,
  { run }: Place,
): Promise<Effect> {
  const key = `${run.runId} ${name}`
  if (run.artifacts.has(key)) throw new Error(`There is an artifact ${name} already`)
  run.artifacts.set(key, { [basename(path)]: await readFile(path, 'utf8') })
  return succeeded
}

async function downloadArtifact(given: Record<string, string>, { folder, run }: Place): Promise<Effect> {
  const files = run.artifacts.get(`${given['run-id'] || run.runId} ${given.name}`)
  if (files === undefined) return { ...succeeded, outcome: 'failure', log: [`No artifact ${given.name}`] }
  const target = join(folder.workspace, given.path ?? '')
  await mkdir(target, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(target, name), text)
  return succeeded
}

async function saveCache(
  { key = '', path = '' }: Record<string, string>,
  { folder, run }: Place,
): Promise<Effect> {
  // What has a key stays as it is: GitHub warns, and the step is green.
  if (!run.caches.has(key)) {
    run.caches.set(key, { [path]: await readFile(join(folder.workspace, path), 'utf8') })
  }
  return succeeded
}

/** Only what was saved from that very path: GitHub takes the paths for a part of the key. */
async function restoreCache(
  { key = '', path = '', 'fail-on-cache-miss': mustBeThere }: Record<string, string>,
  { folder, run }: Place,
): Promise<Effect> {
  const text = run.caches.get(key)?.[path]
  if (text !== undefined) {
    await writeFile(join(folder.workspace, path), text)
    return { ...succeeded, outputs: { 'cache-hit': 'true' } }
  }
  const log = [`Cache not found for ${key}`]
  return { ...succeeded, outcome: mustBeThere === 'true' ? 'failure' : 'success', log }
}
