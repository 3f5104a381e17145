import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import { deleteAndRead } from '../../src/backups/delete.ts'
import { OperationFailed } from '../../src/errors.ts'
import type { Backup } from '../../src/zilliz/decode.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const add = (cloud: Simulator) => cloud.world.addBackup({ clusterId: cloud.clusterId }).backupId

const sent = (cloud: Simulator, operation: string) =>
  cloud.requests.filter(({ operationId }) => operationId === operation).length

const refusing = (code: number): Fault => ({ kind: 'envelope', status: 200, code })

describe('what is described right before a deletion ("Look again")', () => {
  /** Deletes it, unless it is described with this status; gives what was described each time. */
  async function removeUnless(cloud: Simulator, backupId: string, forbidden: string) {
    const seen: string[] = []
    const check = (found: Backup | ApiError) => {
      const status = found instanceof ApiError ? 'refused' : found.status
      seen.push(status)
      if (status === forbidden) throw new OperationFailed(`it is ${status}`)
    }
    const backup = { clusterId: cloud.clusterId, backupId }
    const outcome = await deleteAndRead(stepIn(cloud).step, backup, { check, onSend: () => {} }).catch(
      thrown => thrown,
    )
    return { seen, outcome }
  }

  test('forbids it, and nothing is sent', async () => {
    await using cloud = await startSimulator()
    const { seen, outcome } = await removeUnless(cloud, add(cloud), 'AVAILABLE')
    expect(seen).toEqual(['AVAILABLE'])
    expect(outcome).toEqual(new OperationFailed('it is AVAILABLE'))
    expect(sent(cloud, 'deleteBackup')).toBe(0)
  })

  test('is a refusal too, which is for the caller to judge', async () => {
    await using cloud = await startSimulator()
    cloud.faults.inject({ operation: 'describeBackup', fault: refusing(12345) })
    const { seen, outcome } = await removeUnless(cloud, add(cloud), 'refused')
    expect(seen).toEqual(['refused'])
    expect(outcome).toBeInstanceOf(OperationFailed)
    expect(sent(cloud, 'deleteBackup')).toBe(0)
  })

  test('forbids a repeated one as well', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    const act = () => {
      cloud.world.backup(backupId).shown = { status: 'FAILED' }
    }
    cloud.faults.inject({ operation: 'deleteBackup', fault: { kind: 'meanwhile', act } })
    cloud.faults.inject({ operation: 'deleteBackup', fault: { kind: 'reset' } })
    const { seen, outcome } = await removeUnless(cloud, backupId, 'FAILED')
    expect(seen).toEqual(['AVAILABLE', 'FAILED'])
    expect(outcome).toEqual(new OperationFailed('it is FAILED'))
    expect(sent(cloud, 'deleteBackup')).toBe(1)
  })

  test('shows that the first one was carried out, and no other is sent', async () => {
    await using cloud = await startSimulator({ variants: { deletedBackup: 'DELETED' } })
    cloud.faults.inject({ operation: 'deleteBackup', applied: true, fault: { kind: 'reset' } })
    const { seen, outcome } = await removeUnless(cloud, add(cloud), 'never')
    expect(seen).toEqual(['AVAILABLE'])
    expect(outcome).toBe('deleted')
    expect(sent(cloud, 'deleteBackup')).toBe(1)
  })
})
