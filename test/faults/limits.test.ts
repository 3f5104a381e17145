import { describe, expect, test } from 'vitest'
import { type Collection, type Simulator, startSimulator } from '../../simulator/index.ts'
import { runStep, type StepResult } from '../harness/runner.ts'
import { hostileText } from './hostile.ts'
import { brokenSummary } from './summary.ts'

const mebibyte = 1024 * 1024

async function run(cloud: Simulator, inputs: Record<string, string>): Promise<StepResult> {
  return runStep({
    with: { 'api-key': cloud.apiKey, 'base-url': cloud.baseUrl, ...inputs },
    secrets: [cloud.apiKey],
    clock: cloud.clock,
  })
}

function many(count: number, name: (index: number) => string): Collection[] {
  return Array.from({ length: count }, (_, index) => ({
    name: name(index),
    description: '',
    status: 'LOADED',
    rows: 1,
  }))
}

/** A plan of so many restores of one collection each. */
async function plan(count: number, name: (index: number) => string): Promise<StepResult> {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({
    clusterId: cloud.clusterId,
    databases: [{ name: 'default', collections: many(count, name) }],
  })
  return await run(cloud, {
    operation: 'restore-collections',
    'cluster-id': cloud.clusterId,
    'backup-id': backupId,
    'target-cluster': 'staging',
    collections: '*',
    'dry-run': 'true',
  })
}

function planOf(step: StepResult): { output: unknown[]; receipt: unknown[] } {
  const { plan: whole } = step.receipt as { plan: unknown[] }
  return { output: JSON.parse(step.outputs.plan ?? '[]'), receipt: whole }
}

describe('what the runner can hold', () => {
  test('a plan of thousands: the output is cut with a warning, the receipt has all', async () => {
    const step = await plan(4_000, index => `collection_${index}`)
    expect(step.outcome).toBe('success')
    expect(step.outputs.status).toBe('planned')
    const { output, receipt } = planOf(step)
    expect(receipt).toHaveLength(4_000)
    expect(output.length).toBeGreaterThan(100)
    expect(output).toEqual(receipt.slice(0, output.length))
    expect(Buffer.byteLength(step.outputs.plan ?? '')).toBeLessThanOrEqual(400_000)
    expect(Buffer.byteLength(step.outputs.plan ?? '')).toBeGreaterThan(390_000)
    const warnings = step.annotations.filter(({ level }) => level === 'warning')
    expect(warnings.map(({ message }) => message)).toEqual([
      `Output plan holds the first ${output.length} of 4000 entries, since a job's outputs are limited; the file of output receipt has all.`,
    ])
    expect(step.annotationCounts.error + step.annotationCounts.notice).toBe(0)
  })

  test('a job summary above 1 MiB is cut, and says so', async () => {
    // Every character of these names grows when it is escaped.
    const step = await plan(600, index => `${'&<>'.repeat(300)}${index}`)
    expect(step.outcome).toBe('success')
    expect(planOf(step).receipt).toHaveLength(600)
    expect(Buffer.byteLength(step.summary)).toBeGreaterThan(mebibyte / 2)
    expect(Buffer.byteLength(step.summary)).toBeLessThan(mebibyte)
    expect(step.summary).toContain('</details>\n<p>Cut: a summary has at most 1 MiB')
    expect(brokenSummary(step.summary)).toEqual([])
  })

  test('hostile texts of many kilobytes break neither summary nor log', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const reason = hostileText.repeat(3_000)
    cloud.world.nextJob({ outcome: 'FAILED', reason })
    const step = await run(cloud, { operation: 'create-backup', 'cluster-id': cloud.clusterId })
    expect(step.outputs.status).toBe('failed')
    expect(step.annotationCounts).toEqual({ error: 1, warning: 0, notice: 0 })
    expect(brokenSummary(step.summary)).toEqual([])
    expect(Buffer.byteLength(step.log.join('\n'))).toBeLessThan(20_000)
    expect(step.commandErrors).toEqual([])
  })

  test('a restore of many collections that all fail is reported in one error, and whole in the receipt', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const names = Array.from({ length: 60 }, (_, index) => `collection_${index}`)
    const { backupId } = cloud.world.addBackup({
      clusterId: cloud.clusterId,
      databases: [{ name: 'default', collections: many(60, index => `collection_${index}`) }],
    })
    for (const name of names) cloud.world.nextJob({ outcome: 'FAILED', reason: `${name}: disk full` })
    const step = await run(cloud, {
      operation: 'restore-collections',
      'cluster-id': cloud.clusterId,
      'backup-id': backupId,
      'target-cluster': 'staging',
      collections: '*',
    })
    expect(step.outputs.status).toBe('failed')
    expect(step.annotationCounts).toEqual({ error: 1, warning: 0, notice: 0 })
    const [error] = step.annotations
    expect(error?.message.length).toBeLessThanOrEqual(4_096)
    const receipt = step.receipt as { error: string; jobIds: string[] }
    expect(receipt.jobIds).toHaveLength(60)
    for (const name of names) expect(receipt.error).toContain(`${name}: disk full`)
    expect(brokenSummary(step.summary)).toEqual([])
  })
})
