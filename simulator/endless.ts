import type { Backup, Cluster } from './records.ts'
import type { State } from './state.ts'

type Query = Readonly<Record<string, string>>

/** Entry `number` of an endless list of backups: it fits the filters of the query, and nothing else knows of it. */
export function phantomBackup(state: State, query: Query, number: number): Backup {
  const source = state.clusters.find(cluster => cluster.clusterId === query.clusterId) ?? someCluster(state)
  return {
    backupId: `backup${number}_endless00000000`,
    backupName: `endless_backup${number}`,
    backupType: query.backupType === 'COLLECTION' ? 'COLLECTION' : 'CLUSTER',
    creationMethod: query.creationMethod === 'AUTO' ? 'AUTO' : 'MANUAL',
    source: { ...source, projectId: query.projectId ?? source.projectId },
    status: 'AVAILABLE',
    size: 0,
    createdAt: source.createdAt,
    expiresAt: undefined,
    databases: [],
    olderVersion: false,
    job: undefined,
    copies: [],
  }
}

/** The same for clusters. */
export function phantomCluster(state: State, query: Query, number: number): Cluster {
  const like = someCluster(state)
  return {
    ...like,
    clusterId: `in01-${number.toString(16).padStart(15, '0')}`,
    clusterName: `endless-${number}`,
    projectId: query.projectId ?? like.projectId,
    regionId: query.region ?? query.regionId ?? like.regionId,
    status: 'RUNNING',
  }
}

function someCluster(state: State): Cluster {
  const [cluster] = state.clusters
  if (cluster === undefined) throw new Error('an endless list needs a cluster')
  return cluster
}
