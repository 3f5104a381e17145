import type { Simulator } from '../../simulator/index.ts'
import {
  anyBackup,
  backupPage,
  type Ending,
  exportBackup,
  job,
  oneBackup,
  type Scenario,
  sameIds,
  secondsOf,
  unfinishedJobs,
} from './fixture.ts'

const hour = 3600
const day = 24 * hour

/** Bytes that a list may have in an output; what the hostile texts add is cut. */
const mostInOutput = 400_000

/**
 * Whether the service has said of a backup that is there what may mean that it is not: any refusal with an unknown
 * code (U5), or a state that is none. The next one is then the newest.
 */
function saidToBeGone({ requests }: Simulator, backupId: string, { unexpected }: Ending): boolean {
  const codes: unknown[] = [40020]
  return (
    unexpected ||
    requests.some(
      ({ method, path, fault, code }) =>
        method === 'GET' && path.endsWith(`/${backupId}`) && fault === 'envelope' && codes.includes(code),
    )
  )
}

export const readingBackups: readonly Scenario[] = [
  {
    name: 'list-backups',
    targets: [
      { name: 'page 1', request: 'read', of: 'backup', list: true, big: true },
      { name: 'page 2', request: 'read', of: 'backup', list: true, big: true },
    ],
    open({ world, clusterId }) {
      for (let age = 1; age <= 118; age++) {
        world.addBackup({
          clusterId,
          ageSeconds: age * hour,
          creationMethod: age % 3 === 0 ? 'MANUAL' : 'AUTO',
        })
      }
      world.addBackup({ clusterId, ageSeconds: 60, status: 'CREATING' })
      world.addBackup({ clusterId, ageSeconds: day, backupType: 'COLLECTION' })
      const wanted = world.backups.map(({ backupId }) => backupId)
      world.addBackup({ clusterId, ageSeconds: day, status: 'DELETED' })
      world.addBackup({ clusterId: world.cluster('staging').clusterId })
      return {
        inputs: { operation: 'list-backups', 'cluster-id': clusterId },
        matchers: { 'page 1': backupPage(1), 'page 2': backupPage(2) },
        keep: [],
        passwords: [],
        missing({ outputs, receipt, unexpected }) {
          const whole = receipt.backups as { backupId: string; createTime: string }[]
          const output: unknown[] = JSON.parse(outputs.backups ?? '[]')
          const times = whole.map(({ createTime }) => secondsOf(createTime))
          const ids = whole.map(({ backupId }) => backupId)
          // What the service left out of a list cannot be missed.
          const lagging = unexpected && ids.length === wanted.length - 1
          const listed = lagging ? ids.every(id => wanted.includes(id)) : sameIds(ids, wanted)
          const ordered = times.every((time, index) => time <= (times[index - 1] ?? time))
          const cut = whole.slice(0, output.length)
          const next = whole[output.length]
          const full = next === undefined || Buffer.byteLength(JSON.stringify([...cut, next])) > mostInOutput
          return [
            ...(listed ? [] : [`${whole.length} backups are listed, not the ${wanted.length} there are`]),
            ...(ordered ? [] : ['they are not listed newest first']),
            ...(JSON.stringify(cut) === outputs.backups ? [] : ['the output is not as the receipt has it']),
            ...(full ? [] : [`the output holds ${output.length} backups, and has room for more`]),
          ]
        },
      }
    },
  },
  {
    name: 'describe-backup latest',
    targets: [
      { name: 'list', request: 'read', of: 'backup', list: true },
      { name: 'description', request: 'read', of: 'backup' },
    ],
    open(cloud) {
      const { world, clusterId } = cloud
      const { backupId: older } = world.addBackup({ clusterId, ageSeconds: 2 * hour })
      const { backupId: newest } = world.addBackup({ clusterId, ageSeconds: hour, creationMethod: 'AUTO' })
      world.addBackup({ clusterId, ageSeconds: 60, status: 'CREATING' })
      world.addBackup({ clusterId: world.cluster('staging').clusterId, ageSeconds: 60 })
      return {
        inputs: { operation: 'describe-backup', 'cluster-id': clusterId, 'backup-id': 'latest' },
        matchers: { list: backupPage(1), description: oneBackup(newest) },
        keep: [],
        passwords: [],
        missing(end) {
          const { outputs } = end
          const { backupId, status } = JSON.parse(outputs.backup ?? '{}')
          const right = [newest, ...(saidToBeGone(cloud, newest, end) ? [older] : [])]
          return [
            ...(right.includes(backupId) ? [] : [`${backupId} is described, not ${newest}`]),
            ...(status === 'AVAILABLE' ? [] : [`the described backup is ${status}`]),
            ...(outputs.backupId === backupId ? [] : [`backupId is ${outputs.backupId}`]),
          ]
        },
      }
    },
  },
]

export const exporting: readonly Scenario[] = [
  {
    name: 'export-backup',
    targets: [
      { name: 'backup', request: 'read', of: 'backup' },
      { name: 'POST', request: 'start', of: 'backup' },
      { name: 'job', request: 'read', of: 'job', own: true },
    ],
    open(cloud) {
      const { world, clusterId } = cloud
      const { backupId } = world.addBackup({ clusterId, ageSeconds: 2 * hour })
      return {
        inputs: {
          operation: 'export-backup',
          'cluster-id': clusterId,
          'backup-id': backupId,
          'integration-id': 'integ-0123456789abcdef',
          directory: 'weekly/copies',
        },
        matchers: { backup: anyBackup, POST: exportBackup, job },
        keep: [],
        passwords: [],
        missing({ outputs, at }) {
          const [made, ...more] = world.jobs.filter(({ type }) => type === 'EXPORT')
          return [
            ...(made?.jobId === outputs.jobId && made !== undefined ? [] : [`jobId is ${outputs.jobId}`]),
            ...more.map(({ jobId }) => `one more export: ${jobId}`),
            ...unfinishedJobs(cloud, clusterId, at),
          ]
        },
      }
    },
  },
]
