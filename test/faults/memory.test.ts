import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { createJobFolder, runStep, type StepResult } from '../harness/runner.ts'

const preload = fileURLToPath(new URL('./wire.cjs', import.meta.url))
const most = 150

/** A step with its peak of memory in MB: Linux alone gives it for each program. */
async function measured(
  cloud: Simulator,
  inputs: Record<string, string>,
): Promise<{ step: StepResult; peak: number }> {
  await using jobFolder = await createJobFolder()
  const notes = join(jobFolder.path, 'wire.txt')
  const step = await runStep({
    with: { 'api-key': cloud.apiKey, 'base-url': cloud.baseUrl, ...inputs },
    secrets: [cloud.apiKey],
    clock: cloud.clock,
    jobFolder,
    env: {
      NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
      FAULTS_WIRE: JSON.stringify({ notes, rules: [] }),
    },
  })
  const peak = Number(/^peak (\d+)$/m.exec(await readFile(notes, 'utf8'))?.[1]) / 1024
  return { step, peak }
}

describe.skipIf(process.platform !== 'linux')('the step stays small', () => {
  test.each([false, true])('when a response has 50 MB (announced: %s)', async announced => {
    await using cloud = await startSimulator({ speed: 6, jobSeconds: 1 })
    cloud.faults.inject({
      operation: 'listBackups',
      times: 3,
      fault: { kind: 'huge', megabytes: 50, announced },
    })
    const inputs = { operation: 'create-backup', 'cluster-id': cloud.clusterId }
    const { step, peak } = await measured(cloud, inputs)
    expect(step.outcome).toBe('success')
    expect(cloud.faults.pending()).toEqual([])
    expect(peak).toBeGreaterThan(20)
    expect(peak).toBeLessThan(most)
  })

  test('when it reads 10,000 backups, a page at a time', async () => {
    await using cloud = await startSimulator()
    const { world, clusterId } = cloud
    for (let age = 10_000; age >= 1; age--) world.addBackup({ clusterId, ageSeconds: age * 600 })
    const newest = world.backups.at(-1)?.backupId
    const inputs = { operation: 'create-backup', 'cluster-id': clusterId, 'skip-if-newer-than': '1h' }
    const { step, peak } = await measured(cloud, inputs)
    expect(step.outputs.status).toBe('skipped')
    expect(step.outputs.backupId).toBe(newest)
    const pages = cloud.requests.filter(({ operationId }) => operationId === 'listBackups')
    expect(pages.map(({ query }) => Number(query.currentPage))).toEqual(
      // The last one shows that there is nothing more.
      Array.from({ length: 101 }, (_, index) => index + 1),
    )
    expect(pages.every(({ query }) => query.pageSize === '100')).toBe(true)
    expect(peak).toBeGreaterThan(20)
    expect(peak).toBeLessThan(most)
  })

  test.each<[operation: string, inputs: Record<string, string>, output: string, held: number]>([
    ['list-backups', {}, 'backups', 10_000],
    ['prune-backups', { 'keep-last': '9999', 'dry-run': 'true' }, 'plan', 1],
    ['prune-backups', { 'keep-last': '1', 'dry-run': 'true' }, 'plan', 9_999],
  ])('when %s with %o reports 10,000 backups', async (operation, inputs, output, held) => {
    await using cloud = await startSimulator()
    const { world, clusterId } = cloud
    for (let age = 10_000; age >= 1; age--) world.addBackup({ clusterId, ageSeconds: age * 600 })
    const { step, peak } = await measured(cloud, { operation, 'cluster-id': clusterId, ...inputs })
    expect(step.outcome).toBe('success')
    expect((step.receipt as Record<string, unknown[]>)[output]).toHaveLength(held)
    expect(peak).toBeGreaterThan(20)
    expect(peak).toBeLessThan(most)
  })
})
