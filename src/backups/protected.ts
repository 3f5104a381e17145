/** The input `protected-backups`. */
import { sameButCase } from '../zilliz/reads.ts'

export interface ProtectedBackups {
  /** Ids, in any case. A retention rule counts them like others. */
  protectedBackups?: readonly string[]
}

export function isProtectedBackup({ protectedBackups = [] }: ProtectedBackups, id: string): boolean {
  return protectedBackups.some(entry => sameButCase(id, entry))
}
