/** Nothing listed for a cluster may mean that there is no such cluster. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import type { OperationName } from '../../src/contract.ts'
import { changesSent, errorOf, runStory } from './story.ts'

const operations: [OperationName, Record<string, string>][] = [
  ['list-backups', {}],
  ['prune-backups', { 'keep-last': '1' }],
  ['describe-backup', { 'backup-id': 'latest' }],
  ['create-backup', { 'skip-if-newer-than': '1d' }],
]

async function expectError(
  cloud: Simulator,
  inputs: Record<string, string>,
  words: string | RegExp,
): Promise<void> {
  const story = await runStory(cloud, inputs)
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(errorOf(story)).toMatch(words)
  expect(changesSent(story)).toEqual([])
  expect(story.step.outputs).not.toHaveProperty('backups')
}

describe.each(operations)('%s', (operation, inputs) => {
  const stake = ['create-backup', 'prune-backups'].includes(operation) ? 'Nothing was started. ' : ''

  test('with the name of a cluster is an error that tells the id', async () => {
    await using cloud = await startSimulator()
    const { clusterId } = cloud.world.addBackup({ clusterId: cloud.clusterId }).source
    for (const name of ['production', 'Production']) {
      await expectError(
        cloud,
        { operation, ...inputs, 'cluster-id': name },
        new RegExp(
          `^No cluster "${name}"\\. ${stake}That is the name of a cluster, and cluster-id takes its id: ${clusterId}\\. \\("Cluster not found\\. .*, code 96018, request id \\S+\\)$`,
        ),
      )
    }
  })

  test('with a wrong id is an error', async () => {
    await using cloud = await startSimulator()
    cloud.world.addBackup({ clusterId: cloud.clusterId })
    await expectError(
      cloud,
      { operation, ...inputs, 'cluster-id': 'in01-000000000000000' },
      new RegExp(
        `^No cluster "in01-0{15}"\\. ${stake}Check the id, and that the key .* in its scope\\. \\("Cluster not found\\. .*, code 96018, request id \\S+\\)$`,
      ),
    )
  })

  test.each(['exact', 'ignore-case'] as const)(
    'with an id in another case, compared as %s, is an error with the right one',
    async idMatch => {
      await using cloud = await startSimulator({ variants: { idMatch } })
      cloud.world.addBackup({ clusterId: cloud.clusterId })
      await expectError(
        cloud,
        { operation, ...inputs, 'cluster-id': cloud.clusterId.toUpperCase() },
        `cluster-id: there is no "${cloud.clusterId.toUpperCase()}", but "${cloud.clusterId}"`,
      )
    },
  )

  test('refused by a page of something in between says so, and nothing of the key', async () => {
    await using cloud = await startSimulator()
    cloud.world.addBackup({ clusterId: cloud.clusterId })
    for (const status of [403, 404]) {
      cloud.faults.inject({ operation: 'listBackups', fault: { kind: 'html', status } })
      const given = { operation, ...inputs, 'cluster-id': cloud.clusterId }
      await expectError(
        cloud,
        given,
        new RegExp(
          `^Could not list the backups of cluster ${cloud.clusterId}: something other than Zilliz Cloud responded at ${cloud.baseUrl}\\. ${stake}Check base-url, and what may stand in between, such as a proxy or a firewall\\. \\(no message, HTTP ${status}, request id \\S+\\)$`,
        ),
      )
    }
  })
})
