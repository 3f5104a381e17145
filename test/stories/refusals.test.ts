import { describe, expect, test } from 'vitest'
import { type Fault, startSimulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { atFirst } from './arrange.ts'
import { createBackup } from './steps.ts'
import { applied, errorOf, runStory, type StoryResult, sent } from './story.ts'

/** A refusal fails the step with one sentence, and is not repeated. */
function expectRefusal(story: StoryResult, operationId: string): string {
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(story.step.outputs).not.toHaveProperty('created')
  expect(sent(story, operationId)).toHaveLength(1)
  expect(applied(story, 'createBackup')).toEqual([])
  const error = errorOf(story)
  expect(story.step.receipt).toMatchObject({ status: 'failed', error })
  return error
}

describe.each(nodes)('on Node %s', node => {
  test('a wrong key', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const key = 'a-key-of-another-site'
    const story = await runStory(
      cloud,
      { operation: 'create-backup', 'cluster-id': cloud.clusterId, 'api-key': key },
      { node, passwords: [key] },
    )
    const requestId = sent(story, 'listBackups')[0]?.requestId
    expect(expectRefusal(story, 'listBackups')).toBe(
      `API key refused: could not list the backups of cluster ${cloud.clusterId}. Nothing was started. Check the secret behind api-key, and base-url: keys of the global and the China site differ. ("The apikey is illegal", HTTP 401, code 21119, request id ${requestId})`,
    )
    await expect(story.text).toMatchFileSnapshot('transcripts/refusals-wrong-key.txt')
  })

  test('a cluster that is not there', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const clusterId = 'in01-000000000000000'
    const story = await createBackup(cloud, { 'cluster-id': clusterId }, { node })
    const requestId = sent(story, 'describeCluster')[0]?.requestId
    expect(expectRefusal(story, 'describeCluster')).toBe(
      `No cluster "${clusterId}". Nothing was started. Check the id, and that the key belongs to the organization and has the cluster in its scope. ("Cluster not found. clusterId: ${clusterId}", HTTP 200, code 96018, request id ${requestId})`,
    )
    await expect(story.text).toMatchFileSnapshot('transcripts/refusals-no-cluster.txt')
  })

  test('a backup that the service does not want', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const story = await createBackup(cloud, { collections: 'sales.nothing' }, { node })
    const requestId = sent(story, 'createBackup')[0]?.requestId
    expect(expectRefusal(story, 'createBackup')).toBe(
      `Could not start a backup of cluster ${cloud.clusterId}: the service refused. Nothing was started. Cluster ${cloud.clusterId} is RUNNING. The message gives the reason. A cluster must be running, and no other backup or restore may be in its way. ("Failed to create backup. Collection not found: sales.nothing", HTTP 200, code 96038, request id ${requestId})`,
    )
    await expect(story.text).toMatchFileSnapshot('transcripts/refusals-backup.txt')
  })
})

describe('the state of the cluster is named', () => {
  test.each([
    ['SUSPENDED', 'SUSPENDED', 40003],
    ['SUSPENDED', 'STOPPED', 40003],
    ['ABNORMAL', 'ABNORMAL', 40003],
  ])('%s, in the word %s', async (status, word, code) => {
    const suspendedStatus = word === 'STOPPED' ? 'STOPPED' : 'SUSPENDED'
    await using cloud = await startSimulator({ speed: 30, variants: { suspendedStatus } })
    const { clusterId } = cloud.world.addCluster({ status })
    const error = expectRefusal(await createBackup(cloud, { 'cluster-id': clusterId }), 'createBackup')
    expect(error).toContain(
      `: the service refused. Nothing was started. Cluster ${clusterId} is ${word}. The state or the name of the cluster or backup does not allow this`,
    )
    expect(error).toMatch(new RegExp(` \\(".*", HTTP \\d+, code ${code}, request id \\S+\\)$`))
  })

  test('or that it is not known, beside the refusal', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.world.addBackup({ clusterId: cloud.clusterId })
    cloud.faults.inject({
      operation: 'describeCluster',
      fault: { kind: 'envelope', status: 200, code: 96027, message: 'Not for you' },
    })
    const error = expectRefusal(await createBackup(cloud, { collections: 'nothing' }), 'createBackup')
    expect(error).toContain(
      `The state of cluster ${cloud.clusterId} is not known: This API key may not read cluster ${cloud.clusterId}.`,
    )
    expect(error).toMatch(
      / \("Failed to create backup\. Collection not found: default\.nothing", .*; "Not for you", HTTP 200, code 96027, request id \S+\)$/,
    )
  })
})

describe('a refused POST', () => {
  const refused: [string, Fault, RegExp][] = [
    [
      'a permission',
      { kind: 'envelope', status: 200, code: 96016 },
      /^This API key may not start a backup .*project admin.* \(.*code 96016, /,
    ],
    [
      'a parameter',
      { kind: 'envelope', status: 400, code: 96029 },
      /Check the inputs.* \(.*HTTP 400, code 96029, /,
    ],
    [
      'no code, 401',
      { kind: 'gateway', status: 401 },
      /^Could not .*: something other than Zilliz Cloud responded at http:.*in between.*behind api-key too\. \(.*HTTP 401, request id \S+\)$/,
    ],
    [
      'no code, 403',
      { kind: 'html', status: 403 },
      /^Could not .*: something other than Zilliz Cloud responded at http:.*firewall\. \(no message, HTTP 403, .*\)$/,
    ],
    [
      'no code, 404',
      { kind: 'gateway', status: 404, message: 'no Route' },
      /^Could not .*: something other than Zilliz Cloud responded at http:.*firewall\. \("no Route", HTTP 404, .*\)$/,
    ],
    ['no body, 400', { kind: 'empty', status: 400 }, / \(no message, HTTP 400, /],
    [
      'a redirect',
      { kind: 'redirect', status: 307 },
      /Redirects are not followed: check base-url\. \(.*HTTP 307, /,
    ],
  ]
  test.each(refused)('for %s is not retried', async (_, fault, words) => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.faults.inject({ operation: 'createBackup', fault })
    const error = expectRefusal(await createBackup(cloud), 'createBackup')
    expect(error).toMatch(words)
    expect(error).toContain(' Nothing was started. ')
    expect(cloud.elsewhere).toEqual([])
  })

  test.each<[Fault, applied: boolean]>([
    [{ kind: 'envelope', status: 500, code: 80008 }, false],
    [{ kind: 'envelope', status: 504, code: 96016 }, false],
    [{ kind: 'envelope', status: 200, code: 'Busy' }, false],
  ])('%o is no refusal, so the backup may have started', async fault => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.faults.inject({ operation: 'createBackup', fault })
    const story = await createBackup(cloud)
    expect(expectRefusal(story, 'createBackup')).toMatch(
      /The list of backups has no new one\. .*may have started anyway/,
    )
    expect(errorOf(story)).not.toMatch(/the service refused|Nothing was started/i)
  })

  test.each([
    ['the key', { kind: 'envelope', status: 401, code: 21119 }],
    ['a permission', { kind: 'envelope', status: 200, code: 96028 }],
    ['a parameter', { kind: 'envelope', status: 200, code: 96001 }],
    ['a missing cluster', { kind: 'envelope', status: 200, code: 96018 }],
    ['an unknown path', { kind: 'gateway', status: 404 }],
  ] as [string, Fault][])('for %s is not "busy", though a backup is running', async (_, fault) => {
    await using cloud = await startSimulator({ speed: 30 })
    atFirst(cloud, 'createBackup', () => {
      cloud.world.startAutomaticBackup(cloud.clusterId, { durationSeconds: Number.POSITIVE_INFINITY })
    })
    cloud.faults.inject({ operation: 'createBackup', fault })
    expect(expectRefusal(await createBackup(cloud), 'createBackup')).not.toContain('CREATING')
  })

  test('of a serverless cluster says what can be backed up', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { clusterId } = cloud.world.cluster('playground')
    const error = expectRefusal(await createBackup(cloud, { 'cluster-id': clusterId }), 'createBackup')
    expect(error).toContain('code 96022')
    expect(error).toContain('Backups are for Dedicated clusters only: ')
  })

  test.each([
    ['x-kong-request-id', /request id [0-9a-f-]{36}\)/],
    ['none', /no request id\)/],
  ] as const)('with its request id in %s', async (requestIdHeader, words) => {
    await using cloud = await startSimulator({ speed: 30, variants: { requestIdHeader } })
    const error = expectRefusal(await createBackup(cloud, { collections: 'nothing' }), 'createBackup')
    expect(error).toMatch(words)
  })
})

describe('a refused read', () => {
  test.each([
    ['an envelope with HTTP 200', { kind: 'envelope', status: 200, code: 96016 }],
    ['an envelope with HTTP 400', { kind: 'envelope', status: 400, code: 96008 }],
    ['a code that no source knows', { kind: 'envelope', status: 200, code: 12345 }],
    ['a code as text', { kind: 'envelope', status: 200, code: '96016' }],
    ['a redirect', { kind: 'redirect', status: 302 }],
    ['a page of a firewall', { kind: 'html', status: 403 }],
  ] as [string, Fault][])('by %s ends the step at once', async (_, fault) => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.faults.inject({ operation: 'listBackups', fault })
    expect(expectRefusal(await createBackup(cloud), 'listBackups')).toMatch(
      /^(Could|This API key may) not list the backups .* Nothing was started\. .*\)$/,
    )
    expect(cloud.elsewhere).toEqual([])
  })
})
