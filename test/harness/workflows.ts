/** The workflows in examples/, as far as the tests need to understand them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

export interface WorkflowStep {
  id?: string
  uses?: string
  with?: Record<string, unknown>
}

export interface WorkflowJob {
  steps: WorkflowStep[]
  outputs?: Record<string, string>
}

/** By their ids. */
export type WorkflowJobs = Record<string, WorkflowJob>

const folder = fileURLToPath(new URL('../../examples/', import.meta.url))

/** The name under which the examples and the README use this action. */
export const actionName = /^OWNER\/zilliz-cloud-backup-restore@v0$/

/** Names of the files in examples/. */
export const examples: readonly string[] = readdirSync(folder).sort()

export function readJobs(example: string): WorkflowJobs {
  return (parse(readFileSync(join(folder, example), 'utf8')) as { jobs: WorkflowJobs }).jobs
}

/** The steps of a job that use this action. */
export function actionSteps(job: WorkflowJob | undefined): WorkflowStep[] {
  return (job?.steps ?? []).filter(({ uses }) => uses !== undefined && actionName.test(uses))
}
