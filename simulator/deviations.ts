import type { Variants } from './variants.ts'

type Json = Record<string, unknown>

/**
 * The variants under which an answer leaves the OpenAPI document on purpose. They are applied after the
 * documented answer has been checked.
 */
export function deviate(operationId: string, data: unknown, variants: Variants): unknown {
  const envelope = (content: unknown) => ({ code: variants.successCode, data: content })
  if (operationId === 'describeJob') {
    const job = deviatingJob(data as Json, variants)
    return variants.jobEnvelope ? envelope(job) : job
  }
  if (operationId === 'listClusters' && variants.clusterList !== 'page') {
    const { clusters } = data as Json
    return variants.clusterList === 'array' ? envelope(clusters) : clusters
  }
  return envelope(data)
}

function deviatingJob(job: Json, variants: Variants): Json {
  const running = !('endTime' in job)
  const endTime = { missing: {}, null: { endTime: null }, empty: { endTime: '' } }[variants.runningJobEndTime]
  return {
    ...job,
    progress: shownProgress(String(job.progress), variants.progress),
    ...(running ? endTime : {}),
  }
}

/** Undefined leaves the field out of the JSON. */
function shownProgress(progress: string, shape: Variants['progress']): string | number | undefined {
  switch (shape) {
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
