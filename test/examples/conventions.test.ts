/** What holds of every example: what people copy is short of nothing that keeps them safe. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  covers,
  inputs,
  type OperationName,
  operations,
  outputs,
  requiredInputs,
} from '../../src/contract.ts'
import { parseDuration } from '../../src/duration.ts'
import {
  actionName,
  actionSteps,
  examples,
  readJobs,
  readWorkflow,
  textOf,
  type WorkflowJob,
  type WorkflowStep,
} from '../harness/workflow/files.ts'

const tests = readdirSync(import.meta.dirname)
  .filter(file => file !== 'conventions.test.ts')
  .map(file => readFileSync(join(import.meta.dirname, file), 'utf8'))

test('the tests run every example', () => {
  const run = tests.flatMap(text => [...text.matchAll(/describeExample\((.*?),/g)].map(([, name]) => name))
  expect(
    run.map(name => (name === 'producer' ? 'backup-with-receipt.yml' : name?.slice(1, -1))).sort(),
  ).toEqual(examples)
})

describe.each(examples)('%s', example => {
  const workflow = readWorkflow(example)
  const text = textOf(example)
  const jobs = Object.entries(workflow.jobs)
  const steps = jobs.flatMap(([, job]) => job.steps ?? [])

  test('begins with two or three lines that say what it does and what to set', () => {
    const [head = ''] = text.split('\nname: ')
    const lines = head.split('\n')
    expect([2, 3]).toContain(lines.length)
    expect(lines.filter(line => !line.startsWith('# '))).toEqual([])
    expect(head).toMatch(/\bSet:/)
  })

  test('names in its head all that has to be set', () => {
    const [head = ''] = text.split('\nname: ')
    const variables = [...text.matchAll(/\b(?:vars|secrets)\.([A-Z_]+)/g)].map(([, name = '']) => name)
    const environments = jobs.flatMap(([, { environment }]) =>
      typeof environment === 'string' ? [environment] : [],
    )
    const scripts = steps.flatMap(({ run = '' }) => run.match(/(?<=\.\/)\S+\.sh/g) ?? [])
    const needed = [...variables, ...environments, ...scripts]
    expect(needed.filter(name => !head.includes(name))).toEqual([])
  })

  test('gives each job the rights that it needs and no other, and a limit', () => {
    expect(workflow.permissions).toEqual({})
    expect(workflow.concurrency?.group).toBeDefined()
    for (const [id, job] of jobs) {
      expect({ id, ...job.permissions }).toEqual({ id, ...rightsOf(job) })
      if (job.uses === undefined)
        expect({ id, minutes: job['timeout-minutes'] }).toEqual({ id, minutes: expect.any(Number) })
    }
  })

  test('leaves no credentials behind a checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.filter(step => step.with?.['persist-credentials'] !== false)).toEqual([])
  })

  test('names other actions by a commit, with its version', () => {
    const uses = [...text.matchAll(/\buses: (.*)$/gm)].map(([, name = '']) => name)
    const others = uses.filter(name => !actionName.test(name) && !name.startsWith('./'))
    expect(others.filter(name => !/^[\w-]+(?:\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(name))).toEqual(
      [],
    )
  })

  test('keeps ids in variables and expressions out of scripts', () => {
    const secrets = [...text.matchAll(/secrets\.([\w-]+)/g)].map(([, name]) => name)
    expect(secrets.filter(name => name !== 'ZILLIZ_API_KEY' && name !== 'zilliz-api-key')).toEqual([])
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([])
    expect(text.match(/in\d\d-[0-9a-z]{10,}/g) ?? []).toEqual(
      example === 'backup-several-clusters.yml' ? ids : [],
    )
  })

  test.each(jobs.flatMap(([id, job]) => actionSteps(job).map(step => ({ id, job, step }))))(
    '$id, $step.id: its inputs and outputs are in the contract',
    ({ job, step }) => {
      expect(problemsOf(step, job)).toEqual([])
    },
  )

  test.each(jobs.filter(([, job]) => actionSteps(job).length > 0))(
    '%s ends after the steps that it waits for',
    (_, job) => {
      const given = actionSteps(job).map(step => parseDuration(String(step.with?.timeout)))
      // What is handed in cannot be added.
      const known = given.filter(timeout => timeout !== undefined)
      const sum = known.reduce((total, timeout) => total + timeout, 0)
      expect(job['timeout-minutes']).toBeGreaterThan(sum / 60_000)
    },
  )
})

/** Those in the head of the example with several clusters. */
const ids = ['in01-92409d3fb64afeb', 'in01-0a1b2c3d4e5f678']

/** The rights that the steps of a job need; the one that calls another workflow gives that one its own. */
function rightsOf({ uses, steps = [] }: WorkflowJob): Record<string, string> {
  const called = (uses ?? '').split('/').at(-1) ?? ''
  if (called !== '') return Object.assign({}, ...Object.values(readJobs(called)).map(rightsOf))
  const isUsed = (name: string, input: string) =>
    steps.some(step => step.uses?.startsWith(`${name}@`) && step.with?.[input] !== undefined)
  const asksGitHub = steps.some(step => `${step.with?.['name-pattern']}`.includes('{pr}'))
  return {
    ...(isUsed('actions/checkout', 'persist-credentials') ? { contents: 'read' } : {}),
    ...(isUsed('actions/download-artifact', 'run-id') ? { actions: 'read' } : {}),
    ...(asksGitHub ? { 'pull-requests': 'read' } : {}),
    ...(isUsed('OWNER/zilliz-cloud-backup-restore', 'comment-on-pr') ? { 'pull-requests': 'write' } : {}),
  }
}

function problemsOf(
  { id, with: given = {} }: WorkflowStep,
  { steps, outputs: handed, environment }: WorkflowJob,
): string[] {
  const operation = operations.find(name => name === given.operation)
  if (operation === undefined) return [`${given.operation} is no operation`]
  return [
    ...problemsOfInputs(Object.keys(given), operation),
    ...readOutputs(id ?? '', JSON.stringify({ steps, handed, environment }))
      .filter(name => !isOutput(name, operation))
      .map(name => `${operation} has no output ${name}`),
    ...(typeof given.timeout === 'string' ? [] : ['it has no timeout']),
  ]
}

function problemsOfInputs(given: string[], operation: OperationName): string[] {
  const known = Object.entries(inputs).filter(([, { operations: of }]) => covers(of, operation))
  const names = known.map(([name]) => name)
  const required = Object.entries(requiredInputs).filter(([, of]) => covers(of, operation))
  return [
    ...given.filter(name => !names.includes(name)).map(name => `${operation} has no input ${name}`),
    ...required.filter(([name]) => !given.includes(name)).map(([name]) => `${operation} needs ${name}`),
  ]
}

/** GitHub takes an output that does not exist for an empty one. */
function readOutputs(step: string, text: string): string[] {
  return [...text.matchAll(new RegExp(`steps\\.${step}\\.outputs\\.([\\w-]+)`, 'g'))].map(
    ([, name = '']) => name,
  )
}

function isOutput(name: string, operation: OperationName): boolean {
  return Object.entries(outputs).some(
    ([known, { operations: of }]) => known === name && covers(of, operation),
  )
}
