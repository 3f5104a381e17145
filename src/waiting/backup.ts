import { whileWaiting } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import type { Backup, BackupRef } from '../zilliz/decode.ts'
import { describeBackup } from '../zilliz/reads.ts'
import { backupState } from '../zilliz/states.ts'
import type { Condition } from './conditions.ts'

/** @param check receives every backup that was read, and says what an AVAILABLE one does not have */
export function backupAvailable(
  backup: BackupRef,
  grace: number,
  check: (found: Backup) => string | undefined,
): Condition {
  const { clusterId, backupId } = backup
  return {
    what: `backup ${backupId}`,
    item: { kind: 'backup', clusterId, backupId },
    notFoundGrace: grace,
    async read(step) {
      const found = await describeBackup(whileWaiting(step).cloud, backup)
      const problem = check(found)
      const { status } = found
      switch (backupState(status)) {
        case 'available':
          return problem === undefined
            ? { state: 'met', line: 'AVAILABLE' }
            : { state: 'failed', line: `AVAILABLE, but ${problem}.` }
        case 'failed':
        case 'deleted':
          return { state: 'failed', line: `${status} and will not become AVAILABLE.` }
        case 'creating':
        case 'unknown':
          return { state: 'pending', line: sanitize(status) }
      }
    },
  }
}
