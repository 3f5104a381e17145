/** Whatever comes between an alias and its switch: one is sent, a second only after a look, and nothing goes unsaid. */
import { describe, expect, test } from 'vitest'
import type { Fault, Simulator } from '../../simulator/index.ts'
import { dropCollection, moveAlias, whereItPoints } from '../harness/aliases.ts'
import { startWithAlias } from './aliases.ts'
import { always, cancel, interruptAt, onRequest, refusing, respondAnd } from './arrange.ts'
import { switchAlias } from './steps.ts'
import { errorOf, type StoryResult, sent } from './story.ts'

const live = ['sales.orders']
const copy = ['sales.orders_run_7']

/** A request gets no response, and the service does with it what the story says. */
const lost = (cloud: Simulator, applied: boolean, fault: Fault = { kind: 'reset' }) =>
  cloud.faults.inject({ operation: 'alterAlias', applied, fault })

function expectFailed(story: StoryResult): string {
  expect(story.step).toMatchObject({ exitCode: 1, outcome: 'failure', outputs: { status: 'failed' } })
  return errorOf(story)
}

describe('a response that is lost', () => {
  test.each<[string, Fault]>([
    ['a reset', { kind: 'reset' }],
    ['a 5xx with an envelope', { kind: 'envelope', status: 503, code: 2 }],
    ['a word as code', { kind: 'envelope', status: 200, code: 'Busy' }],
    ['a web page', { kind: 'html' }],
  ])('(%s) of a switch that was carried out: a look shows it, and no second is sent', async (_, fault) => {
    await using cloud = await startWithAlias()
    lost(cloud, true, fault)
    const story = await switchAlias(cloud)
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', previousCollection: 'sales.orders' })
    expect(sent(story, 'alterAlias')).toHaveLength(1)
    expect(whereItPoints(cloud)).toEqual(copy)
    expect(story.step.log.join('\n')).toContain('Checking where the alias points.')
  })

  test('of a switch that was not: the collection is seen whole again, and it is sent once more', async () => {
    await using cloud = await startWithAlias()
    lost(cloud, false)
    const story = await switchAlias(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expect(whereItPoints(cloud)).toEqual(copy)
    const operations = story.dataRequests.map(({ operationId }) => operationId)
    const first = operations.indexOf('alterAlias')
    expect(operations.slice(first)).toEqual([
      'alterAlias',
      'describeAlias',
      'describeCollection',
      'countEntities',
      'alterAlias',
      'describeAlias',
    ])
  })

  test('twice: a look is made each time, and no third is sent', async () => {
    await using cloud = await startWithAlias()
    lost(cloud, false)
    lost(cloud, false)
    const story = await switchAlias(cloud)
    expect(expectFailed(story)).toBe(
      'Could not point alias "orders_live" of database "sales" at "orders_run_7": the connection broke. A read shows that the alias does not point there. Run this step again: it changes nothing where the alias points there already. (read ECONNRESET)',
    )
    expect(sent(story, 'alterAlias')).toHaveLength(2)
    expect(sent(story, 'describeAlias')).toHaveLength(3)
    expect(whereItPoints(cloud)).toEqual(live)
  })

  test('twice, the second carried out: a look shows it', async () => {
    await using cloud = await startWithAlias()
    lost(cloud, false)
    lost(cloud, true)
    const story = await switchAlias(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expect(sent(story, 'alterAlias')).toHaveLength(2)
    expect(whereItPoints(cloud)).toEqual(copy)
  })

  test.each<[what: string, change: (cloud: Simulator) => void, words: string]>([
    ['is gone', cloud => dropCollection(cloud, 'sales.orders_run_7'), 'sales.orders_run_7: is not there.'],
    [
      'is not loaded any more',
      ({ world }) => Object.assign(world.collection('production', copy[0] ?? ''), { status: 'UNLOADED' }),
      'sales.orders_run_7: is not loaded (LoadStateNotLoad).',
    ],
  ])('and the collection %s meanwhile: nothing is sent again', async (_, change, words) => {
    await using cloud = await startWithAlias()
    onRequest(cloud, 'alterAlias', () => change(cloud))
    lost(cloud, false)
    const story = await switchAlias(cloud)
    expect(expectFailed(story)).toContain(words)
    expect(errorOf(story)).toContain(
      'The first request to switch the alias was not carried out, as a read showed.',
    )
    expect(errorOf(story)).not.toContain('Nothing was changed.')
    expect(sent(story, 'alterAlias')).toHaveLength(1)
    expect(whereItPoints(cloud)).toEqual(live)
  })

  test('and somebody else has switched it meanwhile: that is left as it is', async () => {
    await using cloud = await startWithAlias()
    onRequest(cloud, 'alterAlias', () => moveAlias(cloud, 'sales.items'))
    lost(cloud, false)
    const story = await switchAlias(cloud)
    expect(expectFailed(story)).toBe(
      'Could not point alias "orders_live" of database "sales" at "orders_run_7": the connection broke. Alias "orders_live" points at "items" now, so something else has switched it meanwhile. That is left as it is. Look which collection is the right one, then run this step again. (read ECONNRESET)',
    )
    expect(sent(story, 'alterAlias')).toHaveLength(1)
    expect(whereItPoints(cloud)).toEqual(['sales.items'])
  })

  test.each<[string, Fault]>([
    ['refused', refusing(65_535)],
    ['refused for the token', refusing(1800)],
    ['never answered', { kind: 'gateway', status: 502 }],
  ])('and a look that is %s: it may have been carried out, and is not sent again', async (_, fault) => {
    await using cloud = await startWithAlias()
    lost(cloud, true)
    cloud.faults.inject({ operation: 'describeAlias', skip: 1, times: always.times, fault })
    const story = await switchAlias(cloud)
    expect(expectFailed(story)).toMatch(
      /^Could not point alias "orders_live" of database "sales" at "orders_run_7": the connection broke\.\n.*[Cc]ould not read where alias "orders_live" .*It may have been carried out\. Run this step again: it changes nothing where the alias points there already\. \(/s,
    )
    expect(sent(story, 'alterAlias')).toHaveLength(1)
  })
})

describe('a switch that is accepted', () => {
  test('and does not take is a failure, and is not sent again', async () => {
    await using cloud = await startWithAlias()
    const accepted = { kind: 'envelope', status: 200, code: 0, data: {} } as const
    lost(cloud, false, accepted)
    const story = await switchAlias(cloud)
    expect(expectFailed(story)).toBe(
      'The cluster accepted the switch of alias "orders_live", but it points at "orders" still. Look in the console where it points, then run this step again.',
    )
    expect(story.step.summary).toContain('<h2>❌ Switch of alias orders_live failed</h2>')
    expect(story.step.summary).not.toContain('points at sales.orders_run_7')
    expect(sent(story, 'alterAlias')).toHaveLength(1)
  })

  test('and is shown a moment later is read until then', async () => {
    await using cloud = await startWithAlias({ speed: 5 })
    const old = { kind: 'envelope', status: 200, code: 0 } as const
    const data = { dbName: 'sales', collectionName: 'orders', aliasName: 'orders_live' }
    cloud.faults.inject({ operation: 'describeAlias', skip: 1, times: 2, fault: { ...old, data } })
    const story = await switchAlias(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expect(sent(story, 'describeAlias')).toHaveLength(4)
  })

  test.each<[string, Fault]>([
    ['refused', refusing(65_535)],
    ['never answered', { kind: 'gateway', status: 502 }],
  ])('and cannot be read back, since that is %s, is said', async (_, fault) => {
    await using cloud = await startWithAlias()
    cloud.faults.inject({ operation: 'describeAlias', skip: 1, times: always.times, fault })
    const story = await switchAlias(cloud)
    expect(expectFailed(story)).toMatch(
      /^Could not read where alias "orders_live" .*The cluster accepted the switch\. Run this step again: it changes nothing where the alias points there already\. \(/s,
    )
    expect(sent(story, 'alterAlias')).toHaveLength(1)
  })

  test('and is not read back before the time-out is said', async () => {
    await using cloud = await startWithAlias({ speed: 20 })
    cloud.faults.inject({ operation: 'describeAlias', skip: 1, ...always, fault: { kind: 'stall' } })
    const story = await switchAlias(cloud, { timeout: '40s' })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
    expect(errorOf(story)).toContain('The cluster accepted the switch.')
  })
})

describe('a switch that is refused', () => {
  test.each([
    ['for its name', 65_535],
    ['since the collection is gone', 100],
    ['since the alias is gone', 1600],
  ])('%s is not sent again', async (_, code) => {
    await using cloud = await startWithAlias()
    lost(cloud, false, refusing(code))
    const story = await switchAlias(cloud)
    expect(expectFailed(story)).toMatch(
      /^Could not point alias "orders_live" of database "sales" at "orders_run_7": .*Nothing was changed\./,
    )
    expect(story.step.summary).toContain('<h2>❌ Switch of alias orders_live failed</h2>')
    expect(sent(story, 'alterAlias')).toHaveLength(1)
  })

  test.each([2, 8, 106])('for the moment (%d) is sent again: nothing was done', async code => {
    await using cloud = await startWithAlias()
    lost(cloud, false, refusing(code))
    const story = await switchAlias(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expect(sent(story, 'alterAlias')).toHaveLength(2)
  })
})

describe('a cancel', () => {
  function expectCancelled({ step }: StoryResult): string {
    expect(step).toMatchObject({ exitCode: 1, outcome: 'cancelled', outputs: { status: 'cancelled' } })
    const { error } = step.receipt as { error: string }
    return error
  }

  test('before anything is sent: nothing was changed', async () => {
    await using cloud = await startWithAlias({ speed: 10 })
    const cancelled = interruptAt(cloud, 'countEntities', { act: cancel })
    const story = await switchAlias(cloud, {}, cancelled)
    expect(expectCancelled(story)).toContain('Nothing was changed.')
    expect(sent(story, 'alterAlias')).toEqual([])
  })

  test.each([true, false])(
    'while the switch is in flight (carried out: %s): it may have been',
    async applied => {
      await using cloud = await startWithAlias({ speed: 10 })
      const cancelled = interruptAt(cloud, 'alterAlias', { act: cancel, applied })
      const story = await switchAlias(cloud, {}, cancelled)
      expect(expectCancelled(story)).toContain('may have been carried out')
      expect(sent(story, 'alterAlias')).toHaveLength(1)
      expect(sent(story, 'describeAlias')).toHaveLength(1)
    },
  )

  test('while it is looked for after a lost response: it may have been carried out', async () => {
    await using cloud = await startWithAlias({ speed: 10 })
    lost(cloud, true)
    const cancelled = interruptAt(cloud, 'describeAlias', { act: cancel, skip: 1 })
    const story = await switchAlias(cloud, {}, cancelled)
    expect(expectCancelled(story)).toContain('It may have been carried out.')
    expect(sent(story, 'alterAlias')).toHaveLength(1)
  })

  test('right after the response that accepted it: it is not read back, and that is said', async () => {
    await using cloud = await startWithAlias({ speed: 10 })
    let stop = () => {}
    cloud.faults.inject({ operation: 'alterAlias', fault: respondAnd(() => stop()) })
    // The signal takes longer than a read back may.
    cloud.faults.inject({ operation: 'describeAlias', skip: 1, fault: { kind: 'late', ms: 2_000 } })
    const story = await switchAlias(
      cloud,
      {},
      { onStart: control => (stop = () => control.cancel()), ladderScale: 1e-3, keepFaults: true },
    )
    expect(expectCancelled(story)).toContain('The cluster accepted the switch.')
    expect(whereItPoints(cloud)).toEqual(copy)
  })
})
