import type { Variants } from './variants.ts'

export interface SimulatorOptions {
  /** TCP port on 127.0.0.1; 0 picks a free one (default). */
  port?: number
  /** World seconds per real second; default 1. */
  speed?: number
  /** Real epoch milliseconds at which the world clock starts; default now. */
  origin?: number
  /** The only key that is accepted. */
  apiKey?: string
  /** Sides of the conflicts to play; the rest as in `defaultVariants`. */
  variants?: Partial<Variants>
  /** World seconds a backup, restore or export job takes; default 6. */
  jobSeconds?: number
  /** World seconds a drop, suspend, resume, scaling or creation of a cluster takes; default 4. */
  clusterSeconds?: number
  /** World seconds between the two ends of a cluster restore (variant `restoreOrder`); default 2. */
  restoreLagSeconds?: number
  /** Requests per world second, key and operation; documented are 20 (F9). Default: no limit. */
  requestsPerSecond?: number
  /** The same seed gives the same ids and passwords; default 1. */
  seed?: number
}

export type Settings = Required<Omit<SimulatorOptions, 'variants' | 'port'>>

export function settingsOf(options: SimulatorOptions): Settings {
  const speed = options.speed ?? 1
  if (!(speed > 0 && Number.isFinite(speed)))
    throw new RangeError(`speed must be a number above 0, not ${speed}`)
  return {
    speed,
    origin: options.origin ?? Date.now(),
    apiKey: options.apiKey ?? 'simulator-api-key-0123456789abcdef',
    jobSeconds: options.jobSeconds ?? 6,
    clusterSeconds: options.clusterSeconds ?? 4,
    restoreLagSeconds: options.restoreLagSeconds ?? 2,
    requestsPerSecond: options.requestsPerSecond ?? Number.POSITIVE_INFINITY,
    seed: options.seed ?? 1,
  }
}
