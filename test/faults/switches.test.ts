/** The invariants of aliases: what they allow, and what they find. */
import { expect, test } from 'vitest'
import type { DataRequestRecord } from '../../simulator/index.ts'
import { evaluate } from './invariants.ts'
import {
  altered,
  counted,
  described,
  goodRun,
  lost,
  points,
  second,
  simulator,
  stepOf,
  switched,
  whole,
} from './run-by-hand.ts'

test.each<[what: string, ...requests: Partial<DataRequestRecord>[]]>([
  ['after a look, and a read that shows it', described, counted, altered, points('orders_copy')],
  [
    'once more after a look that shows that it did not take',
    ...[points('orders'), described, counted, lost, points('orders'), described, counted, altered],
  ],
  ['again after load', described, counted, { ...altered, status: 429 }, altered, points('orders_copy')],
  ['by what metadata shows', described, { ...counted, data: { rowCount: 900 } }, altered],
])('an alias may be switched %s', async (_, ...requests) => {
  await using cloud = await simulator()
  expect(evaluate({ ...goodRun(cloud), ...switched(cloud, ...requests) })).toEqual([])
})

test.each<[what: string, name: string, ...requests: Partial<DataRequestRecord>[]]>([
  [
    'to one that is not loaded',
    whole,
    { ...described, data: { load: 'LoadStateNotLoad' } },
    counted,
    altered,
  ],
  ['to one that was refused', whole, { ...described, code: 100, data: undefined }, counted, altered],
  ['to one with too little', whole, described, { ...counted, data: [{ 'count(*)': 899 }] }, altered],
  ['to one whose look got lost', whole, described, { ...counted, fault: 'reset' }, altered],
  ['again by an old look', whole, described, counted, lost, points('orders'), altered],
  ['a third time', second, ...[described, counted, lost, lost, lost]],
  [
    'again although a read showed it there',
    second,
    ...[described, counted, lost, points('orders_copy'), described, counted, altered],
  ],
])('an alias must not be switched %s', async (_, name, ...requests) => {
  await using cloud = await simulator()
  const run = goodRun(cloud)
  const inputs = { ...run.fixture.inputs, collections: 'sales.orders_copy >= 900' }
  const found = evaluate({ ...run, fixture: { ...run.fixture, inputs }, ...switched(cloud, ...requests) })
  expect(found.map(({ invariant }) => invariant)).toContain(name)
})

test('a switch that was carried out is not left unsaid by a step that fails', async () => {
  await using cloud = await simulator()
  const { dataRequests = [] } = switched(cloud, described, counted, altered)
  const said = (error: string) => {
    const step = stepOf({ status: 'failed', clusterId: cloud.clusterId })
    step.receipt = { ...Object(step.receipt), error }
    const found = evaluate({ ...goodRun(cloud), step, dataRequests })
    return found.filter(({ invariant }) => invariant === 'nothing goes unsaid')
  }
  expect(said('The connection broke. It may have been carried out.')).toEqual([])
  expect(said('The connection broke.')).toHaveLength(1)
})
