/** A step that prunes, for the tests of it. */
import { expect } from 'vitest'
import type { Fault, FaultRule, Simulator } from '../../simulator/index.ts'
import { deleteAll } from '../../src/backups/prune.ts'
import { decodeBackup } from '../../src/zilliz/decode.ts'
import { stepIn } from '../harness/step.ts'

export const add = (cloud: Simulator, more: object = {}) =>
  cloud.world.addBackup({ clusterId: cloud.clusterId, ...more }).backupId

export const refusing = (code: number | string, status = 200): Fault => ({ kind: 'envelope', status, code })

/** A fault for the requests about one backup. */
export const inject = (cloud: Simulator, backupId: string, rule: FaultRule) =>
  cloud.faults.inject({ ...rule, when: ({ path }) => path.endsWith(`/${backupId}`) })

/** A step that is about to delete these, as a rule has chosen them. */
export function prepare(cloud: Simulator, backupIds: readonly string[], cutoff = Number.POSITIVE_INFINITY) {
  const { step, reported, time, stop } = stepIn(cloud)
  const toDelete = backupIds.map(backupId => {
    const backup = decodeBackup({ backupId, backupType: 'CLUSTER', status: 'AVAILABLE' })
    return { backup, cutoff, mustHaveItsTime: false }
  })
  const run = () =>
    deleteAll({ clusterId: cloud.clusterId, keepLast: 1 }, step, { toDelete, states: new Map() })
  /** What was published last as deleted. */
  const published = () => {
    const name = 'deletedBackupIds='
    return JSON.parse(reported.findLast(line => line.startsWith(name))?.slice(name.length) ?? 'null')
  }
  return { run, reported, published, time, stop }
}

export const errorOf = (running: Promise<number>): Promise<Error> =>
  running.then(
    () => expect.unreachable(),
    error => error,
  )

export const sent = (cloud: Simulator, operation: string) =>
  cloud.requests.filter(({ operationId }) => operationId === operation).length
