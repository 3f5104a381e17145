import { describe, expect, test } from 'vitest'
import type { Fault } from '../../simulator/index.ts'
import type { StepControl } from '../harness/runner.ts'
import { always, diskFullAt, hasFullDisk, interruptAt, refusing } from './arrange.ts'
import { errorOf, sent } from './story.ts'
import { addOwned, type Both, expectDropped, fates, openBoth, pruneClusters } from './sweeps.ts'

/** Three clusters of closed pull requests, oldest first. */
const addThree = (both: Both) => [1, 2, 3].map(number => addOwned(both, number, { hours: 40 - number }))

const dropsOf = (clusterId: string | undefined) => ({
  when: ({ path }: { path: string }) => path.includes(clusterId ?? ''),
})

describe('a drop that is refused', () => {
  test.each<[string, Fault]>([
    ['for its state', refusing(40003)],
    ['by a code of no meaning', refusing(12345, 400)],
    ['for a permission', refusing(96013)],
    ['without a code', { kind: 'gateway', status: 404 }],
    ['by a redirect', { kind: 'redirect', status: 302 }],
  ])('%s fails the step at the end, after the others', async (_, fault) => {
    await using both = await openBoth()
    const [first, second, third] = addThree(both)
    if (first === undefined || second === undefined || third === undefined) return expect.unreachable()
    both.cloud.faults.inject({ operation: 'dropCluster', ...always, ...dropsOf(second.clusterId), fault })
    const story = await pruneClusters(both)
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expectDropped(both, story, [first, third])
    expect(errorOf(story)).toContain(
      `1 of 3 clusters could not be dropped. Dropped: 2 (${first.clusterId}, ${third.clusterId}).\n`,
    )
    expect(errorOf(story)).toContain(second.clusterId)
    expect(fates(story)).toEqual({
      'shop-pr-1': 'dropped',
      'shop-pr-2': 'could not be dropped',
      'shop-pr-3': 'dropped',
    })
  })

  test('for the key ends the step at once, and what was dropped is shown', async () => {
    await using both = await openBoth()
    const [first, second] = addThree(both)
    if (first === undefined) return expect.unreachable()
    const fault = refusing(21119, 401)
    both.cloud.faults.inject({ operation: 'dropCluster', ...dropsOf(second?.clusterId), fault })
    const story = await pruneClusters(both)
    expect(story.step.outputs.status).toBe('failed')
    expectDropped(both, story, [first])
    expect(sent(story, 'dropCluster')).toHaveLength(2)
    expect(errorOf(story)).toMatch(
      new RegExp(
        `^API key refused: could not drop cluster \\S+\\.\\n1 of 3 clusters are dropped \\(${first.clusterId}\\)\\.\\nCheck the secret`,
      ),
    )
    expect(fates(story)).toMatchObject({
      'shop-pr-2': 'not reached: the step ended before',
      'shop-pr-3': 'not reached: the step ended before',
    })
  })

  test('for the key, by the read after it, ends the step too', async () => {
    await using both = await openBoth()
    const [first] = addThree(both)
    both.cloud.faults.inject({
      operation: 'dropCluster',
      ...dropsOf(first?.clusterId),
      fault: refusing(12345),
    })
    both.cloud.faults.inject({ operation: 'describeCluster', skip: 1, fault: refusing(21119, 401) })
    const story = await pruneClusters(both)
    expect(story.step.outputs.status).toBe('failed')
    expectDropped(both, story, [])
    expect(sent(story, 'dropCluster')).toHaveLength(1)
  })
})

test('a drop without a response for ever may be done, and the others go on', async () => {
  await using both = await openBoth({ speed: 60 })
  const [first, second, third] = addThree(both)
  if (first === undefined || second === undefined || third === undefined) return expect.unreachable()
  const fault = { kind: 'gateway', status: 503 } as const
  both.cloud.faults.inject({ operation: 'dropCluster', ...always, ...dropsOf(first.clusterId), fault })
  const story = await pruneClusters(both)
  expect(story.step.outputs.status).toBe('failed')
  expectDropped(both, story, [second, third])
  expect(errorOf(story)).toContain(`Cluster ${first.clusterId} may be dropped anyway.`)
  expect(fates(story)['shop-pr-1']).toBe('may be dropped: it could not be confirmed')
})

test('one that does not go within ten minutes leaves their time to the others', async () => {
  await using both = await openBoth({ speed: 150 })
  const [first, second, third] = addThree(both)
  if (first === undefined || second === undefined || third === undefined) return expect.unreachable()
  first.status = 'MIGRATING'
  const story = await pruneClusters(both, { timeout: '30m' })
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expectDropped(both, story, [second, third])
  expect(errorOf(story)).toContain(`Timed out after 10m: cluster ${first.clusterId} is still MIGRATING.`)
})

test('the timeout of the step is one, and says what was dropped', async () => {
  await using both = await openBoth({ speed: 30 })
  const [first, second] = addThree(both)
  if (first === undefined || second === undefined) return expect.unreachable()
  second.status = 'MIGRATING'
  const story = await pruneClusters(both, { timeout: '1m' })
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
  expectDropped(both, story, [first])
  expect(errorOf(story)).toContain(`cluster ${second.clusterId} is still MIGRATING.`)
  expect(errorOf(story)).toContain(`1 of 3 clusters are dropped (${first.clusterId}).`)
  expect(errorOf(story)).toContain('Run the step again: it goes on with those that are left.')
  expect(fates(story)['shop-pr-3']).toBe('not reached: the step ended before')
})

describe('ended in the middle of the second drop', () => {
  async function interrupted(act: (control: StepControl) => void) {
    const both = await openBoth({ speed: 1 })
    const [first, second] = addThree(both)
    const options = interruptAt(both.cloud, 'dropCluster', { act, skip: 1 })
    const story = await pruneClusters(both, {}, options)
    expect(story.step.outputs.deletedClusterIds).toBe(JSON.stringify([first?.clusterId]))
    return { both, story, first, second }
  }

  test('by a cancel: what is dropped is published, and what may be is said', async () => {
    const { both, story, first, second } = await interrupted(control => control.cancel())
    await using _ = both
    expect(story.step).toMatchObject({ outcome: 'cancelled', exitCode: 1, outputs: { status: 'cancelled' } })
    expect(story.step.receipt).toMatchObject({ status: 'cancelled', deletedClusterIds: [first?.clusterId] })
    const message = story.step.annotations.map(one => one.message).join('\n')
    expect(message).toContain(`1 of 3 clusters are dropped (${first?.clusterId}).`)
    expect(message).toContain(`Cluster ${second?.clusterId} may be dropped anyway.`)
    expect(fates(story)).toEqual({
      'shop-pr-1': 'dropped',
      'shop-pr-2': 'may be dropped',
      'shop-pr-3': 'not reached: the step ended before',
    })
  })

  test('by SIGKILL: what is dropped is published', async () => {
    const { both, story } = await interrupted(control => control.kill())
    await using _ = both
    expect(story.step.signal).toBe('SIGKILL')
    expect(story.step.outputs.status).toBeUndefined()
  })
})

test.runIf(hasFullDisk)('a full disk hides nothing, and ends the step', async () => {
  await using both = await openBoth()
  const [first] = addThree(both)
  using disk = diskFullAt(both.cloud, 'dropCluster', { file: 'GITHUB_OUTPUT' })
  const story = await pruneClusters(both, {}, { env: disk.env })
  expect(story.step.exitCode).toBe(1)
  expect(sent(story, 'dropCluster')).toHaveLength(1)
  expect(story.step.log.join('\n')).toContain(`Cluster ${first?.clusterId} is dropped.`)
  const error = errorOf(story)
  expect(error).toContain('ENOSPC')
  expect(error).toContain(`1 of 3 clusters are dropped (${first?.clusterId}).`)
  expect(error).not.toMatch(/defect|may be dropped/i)
})
