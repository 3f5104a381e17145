/** Over TLS, as users have it: which connections a step has, and what goes over each. */
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { startTlsFront, type TlsConnection } from '../harness/proxy.ts'
import { type NodeVersion, nodes } from '../harness/runner.ts'
import { createBackup, deleteBackup, type Inputs, listBackups, restoreCollections } from './steps.ts'

const create: typeof createBackup = (cloud, inputs, options) =>
  createBackup(cloud, { wait: 'false', ...inputs }, options)

interface World {
  /** Done before the first request goes on; the second connection is there by then. */
  first?: ((second: TlsConnection) => unknown) | undefined
  /** Done before a POST goes on. */
  post?: (connections: readonly TlsConnection[]) => unknown
  reset?: number
  speed?: number
  node?: NodeVersion
}

async function startBehindTls({ first, post, reset, speed = 1, node }: World = {}) {
  const cloud = await startSimulator({ speed, jobSeconds: 0 })
  let requests = 0
  const hold = async (method: string, connections: readonly TlsConnection[]) => {
    if (method === 'POST') await post?.(connections)
    if (++requests > 1 || first === undefined) return
    // A step that did not make its second connection by now would wait here for ever.
    while (connections.length < 2) await pause(5)
    await first(connections[1] as TlsConnection)
  }
  const front = await startTlsFront(Number(new URL(cloud.baseUrl).port), 'localhost', {
    hold,
    ...(reset && { reset }),
  })
  return {
    cloud,
    resumed: () => front.connections.map(({ resumed }) => resumed),
    requests: () => front.connections.map(({ requests }) => requests.join(' ')),
    run(step: typeof createBackup, inputs: Inputs = {}) {
      const given = { 'base-url': `https://localhost:${front.port}`, ...inputs }
      return step(cloud, given, { ...(node && { node }), env: { NODE_EXTRA_CA_CERTS: front.caFile } })
    },
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]()
      await cloud.close()
    },
  }
}

describe.each(nodes)('on Node %s', node => {
  test('reads share one connection; that of the change is made meanwhile, with their TLS session', async () => {
    await using world = await startBehindTls({ node, first: () => undefined })
    const { step } = await world.run(create)
    expect(step.outcome).toBe('success')
    expect(world.requests()).toEqual(['GET GET', 'POST'])
    expect(world.resumed()).toEqual([false, true])
  })

  test.each<[string, World['first'], number]>([
    ['has been closed', ({ socket }) => heard(socket.destroy()), 1],
    ['has been ended', ({ socket }) => heard(socket.end()), 1],
    [
      'has received something',
      ({ socket }) => heard(socket.write('HTTP/1.1 408 Request Timeout\r\n\r\n')),
      1,
    ],
    ['is older than two seconds', () => pause(100), 100],
  ])('a connection that %s is not taken: the change makes its own', async (_, first, speed) => {
    // It is closed before the change goes on.
    const post: World['post'] = async connections => {
      while (!connections[1]?.socket.destroyed) await pause(5)
    }
    await using world = await startBehindTls({ node, first, post, speed })
    const { step } = await world.run(create)
    expect(step.outcome).toBe('success')
    expect(world.requests()).toEqual(['GET GET', '', 'POST'])
    expect(world.resumed()).toEqual([false, true, true])
  })
})

/** Until the other side has heard of it. */
const heard = (_: unknown) => pause(50)

test('a connection that cannot be made is no matter: the change makes its own', async () => {
  await using world = await startBehindTls({ reset: 2 })
  const { step } = await world.run(create)
  expect(step.outcome).toBe('success')
  expect(world.requests()).toEqual(['GET GET', 'POST'])
})

test('a deletion has one too', async () => {
  await using world = await startBehindTls({ first: () => undefined })
  const { step } = await create(world.cloud)
  await world.run(deleteBackup, { 'backup-id': step.outputs.backupId ?? '' })
  expect(world.requests()).toEqual(['GET GET GET GET', 'DELETE'])
})

test('of several changes at the same time, only one goes over it', async () => {
  await using world = await startBehindTls({ first: () => undefined })
  const { step } = await world.run(restoreCollections, { collections: 'sales.*' })
  expect(step.outcome).toBe('success')
  const ofChanges = world.requests().filter(methods => methods.includes('POST'))
  expect(ofChanges.length).toBeGreaterThan(1)
  expect(new Set(ofChanges)).toEqual(new Set(['POST']))
})

test.each<[string, typeof createBackup, Inputs]>([
  ['plans a change', create, { 'dry-run': 'true' }],
  ['changes nothing', listBackups, {}],
])('a step that %s makes one connection', async (_, step, inputs) => {
  await using world = await startBehindTls()
  expect((await world.run(step, inputs)).step.outcome).toBe('success')
  expect(world.requests()).toHaveLength(1)
})

test('a step that needs no change after all ends at once', async () => {
  await using world = await startBehindTls({ first: () => undefined })
  await create(world.cloud)
  const { step } = await world.run(create, { 'skip-if-newer-than': '1h' })
  expect(step.outputs.status).toBe('skipped')
  expect(world.requests()).toEqual(['GET GET', ''])
})

test('a change whose connection breaks is not sent again', async () => {
  const post: World['post'] = connections => connections[1]?.socket.destroy()
  await using world = await startBehindTls({ first: () => undefined, post, speed: 60 })
  const { step } = await world.run(create)
  expect(step.outcome).toBe('failure')
  expect(world.requests().filter(methods => methods.includes('POST'))).toEqual(['POST'])
})
