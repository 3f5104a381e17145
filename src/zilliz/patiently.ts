import { NoResponseError } from './errors.ts'
import type { RetryPolicy } from './retry.ts'

/**
 * Tries again as `retry` does, whose file is loaded when something has failed, or is held back.
 *
 * @throws as `retry`
 */
export async function patiently<T>(attempt: () => Promise<T>, policy: RetryPolicy): Promise<T> {
  const start = policy.clock.elapsed()
  let failed: { error: unknown; start: number } | undefined
  if (policy.load.notBefore <= start) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof NoResponseError) || error.isFinal) throw error
      failed = { error, start }
    }
  }
  const { retry } = await import('./retry.ts')
  return retry(attempt, policy, failed)
}
