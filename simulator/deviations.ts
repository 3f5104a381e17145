import type { Variants } from './variants.ts'

type Json = Record<string, unknown>

/**
 * The variants in which a response deviates from the OpenAPI document on purpose. They are applied after the
 * documented response has been validated.
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
    progress: formatProgress(String(job.progress), variants.progress),
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
