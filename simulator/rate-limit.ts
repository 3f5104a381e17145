/** Counts the requests of the last world second by key and operation (F9: 20 per second for each user and endpoint). */
export interface RateLimit {
  /** Counts one request; true when it exceeds the limit. Requests that exceed it do not count. */
  exceeded(apiKey: string, operationId: string, now: number): boolean
  /** Pairs of key and operation that are counted now. */
  readonly size: number
}

export function createRateLimit(requestsPerSecond: number): RateLimit {
  const times = new Map<string, number[]>()
  let expiredAt = Number.NEGATIVE_INFINITY
  /** Any text may be sent as a key, so what has expired must go even when it is never asked for again. */
  const expire = (now: number) => {
    if (now - expiredAt < 1000) return
    expiredAt = now
    for (const [key, recent] of times) if (now - (recent.at(-1) ?? 0) >= 1000) times.delete(key)
  }
  return {
    get size() {
      return times.size
    },
    exceeded(apiKey, operationId, now) {
      if (!Number.isFinite(requestsPerSecond)) return false
      expire(now)
      const key = `${operationId} ${apiKey}`
      const recent = (times.get(key) ?? []).filter(time => now - time < 1000)
      const exceeded = recent.length >= requestsPerSecond
      times.set(key, exceeded ? recent : [...recent, now])
      return exceeded
    },
  }
}
