import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { chooseBackup } from '../../src/backups/find.ts'
import { findAnywhere } from '../../src/backups/not-found.ts'
import { ofCluster } from '../../src/backups/of-cluster.ts'
import { refuseByPlan } from '../../src/backups/plans.ts'
import { describeSource, listBackupsOf } from '../../src/backups/source.ts'
import { OperationFailed } from '../../src/errors.ts'
import { decodeBackup } from '../../src/zilliz/decode.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import { stepIn } from '../harness/step.ts'

const sent = (cloud: Simulator) => cloud.requests.map(({ operationId }) => operationId)

const differsByCase = (input: string, given: string, right: string) =>
  new OperationFailed(
    `${input}: there is no "${given}", but "${right}", which differs by case alone. Write it so.`,
  )

describe('the source cluster', () => {
  test('is described by its id, and no list is read', async () => {
    await using cloud = await startSimulator()
    expect(await describeSource(stepIn(cloud).step, cloud.clusterId)).toMatchObject({
      clusterName: 'production',
    })
    expect(sent(cloud)).toEqual(['describeCluster'])
  })

  test.each(['production', 'Production'])(
    'given as the name %s is an error that tells the id',
    async name => {
      await using cloud = await startSimulator()
      await expect(describeSource(stepIn(cloud).step, name)).rejects.toThrow(
        new RegExp(
          `^No cluster "${name}"\\. That is the name of a cluster, and cluster-id takes its id: ${cloud.clusterId}\\. \\(.*code 96018, .*\\)$`,
        ),
      )
      expect(sent(cloud)).toEqual(['describeCluster', 'listClusters'])
    },
  )

  test.each(['exact', 'ignore-case'] as const)(
    'in another case is an error, matched: %s ("Case")',
    async idMatch => {
      await using cloud = await startSimulator({ variants: { idMatch } })
      const given = cloud.clusterId.toUpperCase()
      await expect(describeSource(stepIn(cloud).step, given)).rejects.toThrow(
        differsByCase('cluster-id', given, cloud.clusterId),
      )
    },
  )

  test.each([
    ['in01-nowhere', ''],
    ['nowhere', 'That looks like a name: an id looks like in01-92409d3fb64afeb. '],
  ])('that is not there is the refusal of the service: %s', async (clusterId, hint) => {
    await using cloud = await startSimulator()
    const error = await describeSource(stepIn(cloud).step, clusterId).catch(thrown => thrown)
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.cause).toBeInstanceOf(ApiError)
    expect(error.parts).toEqual({
      what: `No cluster "${clusterId}".`,
      next: `${hint}Check the id, and that the key belongs to the organization and has the cluster in its scope.`,
      answer: expect.stringMatching(/^"Cluster not found.*", HTTP \d+, code 96018, request id /),
      help: 'no-such-cluster',
    })
  })

  test('before "no backup" is believed it is described ("Nothing listed for a cluster")', async () => {
    await using cloud = await startSimulator()
    const { step } = stepIn(cloud)
    expect(await listBackupsOf(step, cloud.clusterId)).toEqual([])
    expect(sent(cloud)).toEqual(['listBackups', 'describeCluster'])
    await expect(listBackupsOf(step, 'in01-nowhere')).rejects.toThrow('No cluster "in01-nowhere".')
    await expect(listBackupsOf(step, 'production')).rejects.toThrow('is the name of a cluster')
    cloud.world.addBackup({ clusterId: cloud.clusterId })
    const before = cloud.requests.length
    expect(await listBackupsOf(step, cloud.clusterId)).toHaveLength(1)
    expect(cloud.requests).toHaveLength(before + 1)
  })

  test.each([
    ['Serverless', true],
    ['FREE', true],
    ['Enterprise', false],
    [undefined, false],
  ])('of plan %s cannot be backed up, a dry run says: %s', (plan, refused) => {
    const judge = () => refuseByPlan({ clusterId: 'in01-a', status: 'RUNNING', plan }, 'backed up')
    if (!refused) expect(judge).not.toThrow()
    else {
      expect(judge).toThrow(
        `Cluster in01-a is of plan "${plan}" and cannot be backed up: backups are for Dedicated clusters only. Choose a Dedicated cluster, or change the plan of this one in the console.`,
      )
    }
  })
})

describe('a backup', () => {
  const backup = (more: object = {}) =>
    decodeBackup({ backupId: 'backup0_a', clusterId: 'in01-a', status: 'AVAILABLE', ...more })
  const ref = { clusterId: 'in01-a', backupId: 'backup0_a' }

  test('of the cluster is taken, as is one that does not name its cluster', () => {
    expect(ofCluster(ref, backup())).toEqual(backup())
    expect(ofCluster(ref, backup({ clusterId: undefined })).backupId).toBe('backup0_a')
  })

  test('whose description names another cluster is an error ("Look again")', () => {
    expect(() => ofCluster(ref, backup({ clusterId: 'in01-b' }))).toThrow(
      /^Backup backup0_a \(.*AVAILABLE\) belongs to cluster in01-b, not to cluster in01-a, so nothing is done with it\./,
    )
  })

  test('or an id in another case is one that shows the right spelling', () => {
    expect(() => ofCluster(ref, backup({ clusterId: 'IN01-a' }))).toThrow(
      differsByCase('cluster-id', 'in01-a', 'IN01-a'),
    )
    expect(() => ofCluster(ref, backup({ backupId: 'Backup0_A' }))).toThrow(
      differsByCase('backup-id', 'backup0_a', 'Backup0_A'),
    )
  })

  test.each(['restored', 'exported'] as const)(
    'found by its id alone under another cluster is not %s',
    async use => {
      await using cloud = await startSimulator({ variants: { backupLookup: 'any-cluster' } })
      const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
      const { clusterId } = cloud.world.cluster('staging')
      const request = { clusterId, backup: { kind: 'id', backupId } } as const
      await expect(chooseBackup(stepIn(cloud).step, request, { use })).rejects.toThrow(
        `belongs to cluster ${cloud.clusterId}, not to cluster ${clusterId}`,
      )
    },
  )

  test('is looked for in the list of all that the key can see', async () => {
    await using cloud = await startSimulator()
    const { step } = stepIn(cloud)
    const { backupId, backupName } = cloud.world.addBackup({ clusterId: cloud.clusterId })
    const find = (id: string, clusterId = cloud.clusterId) => findAnywhere(step, { clusterId, backupId: id })
    expect(await find(backupId)).toMatchObject({ backupId })
    expect(await find('backup9_nowhere')).toBeUndefined()
    await expect(find(backupId, 'in01-x')).rejects.toThrow(`belongs to cluster ${cloud.clusterId}`)
    await expect(find(backupId.toUpperCase())).rejects.toThrow(
      differsByCase('backup-id', backupId.toUpperCase(), backupId),
    )
    await expect(find(backupName)).rejects.toThrow(
      `backup-id: "${backupName}" is the name of a backup; expected is its id, ${backupId} (`,
    )
  })
})
