import { createBackup, deleteBackup, describeBackup, exportBackup, listBackups } from './backups.ts'
import type { Handler } from './call.ts'
import {
  createDedicatedCluster,
  describeCluster,
  dropCluster,
  listClusters,
  modifyCluster,
  resumeCluster,
  suspendCluster,
  updateDedicatedCluster,
} from './clusters.ts'
import { describeJob, describeProject, listCloudRegions, listProjects } from './lookups.ts'
import { getBackupPolicy, setBackupPolicy } from './policies.ts'
import { restoreCluster } from './restore-cluster.ts'
import { restoreCollection } from './restore-collection.ts'

/** The implemented operations of the OpenAPI document by id. */
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
  createDedicatedCluster,
  describeCluster,
  updateDedicatedCluster,
  dropCluster,
  suspendCluster,
  resumeCluster,
  modifyCluster,
  listProjects,
  describeProject,
  listCloudRegions,
} as const satisfies Record<string, Handler>

export type OperationId = keyof typeof operations
