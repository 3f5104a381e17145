/** Over TLS, as users have it. */
import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { startTlsFront } from '../harness/proxy.ts'
import { nodes } from '../harness/runner.ts'
import { createBackup } from './steps.ts'

describe.each(nodes)('on Node %s', node => {
  test('reads share one connection, and the change on its own begins with the TLS session of the reads', async () => {
    await using cloud = await startSimulator()
    await using front = await startTlsFront(Number(new URL(cloud.baseUrl).port), 'localhost')
    const { step } = await createBackup(
      cloud,
      { 'base-url': `https://localhost:${front.port}`, wait: 'false' },
      { node, env: { NODE_EXTRA_CA_CERTS: front.caFile } },
    )
    expect(step.outcome).toBe('success')
    expect(cloud.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST'])
    expect(front.resumed).toEqual([false, true])
  })
})
