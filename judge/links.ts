/** Which operation follows which: the documents have no links, and without links nothing is tried in sequence. */
import type { Document } from 'openapi-backend'

interface Link {
  operationId: string
  parameters?: Readonly<Record<string, string>>
  requestBody?: Readonly<Record<string, unknown>>
}

type Following = Readonly<Record<string, readonly Link[]>>

const inBody = (path: string) => `$response.body#/data/${path}`
const sameCluster = { clusterId: '$request.path.clusterId' }
const sameBackup = { ...sameCluster, backupId: '$request.path.backupId' }
const newBackup = { ...sameCluster, backupId: inBody('backupId') }
const listedBackup = { clusterId: inBody('backups/0/clusterId'), backupId: inBody('backups/0/backupId') }
const newCluster = { clusterId: inBody('clusterId') }
const job: Link = { operationId: 'describeJob', parameters: { jobId: inBody('jobId') } }
const restored = { clusterName: 'judged', cuSize: 1, collectionStatus: 'KEEP' }
const named = { collectionName: inBody('0') }

const following: Following = {
  listClusters: [
    { operationId: 'describeCluster', parameters: { clusterId: inBody('clusters/0/clusterId') } },
  ],
  describeCluster: ['createBackup', 'getBackupPolicy', 'setBackupPolicy', 'modifyCluster'].map(
    operationId => ({
      operationId,
      parameters: sameCluster,
    }),
  ),
  suspendCluster: [{ operationId: 'resumeCluster', parameters: sameCluster }],
  dropCluster: [{ operationId: 'describeCluster', parameters: sameCluster }],
  setBackupPolicy: [{ operationId: 'getBackupPolicy', parameters: sameCluster }],
  listBackups: [{ operationId: 'describeBackup', parameters: listedBackup }],
  createBackup: [
    job,
    { operationId: 'describeBackup', parameters: newBackup },
    { operationId: 'deleteBackup', parameters: newBackup },
  ],
  describeBackup: [
    { operationId: 'exportBackup', parameters: sameBackup },
    { operationId: 'deleteBackup', parameters: sameBackup },
    {
      operationId: 'restoreCluster',
      parameters: sameBackup,
      requestBody: { ...restored, projectId: inBody('projectId') },
    },
    {
      operationId: 'restoreCollection',
      parameters: sameBackup,
      requestBody: { destClusterId: '$request.path.clusterId' },
    },
  ],
  deleteBackup: [{ operationId: 'describeBackup', parameters: sameBackup }],
  restoreCluster: [
    job,
    { operationId: 'describeCluster', parameters: newCluster },
    { operationId: 'dropCluster', parameters: newCluster },
  ],
  restoreCollection: [job],
  exportBackup: [job],
  listCollections: ['getLoadState', 'getCollectionStats', 'describeCollection'].map(operationId => ({
    operationId,
    requestBody: named,
  })),
  listAliases: [{ operationId: 'describeAlias', requestBody: { aliasName: inBody('0') } }],
}

/** Operations that need no id lead to a cluster that exists. */
export const links = (clusterId: string): Following => ({
  ...following,
  listProjects: [
    { operationId: 'describeProject', parameters: { projectId: inBody('0/projectId') } },
    { operationId: 'describeCluster', parameters: { clusterId } },
    { operationId: 'listBackups', parameters: { clusterId } },
    { operationId: 'createBackup', parameters: { clusterId }, requestBody: { backupType: 'CLUSTER' } },
  ],
})

/** The document with links at the answers that have what the next request needs. */
export function withLinks(document: Document, clusterId: string): Document {
  const all = links(clusterId)
  const linked = structuredClone(document)
  for (const path of Object.values(linked.paths ?? {})) {
    for (const operation of Object.values(path as Record<string, Operation>)) {
      const next = all[operation.operationId ?? '']
      const answer = operation.responses?.['200']
      if (next === undefined || answer === undefined) continue
      answer.links = Object.fromEntries(next.map(link => [link.operationId, link]))
    }
  }
  return linked
}

interface Operation {
  operationId?: string
  responses?: Record<string, { links?: Record<string, Link> }>
}
