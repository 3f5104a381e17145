/** Of the scenarios that look into a cluster: how each ends without a fault, and which request each of its targets is. */
const look = {
  databases: 'listDatabases 1',
  'description of a collection': 'describeCollection 1',
  count: 'countEntities 1',
  'number from metadata': 'getCollectionStats 1',
}

function after(targets: Readonly<Record<string, string>>, change: string) {
  const each = Object.entries(targets).map(([name, place]) => [name, `${place}, after ${change}`])
  return Object.fromEntries(each)
}

export const expectedInside = {
  'verify with a backup': {
    end: 'succeeded',
    'search by name': 'listClusters 1',
    backups: 'listBackups 1',
    backup: 'describeBackup 1',
    cluster: 'describeCluster 1',
    ...look,
  },
  'verify with a baseline': { end: 'succeeded', ...look },
  'verify of what is not all there': {
    end: 'failed',
    databases: look.databases,
    'description of a collection': look['description of a collection'],
    count: look.count,
    'list of another spelling': 'listCollections 1',
  },
  'restore-cluster that verifies': { end: 'succeeded', ...after(look, 'restoreCluster') },
  'restore-cluster that verifies less than there was': {
    end: 'failed, success',
    'description of a collection': 'describeCollection 1, after restoreCluster',
    count: 'countEntities 1, after restoreCluster',
  },
  'restore-collections that verifies': {
    end: 'succeeded',
    'state of the target': 'describeCluster 2, after restoreCollection',
    databases: 'listDatabases 1, after restoreCollection',
    'description of a collection': 'describeCollection 1, after restoreCollection',
    count: 'countEntities 1, after restoreCollection',
  },
  'switch-alias': {
    end: 'succeeded',
    'target by name': 'listClusters 1',
    'description of the target': 'describeCluster 1',
    'state of the target': 'describeCluster 2',
    databases: 'listDatabases 1',
    'description of the collection': 'describeCollection 1',
    count: 'countEntities 1',
    'where it points before': 'describeAlias 1, right before alterAlias',
    POST: 'alterAlias 1',
    'where it points after': 'describeAlias 2, after alterAlias',
  },
  'switch-alias sent once more': {
    end: 'succeeded',
    'where it points after': 'describeAlias 2, after alterAlias',
    'second description': 'describeCollection 2, after alterAlias',
    'second count': 'countEntities 2, after alterAlias',
    'second POST': 'alterAlias 2, after alterAlias',
  },
  'switch-alias after a lost response': {
    end: 'succeeded',
    'where it points after': 'describeAlias 2, after alterAlias',
  },
  'switch-alias to what is gone meanwhile': {
    end: 'failed',
    'second description': 'describeCollection 2, after alterAlias',
  },
  'switch-alias while somebody else switches it': {
    end: 'failed',
    'where it points after': 'describeAlias 2, after alterAlias',
  },
  'switch-alias to what has too little': { end: 'failed', count: 'countEntities 1' },
  'switch-alias that would switch': {
    end: 'planned',
    'description of the collection': 'describeCollection 1',
    count: 'countEntities 1',
    'where it points before': 'describeAlias 1',
  },
} as const
