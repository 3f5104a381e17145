/** Counts the requests of the last world second by key and operation (F9: 20 per second for each user and endpoint). */
export interface RateLimit {
  /** Counts one request; true when it exceeds the limit. Requests that exceed it do not count. */
  exceeded(apiKey: string, operationId: string, now: number): boolean
}

export function createRateLimit(requestsPerSecond: number): RateLimit {
  const times = new Map<string, number[]>()
  return {
    exceeded(apiKey, operationId, now) {
      if (!Number.isFinite(requestsPerSecond)) return false
      const key = `${operationId} ${apiKey}`
      const recent = (times.get(key) ?? []).filter(time => now - time < 1000)
      const exceeded = recent.length >= requestsPerSecond
      times.set(key, exceeded ? recent : [...recent, now])
      return exceeded
    },
  }
}
