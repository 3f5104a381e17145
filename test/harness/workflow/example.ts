/** Describes an example by the runs that its tests start. */
import { afterAll, describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../../simulator/index.ts'
import { actionSteps, keyOf, readJobs, readWorkflow } from './files.ts'
import { type Conclusion, type JobRun, runWorkflow, type WorkflowRun } from './run.ts'
import type { StepRun } from './steps.ts'

export const runId = '1658821493'

/** What starts a workflow. */
export interface Event {
  name: 'workflow_dispatch' | 'schedule' | 'push' | 'pull_request' | 'workflow_call'
  /** Of a workflow that is started by hand, or by another. */
  inputs?: Record<string, unknown>
  payload?: { action?: string } & Record<string, unknown>
}

interface RunSettings {
  /** Of the repository, besides those that most examples need. */
  vars?: Record<string, string>
  /** The scripts that a checkout brings. */
  repository?: Record<string, string>
  /** Over what the steps of the action are given. */
  with?: Record<string, string>
  site?: string
  /** Where comments go. */
  github?: { url: string; token: string }
  /** The name that a caller hands the key on by. */
  secret?: string
  runId?: string
  attempt?: number
}

interface ExampleRun {
  /** How each job ended. */
  results: Record<string, Conclusion>
  job(id: string): JobRun
  step(job: string, key: string): StepRun
}

export interface Stage {
  cloud: Simulator
  /** The files of each, by the number of its run and its name. */
  artifacts: Map<string, Record<string, string>>
  /** What the runs have kept for later ones, by its key. */
  caches: Map<string, Record<string, string>>
  run(event: Event, settings?: RunSettings): Promise<ExampleRun>
  /** Another example, which shares the artifacts and the caches. */
  runOther(example: string, event: Event, settings?: RunSettings): Promise<ExampleRun>
}

export type Stories = Record<string, (stage: Stage) => Promise<void>>

export const schedule: Event = { name: 'schedule' }
export const push: Event = { name: 'push', payload: { ref: 'refs/heads/main' } }

export function byHand(inputs: Record<string, unknown> = {}): Event {
  return { name: 'workflow_dispatch', inputs }
}

export function call(inputs: Record<string, unknown>): Event {
  return { name: 'workflow_call', inputs }
}

/** @param from the repository of the branch, and the user who opened it */
export function pullRequest(action: string, from: { repository?: string; user?: string } = {}): Event {
  const { repository = 'octo-org/octo-repo', user = 'octocat' } = from
  const head = { repo: { full_name: repository } }
  return {
    name: 'pull_request',
    payload: { action, number: 42, pull_request: { number: 42, head, user: { login: user } } },
  }
}

/** Also holds that the stories together run every step that uses the action. */
export function describeExample(example: string, stories: Stories): void {
  describe(example, () => {
    const wasRun = new Set<string>()
    let told = 0

    test.each(Object.entries(stories))('%s', async (_, tell) => {
      await using cloud = await startSimulator({ speed: 20, dataPlane: true })
      const artifacts: Stage['artifacts'] = new Map()
      const caches: Stage['caches'] = new Map()
      const runOther: Stage['runOther'] = (other, event, settings = {}) =>
        start({ example: other, event, settings, cloud, artifacts, caches })
      await tell({
        cloud,
        artifacts,
        caches,
        runOther,
        async run(event, settings) {
          const done = await runOther(example, event, settings)
          for (const name of stepsRun(example, done)) wasRun.add(name)
          return done
        },
      })
      expect(cloud.problems).toEqual([])
      told++
    })

    afterAll(() => {
      if (told < Object.keys(stories).length) return
      expect([...wasRun].sort(), 'steps that are run by a story').toEqual(stepsIn(example))
    })
  })
}

interface Starting {
  example: string
  event: Event
  settings: RunSettings
  cloud: Simulator
  artifacts: Stage['artifacts']
  caches: Stage['caches']
}

async function start({ example, event, settings, cloud, ...kept }: Starting): Promise<ExampleRun> {
  const payload = { ...event.payload, inputs: event.inputs }
  const types = readWorkflow(example).on[event.name]?.types
  if (types !== undefined) expect(types).toContain(event.payload?.action)
  const id = settings.runId ?? runId
  const jobs = await runWorkflow({
    example,
    trigger: event.name,
    given: event.inputs ?? {},
    contexts: contextsOf({ event, settings, cloud, payload }),
    run: {
      cloud,
      event: payload,
      eventName: event.name === 'workflow_call' ? 'push' : event.name,
      repository: settings.repository ?? {},
      ...kept,
      with: settings.with ?? {},
      github: settings.github,
      site: settings.site ?? 'https://api.cloud.zilliz.com',
      runId: id,
    },
  })
  return asExampleRun(jobs)
}

function contextsOf({
  event,
  settings,
  cloud,
  payload,
}: Pick<Starting, 'event' | 'settings' | 'cloud'> & { payload: object }) {
  return {
    github: {
      event: payload,
      event_name: event.name,
      repository: 'octo-org/octo-repo',
      ref: 'refs/heads/main',
      run_id: settings.runId ?? runId,
      run_attempt: `${settings.attempt ?? 1}`,
      token: settings.github?.token ?? 'ghs_tokenOfTheHarness0000000000000000000',
    },
    secrets: { [settings.secret ?? 'ZILLIZ_API_KEY']: cloud.apiKey },
    vars: {
      ZILLIZ_CLUSTER_ID: cloud.clusterId,
      ZILLIZ_TEST_PROJECT_ID: cloud.projectId,
      ...settings.vars,
    },
  }
}

function asExampleRun(jobs: WorkflowRun): ExampleRun {
  const job = (id: string) => {
    const found = jobs.get(id)
    if (found === undefined) throw new Error(`There is no job ${id} among ${[...jobs.keys()].join(', ')}`)
    return found
  }
  return {
    results: Object.fromEntries([...jobs].map(([id, { conclusion }]) => [id, conclusion])),
    job,
    step(id, key) {
      const found = job(id).steps.find(step => step.key === key)
      if (found === undefined) throw new Error(`There is no step ${key} in job ${id}`)
      return found
    },
  }
}

function stepsIn(example: string): string[] {
  return Object.entries(readJobs(example))
    .flatMap(([id, job]) => actionSteps(job).map(step => `${id}.${keyOf(step)}`))
    .sort()
}

function stepsRun(example: string, { results, job }: ExampleRun): string[] {
  const known = stepsIn(example)
  const names = Object.keys(results).flatMap(id => {
    const ran = job(id).steps.filter(({ outcome }) => outcome !== 'skipped')
    return ran.map(({ key }) => `${id.replace(/ \(.*\)$/, '')}.${key}`)
  })
  return names.filter(name => known.includes(name))
}
