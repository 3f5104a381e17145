/** No operation arrives without a story, a fault scenario, a dry run where it changes something, and an example. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { covers, inputs, operations } from '../../src/contract.ts'
import { scenarios } from '../faults/scenarios.ts'
import { actionSteps, examples, readJobs } from '../harness/workflow/files.ts'
import { dryRuns } from '../stories/dry-runs.ts'

const stories = join(import.meta.dirname, '../stories')
const transcripts = readdirSync(join(stories, 'transcripts')).sort()
const dryRunTranscripts = dryRuns.map(({ name }) => `dry-run-${name}.txt`)

/** The transcripts that the files of stories name, and those that the table of dry runs makes. */
const namedTranscripts = [...dryRunTranscripts, ...readdirSync(stories).flatMap(transcriptsIn)].sort()

function transcriptsIn(file: string): string[] {
  if (!file.endsWith('.test.ts')) return []
  const text = readFileSync(join(stories, file), 'utf8')
  return [...text.matchAll(/'transcripts\/(.+\.txt)'/g)].map(([, name = '']) => name)
}

/** The operation of a transcript's step. */
function operationOf(transcript: string): string | undefined {
  const text = readFileSync(join(stories, 'transcripts', transcript), 'utf8')
  return /^operation: (.*)$/m.exec(text)?.[1]
}

/** The operations that an example runs. */
function operationsIn(example: string): string[] {
  const steps = Object.values(readJobs(example)).flatMap(actionSteps)
  return steps.map(step => `${step.with?.operation}`)
}

test('every transcript belongs to a story', () => {
  expect(transcripts).toEqual(namedTranscripts)
})

describe('every operation has', () => {
  test('a story', () => {
    const shown = namedTranscripts.filter(name => !dryRunTranscripts.includes(name)).map(operationOf)
    expect(operations.filter(operation => !shown.includes(operation))).toEqual([])
  })

  test('a fault scenario', async () => {
    const covered: (string | undefined)[] = []
    // Each arranges its own world.
    for (const { open } of scenarios) {
      await using cloud = await startSimulator({ dataPlane: true })
      covered.push(open(cloud).inputs.operation)
    }
    expect(operations.filter(operation => !covered.includes(operation))).toEqual([])
  })

  test('a dry run where it changes something, and only there', async () => {
    await using cloud = await startSimulator()
    const planned = new Set(dryRuns.map(dryRun => dryRun.inputs(cloud).operation))
    const changing = operations.filter(operation => covers(inputs['dry-run'].operations, operation))
    expect([...planned].sort()).toEqual([...changing].sort())
  })

  test('an example', () => {
    const used = examples.flatMap(operationsIn)
    expect(operations.filter(operation => !used.includes(operation))).toEqual([])
  })
})
