import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { backupState, clusterState, jobState } from '../../src/zilliz/states.ts'

test.each([
  ['pending', ['PENDING', 'IN_PROGRESS', 'CANCELING', 'CANCELLING']],
  ['successful', ['SUCCESSFUL']],
  ['succeeded', ['SUCCEEDED']],
  ['failed', ['FAILED', 'ERROR', 'CANCELED', 'CANCELLED', 'TIMEOUT']],
  ['unknown', ['PAUSED', 'successful', 'constructor', 'toString', '']],
])('a job is %s in the states %j', (state, statuses) => {
  for (const status of statuses) expect([status, jobState(status)]).toEqual([status, state])
})

test.each([
  ['creating', ['CREATING']],
  ['available', ['AVAILABLE']],
  ['failed', ['FAILED', 'ERROR', 'CANCELED', 'CANCELLED']],
  ['deleted', ['DELETING', 'DELETED']],
  ['unknown', ['ARCHIVED', 'available', 'constructor', '__proto__', '']],
])('a backup is %s in the states %j', (state, statuses) => {
  for (const status of statuses) expect([status, backupState(status)]).toEqual([status, state])
})

const busy = [
  'CREATING',
  'RESTORE_BACKUP',
  'MODIFYING',
  'RESIZING',
  'UPGRADING',
  'MIGRATING',
  'RESUMING',
  'WRITING_OPERATION',
  'SET_PRIVATE_LINK',
]

test.each([
  ['running', ['RUNNING']],
  ['busy', busy],
  ['stopped', ['SUSPENDING', 'SUSPENDED', 'STOPPING', 'STOPPED', 'FREEZING', 'FROZEN']],
  ['deleted', ['DELETING', 'DELETED']],
  ['unknown', ['ABNORMAL', 'UNFREEZED', 'INITIALIZING', 'running', 'hasOwnProperty', '']],
])('a cluster is %s in the states %j', (state, statuses) => {
  for (const status of statuses) expect([status, clusterState(status)]).toEqual([status, state])
})

test('the states that the OpenAPI file lists are known, but for two of a cluster', () => {
  const root = join(import.meta.dirname, '..', '..')
  const document = parse(readFileSync(join(root, 'api', 'zilliz-cloud.openapi.yaml'), 'utf8'))
  const { BackupSummary, ClusterStatus, DescribeBackupResponse, DescribeJobResponse } =
    document.components.schemas
  const listed = (schema: { 'x-documented-enum': string[] }) => schema['x-documented-enum']
  const jobs = listed(DescribeJobResponse.properties.data.properties.status)
  const backups = [
    ...listed(BackupSummary.properties.status),
    ...listed(DescribeBackupResponse.properties.data.allOf[1].properties.status),
  ]
  const clusters = listed(ClusterStatus)
  expect(jobs.length * backups.length * clusters.length).toBeGreaterThan(0)
  expect(jobs.filter(status => jobState(status) === 'unknown')).toEqual([])
  expect(backups.filter(status => backupState(status) === 'unknown')).toEqual([])
  expect(clusters.filter(status => clusterState(status) === 'unknown')).toEqual(['ABNORMAL', 'UNFREEZED'])
})
