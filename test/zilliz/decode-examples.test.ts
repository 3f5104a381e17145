import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { decodeBackup, decodeCluster, decodeJob, decodeList } from '../../src/zilliz/decode.ts'

const root = join(import.meta.dirname, '..', '..')
const document = parse(readFileSync(join(root, 'api', 'zilliz-cloud.openapi.yaml'), 'utf8'))

type Example = { value?: { code: number; data: Record<string, unknown> }; $ref?: string }

/** The examples of success of one operation. */
function examples(operationId: string): { name: string; data: Record<string, unknown> }[] {
  const operations = Object.values(document.paths).flatMap(path => Object.values(path as object))
  const operation = operations.find(each => each.operationId === operationId)
  const all: Record<string, Example> = operation.responses['200'].content['application/json'].examples
  return Object.entries(all).flatMap(([name, { value }]) =>
    value?.code === 0 ? [{ name, data: value.data }] : [],
  )
}

describe('the examples of the OpenAPI file are decoded', () => {
  test.each(examples('describeJob'))('describeJob: $name', ({ data }) => {
    expect(decodeJob(data)).toEqual({
      jobId: 'job-xxxxxxxxxxxxxxxxxxxxxx',
      status: 'SUCCESSFUL',
      progress: 100,
      reason: undefined,
    })
  })

  test.each(examples('listBackups'))('listBackups: $name', ({ data }) => {
    const { items, pageSize } = decodeList(data, 'backups', decodeBackup)
    expect(pageSize).toBe(10)
    expect(items).toMatchObject([
      {
        backupId: 'backup0_xxxxxxxxxxxxxxx',
        backupName: 'Dedicated-01_backup1',
        backupType: 'CLUSTER',
        creationMethod: 'MANUAL',
        status: 'AVAILABLE',
        clusterId: 'in01-xxxxxxxxxxxxxxx',
        projectId: 'proj-xxxxxxxxxxxxxxxxxxxxxx',
        createTime: Date.UTC(2024, 6, 30, 16, 49, 50),
        contents: { kind: 'unlisted' },
      },
    ])
  })

  test.each(examples('describeBackup'))('describeBackup: $name', ({ data }) => {
    const backup = decodeBackup(data)
    expect(backup).toMatchObject({
      backupId: data.backupId,
      clusterId: data.clusterId,
      status: data.status,
      backupType: data.backupType,
      createTime: Date.parse(String(data.createTime)),
    })
    expect(backup.raw).toBe(data)
    expect(backup.contents.kind).toBe(data.dbCollections === undefined ? 'unlisted' : 'by-database')
  })

  test.each(examples('listClusters'))('listClusters: $name', ({ data }) => {
    expect(decodeList(data, 'clusters', decodeCluster)).toMatchObject({
      pageSize: 10,
      items: [
        {
          clusterId: 'in01-xxxxxxxxxxxxxxx',
          clusterName: 'dedicated-3',
          projectId: 'proj-xxxxxxxxxxxxxxxxxxxxxx',
          status: 'RUNNING',
          cuSize: 1,
          connectAddress: 'https://in01-xxxxxxxxxxxxxxx.aws-us-west-2.vectordb.zillizcloud.com:19530',
          createTime: Date.UTC(2024, 5, 30, 16, 49, 50),
        },
      ],
    })
  })

  test.each(examples('describeCluster'))('describeCluster: $name', ({ data }) => {
    expect(decodeCluster(data)).toMatchObject({ clusterId: data.clusterId, status: data.status })
  })

  test('there is at least one of each', () => {
    const read = ['describeJob', 'listBackups', 'describeBackup', 'listClusters', 'describeCluster']
    expect(read.filter(operation => examples(operation).length === 0)).toEqual([])
  })
})
