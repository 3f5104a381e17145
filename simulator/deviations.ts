import { shownProgress } from './progress-course.ts'
import { asShown } from './shown.ts'
import type { State } from './state.ts'
import type { Variants } from './variants.ts'

type Json = Record<string, unknown>

/**
 * The variants in which a response deviates from the OpenAPI document on purpose. They are applied after the
 * documented response has been validated.
 */
export function deviate(state: State, operationId: string, documented: unknown): unknown {
  const { variants } = state
  const envelope = (content: unknown) => ({ code: variants.successCode, data: content })
  const data = asShown(state, operationId, documented)
  if (operationId === 'describeJob') {
    const job = deviatingJob(data as Json, variants)
    return variants.jobEnvelope ? envelope(job) : job
  }
  if (operationId === 'listClusters' && variants.clusterList !== 'page') {
    const { clusters } = data as Json
    return variants.clusterList === 'array' ? envelope(clusters) : clusters
  }
  return envelope(withoutOmitted(operationId, data, variants))
}

/** What starts something may leave out the id of the job or of the cluster, which the document requires. */
function withoutOmitted(operationId: string, data: unknown, variants: Variants): unknown {
  const omitted: Record<string, string> = {
    createBackup: variants.createBackupOmits,
    restoreCluster: variants.restoreClusterOmits,
  }
  const field = omitted[operationId] ?? 'nothing'
  return field === 'nothing' ? data : { ...(data as Json), [field]: undefined }
}

function deviatingJob(job: Json, variants: Variants): Json {
  const running = !('endTime' in job)
  const percent = Number(job.progress)
  const progress = running ? shownProgress(percent, variants.progressCourse) : percent
  const endTime = { missing: {}, null: { endTime: null }, empty: { endTime: '' } }[variants.runningJobEndTime]
  return {
    ...job,
    status: job.status === 'SUCCESSFUL' ? variants.finalSuccess : job.status,
    progress: formatProgress(String(progress), variants.progress),
    ...(running ? endTime : {}),
  }
}

/** Undefined omits the field from the JSON. */
function formatProgress(progress: string, format: Variants['progress']): string | number | undefined {
  switch (format) {
    case 'text':
      return progress
    case 'number':
      return Number(progress)
    case 'percent':
      return `${progress}%`
    case 'fraction':
      return progress === '100' ? '100.0' : `${progress}.73`
    case 'missing':
      return undefined
  }
}
