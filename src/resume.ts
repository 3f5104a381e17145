/** How to go on with what a step leaves behind. */
import type { InProgress, Item } from './in-progress.ts'
import { type StepCommon, stepOf } from './workflow-step.ts'

export interface Hint {
  title: string
  /** A whole step of a workflow, ready to paste. */
  lines: string[]
}

/**
 * How to go on with what a step leaves behind: steps that wait for it or remove it.
 *
 * @param wasCutShort by its timeout or a cancel: what was not read yet may go on
 */
export function resumeHints(inProgress: InProgress, wasCutShort: boolean, common: StepCommon): Hint[] {
  const unread = new Set(inProgress.unread)
  const items = inProgress.items.filter(item => wasCutShort || !unread.has(item))
  if (items.length === 0) return []
  const isRead = items.some(item => !unread.has(item))
  const title = isRead
    ? 'Still running at the service. A step that waits for it:'
    : 'Not read before the end. A step that waits for it:'
  const wait = { title, lines: stepOf('wait', waitInputs(items), common) }
  const { createdClusterId: id } = inProgress
  if (id === undefined) return [wait]
  const lines = stepOf('delete-cluster', [`target-cluster: ${id}`], common)
  return [wait, { title: 'A step that drops the cluster instead:', lines }]
}

function waitInputs(items: readonly Item[]): string[] {
  const jobIds = items.flatMap(item => (item.kind === 'job' ? [item.jobId] : []))
  const others = items.flatMap(item => {
    if (item.kind === 'backup') return [`cluster-id: ${item.clusterId}`, `backup-id: ${item.backupId}`]
    return item.kind === 'cluster' ? [`target-cluster: ${item.clusterId}`] : []
  })
  return [...(jobIds.length > 0 ? [`job-id: ${jobIds.join(', ')}`] : []), ...others]
}
