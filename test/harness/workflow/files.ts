/** The workflows in examples/, as far as the tests need to understand them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

export interface WorkflowStep {
  id?: string
  name?: string
  if?: string
  uses?: string
  run?: string
  with?: Record<string, unknown>
  env?: Record<string, unknown>
}

export interface WorkflowJob {
  if?: string
  needs?: string | string[]
  /** A reusable workflow instead of steps. */
  uses?: string
  with?: Record<string, unknown>
  secrets?: 'inherit' | Record<string, unknown>
  permissions?: Record<string, string>
  environment?: string | { name: string; url?: string }
  strategy?: { matrix: Record<string, unknown> }
  'timeout-minutes'?: number
  env?: Record<string, unknown>
  steps?: WorkflowStep[]
  outputs?: Record<string, string>
}

/** By their ids. */
export type WorkflowJobs = Record<string, WorkflowJob>

export interface InputOfWorkflow {
  type?: string
  default?: unknown
  required?: boolean
}

interface Trigger {
  inputs?: Record<string, InputOfWorkflow>
  outputs?: Record<string, { value: string }>
  types?: string[]
}

export interface Workflow {
  name: string
  on: Record<string, Trigger | null>
  env?: Record<string, unknown>
  permissions?: Record<string, string>
  concurrency?: { group: string }
  jobs: WorkflowJobs
}

const folder = fileURLToPath(new URL('../../../examples/', import.meta.url))

/** The name under which the examples and the README use this action. */
export const actionName = /^OWNER\/zilliz-cloud-backup-restore@v1$/

/** Names of the files in examples/. */
export const examples: readonly string[] = readdirSync(folder).sort()

export function textOf(example: string): string {
  return readFileSync(join(folder, example), 'utf8')
}

export function readWorkflow(example: string): Workflow {
  return parse(textOf(example))
}

export function readJobs(example: string): WorkflowJobs {
  return readWorkflow(example).jobs
}

export function usesAction({ uses }: WorkflowStep): boolean {
  return uses !== undefined && actionName.test(uses)
}

/** The steps of a job that use this action. */
export function actionSteps(job: WorkflowJob | undefined): WorkflowStep[] {
  return (job?.steps ?? []).filter(usesAction)
}

/** What a step is known by. */
export function keyOf({ id, name, uses, run }: WorkflowStep): string {
  return id ?? name ?? uses?.replace(/@.*/, '') ?? run?.trim().split('\n')[0] ?? ''
}
