import { describe, expect, test } from 'vitest'
import { type Fault, startSimulator } from '../../simulator/index.ts'
import { always, refusing, withFields } from './arrange.ts'
import { addBackup, expectNothingDeleted } from './deletions.ts'
import { deleteBackup } from './steps.ts'
import { errorOf, sent } from './story.ts'

/** How the error of a refused read begins. Without an envelope it did not come from the service. */
function refused({ kind, ...more }: Fault, tried: string): string {
  if (kind !== 'envelope') return `Could not ${tried}: something other than Zilliz Cloud responded at http`
  const code = 'code' in more ? more.code : undefined
  if (code === 21119) return `API key refused: could not ${tried}. Nothing was started. Check the secret`
  if (code === 96016 || code === 96027) {
    return `This API key may not ${tried}. Nothing was started. It needs read access`
  }
  return `Could not ${tried}: the service refused. Nothing was started. `
}

describe('what could not be read is never "deleted"', () => {
  test.each<[string, Fault]>([
    ['the key, by its code', refusing(21119, 401)],
    ['the key, by a code alone', refusing(21119)],
    ['the key, by HTTP 401 alone', { kind: 'gateway', status: 401 }],
    ['a permission, 96016', refusing(96016)],
    ['a permission, 96027', refusing(96027, 400)],
    ['a page of a firewall', { kind: 'html', status: 403 }],
    ['an unknown path', { kind: 'gateway', status: 404 }],
    ['a redirect', { kind: 'redirect', status: 302 }],
  ])('the list of all, refused by %s', async (_, fault) => {
    await using cloud = await startSimulator({ speed: 20 })
    const backupId = addBackup(cloud)
    cloud.faults.inject({ operation: 'describeBackup', fault: refusing(12345) })
    cloud.faults.inject({ operation: 'listBackups', fault })
    const error = expectNothingDeleted(cloud, await deleteBackup(cloud, { 'backup-id': backupId }), backupId)
    expect(error).toContain(refused(fault, 'list the backups'))
    expect(error).toContain(' Nothing was started. ')
  })

  test.each<[string, Fault]>([
    ['the key', refusing(21119, 401)],
    ['the key, by HTTP 401 alone', { kind: 'gateway', status: 401 }],
    ['a permission', refusing(96016)],
    ['something in between, by HTTP 403', { kind: 'gateway', status: 403 }],
    ['a parameter', refusing(96036)],
    ['a state', refusing(40003)],
    ['an unknown path', { kind: 'gateway', status: 404 }],
  ])('its description, refused for %s', async (_, fault) => {
    await using cloud = await startSimulator({ speed: 20 })
    const backupId = addBackup(cloud)
    cloud.faults.inject({ operation: 'describeBackup', fault })
    const story = await deleteBackup(cloud, { 'backup-id': backupId })
    const error = expectNothingDeleted(cloud, story, backupId)
    expect(error).toContain(refused(fault, `read backup ${backupId} of cluster ${cloud.clusterId}`))
    expect(error).toContain(' Nothing was started. ')
    expect(story.requests).toHaveLength(1)
  })

  test('its description, refused with an unknown code, while the list has it', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const backupId = addBackup(cloud)
    cloud.faults.inject({ operation: 'describeBackup', fault: refusing(12345, 404) })
    const error = expectNothingDeleted(cloud, await deleteBackup(cloud, { 'backup-id': backupId }), backupId)
    expect(error).toContain(`code 12345`)
    expect(error).toContain(`The list of all backups has it: ${backupId} (AVAILABLE).`)
  })

  test('the list of all, lost on its second page', async () => {
    await using cloud = await startSimulator({ speed: 100 })
    for (let number = 0; number < 120; number++) addBackup(cloud)
    cloud.faults.inject({ operation: 'listBackups', skip: 1, ...always, fault: { kind: 'reset' } })
    const story = await deleteBackup(cloud, { 'backup-id': 'backup7_notthereatall00' })
    expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
    expect(errorOf(story)).toMatch(
      /^Could not list the backups: the connection broke\. Nothing was started\. .* \(.*, tried \d+ times/,
    )
    expect(sent(story, 'deleteBackup')).toEqual([])
  })

  test('the list of all, its second page refused', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    for (let number = 0; number < 120; number++) addBackup(cloud)
    cloud.faults.inject({ operation: 'listBackups', skip: 1, fault: refusing(96016) })
    const story = await deleteBackup(cloud, { 'backup-id': 'backup7_notthereatall00' })
    expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
  })
})

describe('a backup of another cluster is an error that names that cluster', () => {
  test('when only the list has it', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const { clusterId } = cloud.world.cluster('staging')
    const backupId = addBackup(cloud, { clusterId })
    const story = await deleteBackup(cloud, { 'backup-id': backupId })
    expect(expectNothingDeleted(cloud, story, backupId)).toBe(
      `Backup ${backupId} (AVAILABLE) belongs to cluster ${clusterId}, not to cluster ${cloud.clusterId}, so nothing is done with it. Check cluster-id and backup-id. Nothing was started.`,
    )
    expect(sent(story, 'deleteBackup')).toEqual([])
    expect(story.step.outputs.backupId).toBeUndefined()
  })

  test('when its description says so', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const { clusterId } = cloud.world.cluster('staging')
    const backupId = addBackup(cloud)
    cloud.faults.inject({ operation: 'describeBackup', fault: withFields({ clusterId }) })
    const story = await deleteBackup(cloud, { 'backup-id': backupId })
    expect(expectNothingDeleted(cloud, story, backupId)).toContain(`belongs to cluster ${clusterId}, not to`)
    expect(sent(story, 'deleteBackup')).toEqual([])
  })
})
