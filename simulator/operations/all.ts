import { createBackup, deleteBackup, describeBackup, exportBackup } from './backups.ts'
import type { Handler } from './call.ts'
import { describeCluster, dropCluster, modifyCluster, resumeCluster, suspendCluster } from './clusters.ts'
import { listBackups, listClusters } from './lists.ts'
import { describeJob, describeProject, listCloudRegions, listProjects } from './lookups.ts'
import { getBackupPolicy, setBackupPolicy } from './policies.ts'
import { restoreCluster } from './restore-cluster.ts'
import { restoreCollection } from './restore-collection.ts'

/** The implemented operations of the OpenAPI document by id; operations that create or rename clusters are left out. */
export const operations = {
  listBackups,
  createBackup,
  describeBackup,
  deleteBackup,
  restoreCluster,
  restoreCollection,
  exportBackup,
  getBackupPolicy,
  setBackupPolicy,
  describeJob,
  listClusters,
  describeCluster,
  dropCluster,
  suspendCluster,
  resumeCluster,
  modifyCluster,
  listProjects,
  describeProject,
  listCloudRegions,
} as const satisfies Record<string, Handler>

export type OperationId = keyof typeof operations

export function isImplemented(operationId: string): operationId is OperationId {
  return Object.hasOwn(operations, operationId)
}
