import type { RequestRecord } from './requests.ts'
import type { Variants } from './variants.ts'

export interface SimulatorOptions {
  /** TCP port on 127.0.0.1; 0 picks a free one (default). */
  port?: number
  /** World seconds per real second; default 1. */
  speed?: number
  /** Start of the world clock, in real milliseconds since the epoch; default now. */
  origin?: number
  /** What the world clock shows then, in milliseconds since the epoch; default: the same. */
  start?: number
  /** The only key that the simulator accepts. */
  apiKey?: string
  /** Variants that differ from `defaultVariants`. */
  variants?: Partial<Variants>
  /** Duration of a backup, restore or export job in world seconds; default 6. */
  jobSeconds?: number
  /** Duration of dropping, suspending, resuming or modifying a cluster in world seconds; default 4. */
  clusterSeconds?: number
  /** World seconds between the end of a restore job and RUNNING of its cluster (variant `restoreOrder`); default 2. */
  restoreLagSeconds?: number
  /** Requests per world second for each key and operation; documented are 20 (F9). Default: no limit. */
  requestsPerSecond?: number
  /** The same seed gives the same ids and passwords; default 1. */
  seed?: number
  /** Whether each cluster has a data plane of its own, at the `connectAddress` that it then shows; default false. */
  dataPlane?: boolean
  /** Whether `world.statusAt` is to tell earlier statuses; default false, since it costs time. */
  keepStatuses?: boolean
  /** How many requests and problems are kept, the latest ones: for a server that runs for long. Default: all. */
  keepRequests?: number
  /** Called once per request after it was handled. */
  onRequest?: (request: RequestRecord) => void
}

/** By how much each fast world runs slower than asked for. Tests set it, to repeat what may have failed on a busy machine. */
export const pace = { slower: 1 }

export type Settings = Required<Omit<SimulatorOptions, 'variants' | 'port' | 'onRequest'>>

export function settingsOf(options: SimulatorOptions): Settings {
  const { speed: asked = 1 } = options
  const speed = asked > 1 ? asked / pace.slower : asked
  const origin = options.origin ?? Date.now()
  if (!(speed > 0 && Number.isFinite(speed)))
    throw new RangeError(`speed must be a number above 0, not ${speed}`)
  return {
    speed,
    origin,
    start: options.start ?? origin,
    apiKey: options.apiKey ?? 'simulator-api-key-0123456789abcdef',
    jobSeconds: options.jobSeconds ?? 6,
    clusterSeconds: options.clusterSeconds ?? 4,
    restoreLagSeconds: options.restoreLagSeconds ?? 2,
    requestsPerSecond: options.requestsPerSecond ?? Number.POSITIVE_INFINITY,
    seed: options.seed ?? 1,
    dataPlane: options.dataPlane ?? false,
    keepRequests: options.keepRequests ?? Number.POSITIVE_INFINITY,
    keepStatuses: options.keepStatuses ?? false,
  }
}
