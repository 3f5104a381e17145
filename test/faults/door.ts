/** Where the step reaches the control plane: as it is, or behind TLS, as users have it. */
import type { Simulator } from '../../simulator/index.ts'
import { startTlsFront } from '../harness/proxy.ts'
import type { Scenario } from './fixture.ts'

export interface Door extends AsyncDisposable {
  baseUrl: string
  /** With what a step trusts its certificate. */
  env: Readonly<Record<string, string>>
}

export async function openDoor({ baseUrl }: Simulator, { tls }: Scenario): Promise<Door> {
  if (tls === undefined) return { baseUrl, env: {}, [Symbol.asyncDispose]: () => Promise.resolve() }
  const front = await startTlsFront(Number(new URL(baseUrl).port), 'localhost')
  return {
    baseUrl: `https://localhost:${front.port}`,
    env: { NODE_EXTRA_CA_CERTS: front.caFile },
    [Symbol.asyncDispose]: () => front[Symbol.asyncDispose](),
  }
}
