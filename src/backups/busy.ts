/** Another backup is running: only one can at a time, of the cluster or of all that the organization has (F26, F27). */
import type { Step } from '../step.ts'
import type { NewBackup } from '../zilliz/changes.ts'
import type { Backup } from '../zilliz/decode.ts'
import type { ServiceTime } from '../zilliz/service-time.ts'
import { backupState } from '../zilliz/states.ts'

export interface BusyOptions {
  clusterId: string
  ifBusy: 'wait' | 'fail' | 'join'
  /** Milliseconds. */
  pollInterval: number
}

/** What a read has shown of backups that may be running. */
export interface InTheWay {
  /** Of the cluster. */
  listed: readonly Backup[]
  /** Manual ones of other clusters that a refusal has shown to be in the way. */
  elsewhere: readonly Backup[]
}

/** One POST and what is known before it is sent. */
export interface Attempt {
  options: NewBackup & Pick<BusyOptions, 'ifBusy'>
  step: Step
  /** The backups of the cluster, as listed before the POST. */
  before: readonly Backup[]
  /** When the POST was sent last: what was throttled or never arrived has made nothing. */
  sentAt: ServiceTime
  onJob?: ((jobId: string) => void) | undefined
}

export function backupsRunning(backups: readonly Backup[]): Backup[] {
  return backups.filter(({ status }) => backupState(status) === 'creating')
}
