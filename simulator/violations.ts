import { ApiError } from './api-error.ts'
import type { Violation } from './unknown-fields.ts'

/** Documented codes of invalid parameters by parameter name (code table of the error page). */
const CODES: Readonly<Record<string, number>> = {
  cloudId: 96000,
  regionId: 96001,
  projectId: 96005,
  pageSize: 96008,
  currentPage: 96009,
  clusterName: 96010,
  backupType: 96029,
  creationMethod: 96030,
  collectionStatus: 96031,
  frequency: 96032,
  startTime: 96033,
  retentionDays: 96034,
  destCollectionStatus: 96037,
}

/**
 * The response to a request that violates the contract: HTTP 400, as other endpoints behind the same gateway (U3),
 * with the documented code of the parameter, or 96036 for one without a code.
 */
export function toApiError(violations: readonly Violation[]): ApiError | undefined {
  const first = violations[0]
  if (first === undefined) return undefined
  const name = first.pointer.split('/').at(-1) ?? ''
  return new ApiError(codeOf(name, first), `Invalid parameter. ${first.text}`, 400)
}

function codeOf(name: string, violation: Violation): number {
  if (violation.rule === 'unknown') return 96036
  if (name === 'cuSize') return violation.rule === 'minimum' ? 96002 : 96023
  if (name === 'destClusterId') return violation.rule === 'required' ? 96025 : 96036
  return CODES[name] ?? 96036
}
