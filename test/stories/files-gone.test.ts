/** Files of dist/ that are gone in the middle of a job: what would load them still says what went wrong. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { runStep } from '../harness/runner.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A copy of the action without some of its files. */
function actionWithout(...files: readonly string[]) {
  const path = mkdtempSync(join(tmpdir(), 'action-'))
  for (const part of ['action.yml', 'dist']) cpSync(join(root, part), join(path, part), { recursive: true })
  for (const file of files) rmSync(join(path, 'dist', file))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}

test.each(['failure.cjs', 'failed-page.cjs'])(
  'without %s a problem with the inputs is said, and the step is red',
  async file => {
    using action = actionWithout(file)
    const step = await runStep({
      action: action.path,
      with: { operation: 'create-backup', 'api-key': 'key-123456' },
    })
    expect(step.exitCode).toBe(1)
    expect(step.annotations.map(({ message }) => message).join('\n')).toContain('cluster-id: expected an id')
  },
)

test.each(['no-success.cjs', 'retry.cjs', 'backups-create.cjs'])(
  'without %s a step that needs it is red, and says that it is not there',
  async file => {
    using action = actionWithout(file)
    await using cloud = await startSimulator()
    cloud.faults.inject({ operation: 'listBackups', fault: { kind: 'gateway', status: 503 } })
    const inputs = {
      operation: 'create-backup',
      'api-key': cloud.apiKey,
      'base-url': cloud.baseUrl,
      'cluster-id': cloud.clusterId,
    }
    const step = await runStep({ action: action.path, with: inputs })
    expect(step.exitCode).toBe(1)
    expect(step.outputs.status).not.toBe('succeeded')
    expect(step.annotations.map(({ message }) => message).join('\n')).toContain(
      `Cannot find module './${file}'`,
    )
  },
)
