/** Runs the jobs of a workflow as far as they use this action. */
import { expect } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { createJobFolder, runStep, type StepResult } from './runner.ts'
import { findLeaks } from './secrets.ts'
import { actionSteps, type WorkflowJob, type WorkflowStep } from './workflows.ts'

export const runId = '1658821493'

/** The outputs that each action step of a job must have. */
export type Ends = readonly Record<string, string>[]

/** What may stand between ${{ and }}; an expression that is not here fails the test. */
export type Values = Map<string, string>

export function valuesOf(cloud: Simulator, more: Record<string, string> = {}): Values {
  return new Map([
    ['secrets.ZILLIZ_API_KEY', cloud.apiKey],
    ['vars.ZILLIZ_CLUSTER_ID', cloud.clusterId],
    ['vars.ZILLIZ_TEST_PROJECT_ID', cloud.projectId],
    ['vars.ZILLIZ_INTEGRATION_ID', 'integ-0123456789abcdef'],
    ['github.event.number', '42'],
    ['github.run_id', runId],
    ['github.run_attempt', '1'],
    ...Object.entries(more),
  ])
}

/** Runs the action steps of a job, and adds their outputs to the values. */
export async function runJob(
  cloud: Simulator,
  { job, ends, values, event }: { job: WorkflowJob; ends: Ends; values: Values; event: unknown },
): Promise<Map<string, StepResult>> {
  await using jobFolder = await createJobFolder()
  const steps = actionSteps(job)
  expect(steps).toHaveLength(ends.length)
  const results = new Map<string, StepResult>()
  for (const [index, step] of steps.entries()) {
    const result = await runStep({
      with: { ...evaluateInputs(step, values), 'base-url': cloud.baseUrl },
      secrets: [cloud.apiKey],
      event,
      clock: { origin: cloud.clock.origin, speed: cloud.clock.speed },
      post: 'auto',
      jobFolder,
    })
    expect(result, result.log.join('\n')).toMatchObject({ outcome: 'success', post: { outcome: 'success' } })
    expect(result.outputs).toMatchObject(ends[index] ?? {})
    expect(findLeaks(result, { key: cloud.apiKey })).toEqual([])
    for (const [name, value] of outputsOf(step, result.outputs)) values.set(name, value)
    results.set(step.id ?? `${index}`, result)
  }
  return results
}

function evaluateInputs({ with: given = {} }: WorkflowStep, values: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, evaluate(String(value), values)]),
  )
}

function outputsOf({ id }: Pick<WorkflowStep, 'id'>, outputs: Record<string, string>): [string, string][] {
  return Object.entries(outputs).map(([name, value]) => [`steps.${id}.outputs.${name}`, value])
}

/** The outputs of a job: other jobs get nothing that is masked. */
export function jobOutputs(
  job: WorkflowJob,
  results: ReadonlyMap<string, StepResult>,
): Record<string, string> {
  const values = new Map([...results].flatMap(([id, result]) => outputsOf({ id }, result.jobOutputs)))
  return Object.fromEntries(
    Object.entries(job.outputs ?? {}).map(([name, text]) => [name, evaluate(text, values)]),
  )
}

export function evaluate(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = values.get(expression)
    if (value === undefined) throw new Error(`There is no value here for the expression ${expression}`)
    return value
  })
}
