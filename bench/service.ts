/** One simulated service, over http and over https, and what a backup asks of it. */
import { type Simulator, startSimulator } from '../simulator/index.ts'
import type { NodeVersion } from '../test/harness/nodes.ts'
import { startTlsFront } from '../test/harness/proxy.ts'
import type { StepResult } from '../test/harness/step-result.ts'
import { askedBy } from './asked.ts'
import { programPath, run, step } from './programs.ts'

type Env = Readonly<Record<string, string>>

type Protocol = 'http' | 'https'

export interface Service extends AsyncDisposable {
  cloud: Simulator
  /** How many requests a backup takes. */
  requests: number
  /** A whole `create-backup` that does not wait. */
  backUp(over: Protocol, node: NodeVersion, env?: Env): Promise<StepResult>
  /** A bare program with the same requests; milliseconds. */
  askBare(over: Protocol, node: NodeVersion, env?: Env): Promise<number>
}

export async function startService(): Promise<Service> {
  // A job is over before the next backup begins.
  const cloud = await startSimulator({ jobSeconds: 0 })
  const front = await startTlsFront(Number(new URL(cloud.baseUrl).port), 'localhost')
  const { apiKey, clusterId } = cloud
  const baseUrls = { http: cloud.baseUrl, https: `https://localhost:${front.port}` }
  const inputs = { operation: 'create-backup', 'cluster-id': clusterId, wait: 'false' }
  const trust = { NODE_EXTRA_CA_CERTS: front.caFile }
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
      return step({ apiKey, baseUrl: baseUrls[over] }, inputs, { node, env: { ...trust, ...env } })
    },
    askBare(over, node, env = {}) {
      forgetBackups()
      return run({ node, args: [programPath('bare.cjs'), baseUrls[over], asked], env: { ...trust, ...env } })
    },
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]()
      await cloud.close()
    },
  }
}
