import { ApiError } from '../api-error.ts'
import { runningBackup, startBackup } from '../backups.ts'
import { requireDedicated } from '../clusters.ts'
import { copyDatabases } from '../databases.ts'
import { policyOf } from '../policies.ts'
import { isRegion } from '../regions.ts'
import { type Handler, param } from './call.ts'

const READABLE = ['RUNNING', 'SUSPENDED', 'SUSPENDING', 'RESUMING', 'MODIFYING', 'RESTORE_BACKUP']

export const getBackupPolicy: Handler = (state, call) => {
  const cluster = requireDedicated(state, param(call, 'clusterId'), READABLE)
  const policy = policyOf(state, cluster.clusterId)
  if (!policy.enabled) {
    return {
      clusterId: cluster.clusterId,
      status: 'DISABLED',
      startTime: null,
      frequency: null,
      retentionDays: 0,
    }
  }
  return {
    clusterId: cluster.clusterId,
    status: 'ENABLED',
    startTime: policy.startTime,
    frequency: policy.frequency,
    retentionDays: policy.retentionDays,
    crossRegionCopies: policy.copies.map(copy => ({
      ...copy,
      region: copy.regionId.slice(copy.regionId.indexOf('-') + 1),
    })),
  }
}

type CopyList = { regionId?: string; retentionDays?: number }[]

interface SetPolicyBody {
  enabled: boolean
  frequency?: string
  startTime?: string
  retentionDays?: number
  crossRegionCopies?: CopyList
  /** The name of the same list in the guide (F43). */
  crossRegionPolicies?: CopyList
}

/** Enabling starts the first backup immediately (F42); later scheduled backups are not simulated. */
export const setBackupPolicy: Handler = (state, call) => {
  const body = call.body as SetPolicyBody
  const cluster = requireDedicated(state, param(call, 'clusterId'), ['RUNNING'])
  const policy = policyOf(state, cluster.clusterId)
  const enabling = body.enabled && !policy.enabled
  const frequency = body.frequency ?? policy.frequency
  const startTime = body.startTime ?? policy.startTime
  if (!/^[1-7](,[1-7])*$/.test(frequency)) throw new ApiError(96032, `Invalid frequency: ${frequency}`, 400)
  if (!isTwoHourWindow(startTime)) throw new ApiError(96033, `Invalid start time: ${startTime}`, 400)
  const requestedCopies = body.crossRegionCopies ?? body.crossRegionPolicies
  const copies =
    requestedCopies?.map(({ regionId = '', retentionDays = 7 }) => ({ regionId, retentionDays })) ??
    policy.copies
  const unknown = copies.find(copy => !isRegion(copy.regionId))
  if (unknown !== undefined) throw new ApiError(96001, `Invalid region id: ${unknown.regionId}`, 400)
  const retentionDays = body.retentionDays ?? policy.retentionDays
  Object.assign(policy, { enabled: body.enabled, frequency, startTime, retentionDays, copies })
  const running = runningBackup(state, call.now, { clusterId: cluster.clusterId, creationMethod: 'AUTO' })
  if (enabling && running === undefined) {
    startBackup(state, cluster, {
      now: call.now,
      backupType: 'CLUSTER',
      creationMethod: 'AUTO',
      databases: copyDatabases(cluster.databases),
      retentionDays,
    })
  }
  return { clusterId: cluster.clusterId, status: policy.enabled ? 'ENABLED' : 'DISABLED' }
}

/** A window of two hours, `HH:mm-HH:mm`. */
function isTwoHourWindow(text: string): boolean {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text)?.slice(1).map(Number)
  if (parts === undefined) return false
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = parts
  return (toHour * 60 + toMinute - fromHour * 60 - fromMinute + 1440) % 1440 === 120
}
