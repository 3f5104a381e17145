/** Runs a workflow of examples/ as GitHub does: jobs in their order, conditions, matrices, reusable workflows. */
import { type Contexts, evaluate, evaluateAll, evaluateText, isDue } from './expressions.ts'
import {
  type InputOfWorkflow,
  readWorkflow,
  type Workflow,
  type WorkflowJob,
  type WorkflowJobs,
} from './files.ts'
import { type RunOptions, runSteps, type StepRun } from './steps.ts'

export type Conclusion = 'success' | 'failure' | 'skipped'

export interface JobRun {
  conclusion: Conclusion
  outputs: Record<string, string>
  steps: StepRun[]
  /** The address of its deployment. */
  url?: string | undefined
}

/** Jobs by their ids; those of a matrix with their values, those of a reusable workflow after their caller's id. */
export type WorkflowRun = Map<string, JobRun>

/** What a run begins with: the contexts that are the same in all of its jobs. */
export interface Start {
  example: string
  /** The event that it is started by; `workflow_call` for a reusable one. */
  trigger: string
  given: Record<string, unknown>
  contexts: Contexts
  run: RunOptions
}

interface Running extends Start {
  workflow: Workflow
  done: WorkflowRun
}

export async function runWorkflow(start: Start): Promise<WorkflowRun> {
  const workflow = readWorkflow(start.example)
  const given = inputsOf(workflow, start)
  const base = { ...start.contexts, inputs: given }
  evaluateText(workflow.concurrency?.group, base)
  const contexts = { ...base, env: evaluateAll(workflow.env, base) }
  const running: Running = { ...start, workflow, contexts, done: new Map() }
  const waiting = new Set(Object.keys(workflow.jobs))
  while (waiting.size > 0) {
    for (const id of waiting) {
      const job = workflow.jobs[id] ?? {}
      if (needsOf(job).some(needed => waiting.has(needed))) continue
      waiting.delete(id)
      await runJob(id, job, running)
    }
  }
  return running.done
}

/** The outputs that a reusable workflow hands to its caller. */
function outputsOf(example: string, jobs: WorkflowRun, contexts: Contexts): Record<string, string> {
  const declared = readWorkflow(example).on.workflow_call?.outputs ?? {}
  const values = Object.fromEntries([...jobs].map(([id, { outputs }]) => [id, { outputs }]))
  return evaluateAll(Object.fromEntries(Object.entries(declared).map(([name, { value }]) => [name, value])), {
    ...contexts,
    jobs: values,
  })
}

/** As the workflow declares them for what has started it, with their defaults. */
function inputsOf({ on }: Workflow, { trigger, given }: Start): Record<string, unknown> {
  if (!(trigger in on)) throw new Error(`The workflow is not started by ${trigger}`)
  const declared = on[trigger]?.inputs ?? {}
  const unknown = Object.keys(given).filter(name => !(name in declared))
  if (unknown.length > 0) throw new Error(`The workflow has no inputs ${unknown.join(', ')}`)
  return Object.fromEntries(
    Object.entries(declared).map(([name, input]) => [name, inputValue(name, input, given[name])]),
  )
}

function inputValue(
  name: string,
  { type, default: fallback, required }: InputOfWorkflow,
  given: unknown,
): unknown {
  const value = given ?? fallback
  if (required === true && value === undefined) throw new Error(`The workflow needs the input ${name}`)
  return type === 'boolean' ? `${value}` === 'true' : (value ?? '')
}

function needsOf({ needs = [] }: WorkflowJob): string[] {
  return typeof needs === 'string' ? [needs] : needs
}

/** A job that is not run because of another is in the way of those after it, too. */
function ancestorsOf(job: WorkflowJob, jobs: WorkflowJobs): string[] {
  const direct = needsOf(job)
  const further = direct.flatMap(id => ancestorsOf(jobs[id] ?? {}, jobs))
  return [...new Set([...direct, ...further])]
}

async function runJob(id: string, job: WorkflowJob, running: Running): Promise<void> {
  const { done } = running
  const before = ancestorsOf(job, running.workflow.jobs).map(needed => done.get(needed)?.conclusion)
  const status = {
    success: before.every(conclusion => conclusion === 'success'),
    failure: before.includes('failure'),
  }
  const needs = Object.fromEntries(
    needsOf(job).map(needed => {
      const { conclusion: result, outputs = {} } = done.get(needed) ?? {}
      return [needed, { result, outputs }]
    }),
  )
  const contexts = { ...running.contexts, needs }
  if (!isDue(job.if, contexts, status)) {
    done.set(id, { conclusion: 'skipped', outputs: {}, steps: [] })
    return
  }
  if (job.strategy === undefined) done.set(id, await runOne(id, job, { ...running, contexts }))
  else await runMatrix(id, job, { ...running, contexts })
}

async function runMatrix(id: string, job: WorkflowJob, running: Running): Promise<void> {
  const all: JobRun[] = []
  for (const matrix of combinations(job.strategy?.matrix ?? {}, running.contexts)) {
    const name = `${id} (${Object.values(matrix).join(', ')})`
    const result = await runOne(id, job, { ...running, contexts: { ...running.contexts, matrix } })
    running.done.set(name, result)
    all.push(result)
  }
  const hasFailed = all.some(({ conclusion }) => conclusion === 'failure')
  running.done.set(id, { conclusion: hasFailed ? 'failure' : 'success', outputs: {}, steps: [] })
}

function combinations(matrix: Record<string, unknown>, contexts: Contexts): Record<string, unknown>[] {
  let found: Record<string, unknown>[] = [{}]
  for (const [name, given] of Object.entries(matrix)) {
    const values = evaluate(given, contexts)
    if (!Array.isArray(values)) throw new Error(`matrix.${name} is not a list`)
    found = found.flatMap(entry => values.map(value => ({ ...entry, [name]: value })))
  }
  return found
}

async function runOne(id: string, job: WorkflowJob, running: Running): Promise<JobRun> {
  if (job.uses !== undefined) return callWorkflow(id, job, running)
  const { run } = running
  const env = { ...(running.contexts.env as object), ...evaluateAll(job.env, running.contexts) }
  const contexts = { ...running.contexts, env }
  const steps = await runSteps({ job, contexts, run })
  const ofSteps = Object.fromEntries(steps.map(({ key, jobOutputs }) => [key, { outputs: jobOutputs }]))
  const after = { ...contexts, steps: ofSteps }
  const hasFailed = steps.some(({ outcome }) => outcome === 'failure')
  const url = typeof job.environment === 'object' ? evaluateText(job.environment.url, after) : undefined
  return {
    conclusion: hasFailed ? 'failure' : 'success',
    outputs: withoutSecrets(evaluateAll(job.outputs, after), running),
    steps,
    url,
  }
}

/** GitHub drops what holds a secret, and what is empty. */
function withoutSecrets(outputs: Record<string, string>, { contexts }: Running): Record<string, string> {
  const secrets = Object.values(contexts.secrets as Record<string, string>)
  const kept = Object.entries(outputs).filter(
    ([, value]) => value !== '' && !secrets.some(secret => value.includes(secret)),
  )
  return Object.fromEntries(kept)
}

async function callWorkflow(id: string, job: WorkflowJob, running: Running): Promise<JobRun> {
  const example = (job.uses ?? '').replace('./.github/workflows/', '')
  const { contexts, run, done } = running
  const handed = job.secrets === 'inherit' ? contexts.secrets : evaluateAll(job.secrets, contexts)
  const given = Object.fromEntries(
    Object.entries(job.with ?? {}).map(([name, value]) => [name, evaluate(value, contexts)]),
  )
  const called = { ...contexts, secrets: handed }
  const jobs = await runWorkflow({
    example,
    trigger: 'workflow_call',
    given,
    contexts: called,
    run,
  })
  for (const [name, result] of jobs) done.set(`${id} / ${name}`, result)
  const hasFailed = [...jobs.values()].some(({ conclusion }) => conclusion === 'failure')
  return {
    conclusion: hasFailed ? 'failure' : 'success',
    outputs: outputsOf(example, jobs, called),
    steps: [],
  }
}
