/** One simulated service, over http, over https and far away, and what a backup asks of it. */

import { setTimeout as pause } from 'node:timers/promises'
import { type Simulator, startSimulator } from '../simulator/index.ts'
import type { NodeVersion } from '../test/harness/nodes.ts'
import { startTlsFront } from '../test/harness/proxy.ts'
import type { StepResult } from '../test/harness/step-result.ts'
import { askedBy } from './asked.ts'
import { startDistance } from './distance.ts'
import { programPath, run, step } from './programs.ts'

type Env = Readonly<Record<string, string>>

/** `far`: over https, and the way and the service take their time. */
type Over = 'http' | 'https' | 'far'

/** Milliseconds: of the way to the service, and of the way back; and of the service, for each request. */
export const far = { wayMs: 25, serviceMs: 50 }

export interface Service extends AsyncDisposable {
  cloud: Simulator
  /** How many requests a backup takes. */
  requests: number
  /** A whole `create-backup` that does not wait. */
  backUp(over: Over, node: NodeVersion, env?: Env): Promise<StepResult>
  /** A bare program with the same requests; milliseconds. */
  askBare(over: Over, node: NodeVersion, env?: Env): Promise<number>
}

export async function startService(): Promise<Service> {
  // A job is over before the next backup begins.
  const cloud = await startSimulator({ jobSeconds: 0 })
  const port = Number(new URL(cloud.baseUrl).port)
  const front = await startTlsFront(port, 'localhost')
  const slowFront = await startTlsFront(port, 'localhost', { hold: () => pause(far.serviceMs) })
  const distance = await startDistance(slowFront.port, far.wayMs)
  const { apiKey, clusterId } = cloud
  const baseUrls = {
    http: cloud.baseUrl,
    https: `https://localhost:${front.port}`,
    far: `https://localhost:${distance.port}`,
  }
  const inputs = { operation: 'create-backup', 'cluster-id': clusterId, wait: 'false' }
  const trustIn = ({ caFile }: { caFile: string }) => ({ NODE_EXTRA_CA_CERTS: caFile })
  const trust = { http: trustIn(front), https: trustIn(front), far: trustIn(slowFront) }
  // One stays: a cluster without any backup is looked at before its first one.
  const forgetBackups = () => {
    for (const backup of cloud.world.backups.slice(1)) backup.status = 'DELETED'
  }
  await step(cloud, inputs, {})
  const first = cloud.requests.length
  await step(cloud, inputs, {})
  const sent = cloud.requests.slice(first)
  const asked = askedBy(sent)
  const requests = sent.length
  return {
    cloud,
    requests,
    backUp(over, node, env = {}) {
      forgetBackups()
      return step({ apiKey, baseUrl: baseUrls[over] }, inputs, { node, env: { ...trust[over], ...env } })
    },
    askBare(over, node, env = {}) {
      forgetBackups()
      return run({
        node,
        args: [programPath('bare.cjs'), baseUrls[over], asked],
        env: { ...trust[over], ...env },
      })
    },
    async [Symbol.asyncDispose]() {
      await distance[Symbol.asyncDispose]()
      await slowFront[Symbol.asyncDispose]()
      await front[Symbol.asyncDispose]()
      await cloud.close()
    },
  }
}
