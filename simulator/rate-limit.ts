/** Counts requests by key and operation over the last world second (F9: 20 per second, user and endpoint). */
export interface RateLimit {
  /** Counts one request; true when it is one too many. Refused requests do not count. */
  exceeded(apiKey: string, operationId: string, now: number): boolean
}

export function createRateLimit(requestsPerSecond: number): RateLimit {
  const seen = new Map<string, number[]>()
  return {
    exceeded(apiKey, operationId, now) {
      if (!Number.isFinite(requestsPerSecond)) return false
      const name = `${operationId} ${apiKey}`
      const recent = (seen.get(name) ?? []).filter(time => now - time < 1000)
      const exceeded = recent.length >= requestsPerSecond
      seen.set(name, exceeded ? recent : [...recent, now])
      return exceeded
    },
  }
}
