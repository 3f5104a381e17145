import { expect, test } from 'vitest'
import { scenarios } from './scenarios.ts'
import { expectedInside } from './targets-inside.ts'
import { traceOf } from './trace.ts'

/** The requests of several deletions at a time come in any order. */
const first = (request: string) => expect.stringMatching(new RegExp(`^${request}\\b`))

const sweep = {
  list: 'listClusters 1',
  'description before': 'describeCluster 1, right before dropCluster',
  DELETE: 'dropCluster 1',
  'confirming read': 'describeCluster 2, after dropCluster',
}

/** How each scenario ends without a fault, and which request each of its targets is. */
const expected: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'create-backup': {
    end: 'succeeded',
    'first page of the backups': 'listBackups 1',
    'last page of the backups': 'listBackups 2',
    POST: 'createBackup 1',
    job: 'describeJob 1, after createBackup',
    'confirming read': 'describeBackup 1, after createBackup',
  },
  'create-backup over TLS': { end: 'succeeded', backups: 'listBackups 1', POST: 'createBackup 1' },
  'create-backup that is not needed': {
    end: 'skipped',
    backups: 'listBackups 1',
    'the fresh backup': 'describeBackup 1',
  },
  wait: {
    end: 'succeeded',
    'search by name': 'listClusters 1',
    job: 'describeJob 1',
    backup: 'describeBackup 1',
    cluster: 'describeCluster 1',
  },
  'wait for a cluster that leaves RUNNING': {
    end: 'succeeded',
    job: 'describeJob 1',
    cluster: 'describeCluster 1',
  },
  'restore-cluster': {
    end: 'succeeded',
    backup: 'describeBackup 1',
    'search by name': 'listClusters 1',
    'source cluster': 'describeCluster 1',
    POST: 'restoreCluster 1',
    job: 'describeJob 1, after restoreCluster',
    'new cluster': 'describeCluster 1, after restoreCluster',
  },
  'restore-cluster that replaces': {
    end: 'succeeded',
    backups: 'listBackups 1',
    backup: 'describeBackup 1',
    'search by name': 'listClusters 1',
    'source cluster': 'describeCluster 1',
    POST: 'restoreCluster 1, after dropCluster',
    job: 'describeJob 1, after restoreCluster',
    'new cluster': 'describeCluster 1, after restoreCluster',
    'description of the old cluster': 'describeCluster 1',
    'description before the drop': 'describeCluster 2, right before dropCluster',
    DELETE: 'dropCluster 1',
    'dropped cluster': 'describeCluster 3, after dropCluster',
    'freed name': 'listClusters 2, after dropCluster',
  },
  'restore-cluster until the end of the job': {
    end: 'succeeded, success',
    POST: 'restoreCluster 1',
    'first read after the job': 'describeCluster 1',
    'description before the drop': 'describeCluster 2, right before dropCluster',
    DELETE: 'dropCluster 1',
    'dropped cluster': 'describeCluster 3, after dropCluster',
  },
  'restore-collections': {
    end: 'succeeded',
    'target by name': 'listClusters 1',
    'description of the target': 'describeCluster 1',
    backup: 'describeBackup 1',
    POST: 'restoreCollection 1',
    'second POST': 'restoreCollection 2, after restoreCollection',
    job: 'describeJob 1, after restoreCollection',
  },
  'restore-collections into a cluster that is in change meanwhile': {
    end: 'succeeded',
    'second POST': 'restoreCollection 2, after restoreCollection',
    'state of the target': 'describeCluster 2, after restoreCollection',
    job: 'describeJob 1, after restoreCollection',
  },
  'restore-collections after a safety backup': {
    end: 'succeeded',
    'backups of the target': 'listBackups 1',
    'POST of the safety backup': 'createBackup 1',
    'confirming read': 'describeBackup 1, after createBackup',
    POST: 'restoreCollection 1, after createBackup',
  },
  'delete-cluster by name': {
    end: 'succeeded',
    'search by name': 'listClusters 1',
    description: 'describeCluster 1',
    'description before': 'describeCluster 2, right before dropCluster',
    DELETE: 'dropCluster 1',
    'confirming read': 'describeCluster 3, after dropCluster',
  },
  'delete-cluster by id': {
    end: 'succeeded',
    'first read': 'describeCluster 1',
    description: 'describeCluster 2',
    'description before': 'describeCluster 3, right before dropCluster',
    DELETE: 'dropCluster 1',
    'confirming read': 'describeCluster 4, after dropCluster',
  },
  'delete-cluster of what is not there': {
    end: 'skipped',
    'search by name': 'listClusters 1',
  },
  'list-backups': {
    end: 'succeeded',
    'page 1': 'listBackups 1',
    'page 2': 'listBackups 2',
  },
  'describe-backup latest': {
    end: 'succeeded',
    list: 'listBackups 1',
    description: 'describeBackup 1',
  },
  'delete-backup': {
    end: 'succeeded',
    'first description': 'describeBackup 1',
    'description before': 'describeBackup 2, right before deleteBackup',
    DELETE: 'deleteBackup 1',
    'confirming read': 'describeBackup 3, after deleteBackup',
    'confirming list': 'listBackups 1, after deleteBackup',
  },
  'delete-backup of what is not there': {
    end: 'skipped',
    description: 'describeBackup 1',
    'list of all': 'listBackups 1',
  },
  'prune-backups': {
    end: 'succeeded',
    list: 'listBackups 1',
    'description of a kept one': 'describeBackup 1',
    'description before': first('describeBackup 1'),
    DELETE: first('deleteBackup 1'),
    'description after': first('describeBackup 2'),
    'confirming list': 'listBackups 2, after deleteBackup',
  },
  'prune-backups by days, weeks and months': {
    end: 'succeeded',
    list: 'listBackups 1',
    'description of a kept one': 'describeBackup 1',
    DELETE: 'deleteBackup 1',
  },
  'export-backup': {
    end: 'succeeded',
    backup: 'describeBackup 1',
    POST: 'exportBackup 1',
    job: 'describeJob 1, after exportBackup',
  },
  'restore-cluster that reuses': {
    end: 'succeeded',
    'search by name': 'listClusters 1',
    'description of the old cluster': 'describeCluster 1',
    cluster: 'describeCluster 2',
  },
  'restore-cluster that would replace': {
    end: 'planned',
    'search by name': 'listClusters 1',
    'description of the old cluster': 'describeCluster 1',
    'source cluster': 'describeCluster 1',
  },
  'prune-backups that would delete': {
    end: 'planned',
    list: 'listBackups 1',
    'description of a kept one': 'describeBackup 1',
  },
  'create-backup that joins': {
    end: 'succeeded',
    backups: 'listBackups 1',
    'joined backup': 'describeBackup 1',
  },
  'create-backup of collections': {
    end: 'succeeded',
    POST: 'createBackup 1',
    'confirming read': 'describeBackup 1, after createBackup',
  },
  'create-backup that is not waited for': {
    end: 'started',
    POST: 'createBackup 1',
  },
  'restore-cluster that is not waited for': {
    end: 'started',
    POST: 'restoreCluster 1',
  },
  'create-backup after a lost response': {
    end: 'succeeded',
    'list after': 'listBackups 2, after createBackup',
    'description after': 'describeBackup 1, after createBackup',
  },
  'restore-cluster sent once more': {
    end: 'succeeded',
    'list after': 'listClusters 2, after restoreCluster',
    'second POST': 'restoreCluster 2, after restoreCluster',
  },
  'restore-cluster after a lost response': {
    end: 'failed, success',
    'list after': 'listClusters 2, after restoreCluster',
  },
  'restore-cluster that never knew its id': {
    end: expect.stringMatching(/^(?:failed|timed-out), success$/),
    'list by name': 'listClusters 1',
    'first read after the job': 'describeCluster 1',
    DELETE: 'dropCluster 1',
  },
  'delete-cluster of one that is renamed meanwhile': {
    end: 'failed',
    'description before': 'describeCluster 2',
  },
  'delete-cluster of one that moves meanwhile': {
    end: 'failed',
    'description before': 'describeCluster 2',
  },
  'delete-cluster of one that is protected meanwhile': {
    end: 'failed',
    'description before': 'describeCluster 3',
  },
  'restore-cluster that replaces what is renamed meanwhile': {
    end: 'failed',
    'description before': 'describeCluster 2',
  },
  'restore-cluster that replaces what moves meanwhile': {
    end: 'failed',
    'description before': 'describeCluster 2',
  },
  'create-backup while an automatic one begins': {
    end: 'succeeded',
    POST: 'createBackup 1',
    'list after': 'listBackups 2, after createBackup',
  },
  'create-backup before an automatic one': {
    end: 'succeeded',
    POST: 'createBackup 1',
  },
  'restore-cluster while another makes one of that name': {
    end: 'failed, success',
    'second POST': 'restoreCluster 2, after restoreCluster',
  },
  'delete-cluster of one that is gone and still listed': {
    end: 'skipped',
    'search by name': 'listClusters 1',
    description: 'describeCluster 1',
  },
  'restore-cluster that replaces one that is gone and still listed': {
    end: 'succeeded',
    'search by name': 'listClusters 1',
    POST: 'restoreCluster 1',
  },
  'prune-clusters': { end: 'succeeded', ...sweep },
  'prune-clusters, by what GitHub says': {
    end: 'succeeded',
    'pull request': 'question 1 to GitHub',
  },
  'prune-clusters by age': {
    end: 'succeeded',
    'description before': 'describeCluster 1, right before dropCluster',
  },
  'prune-clusters that would drop': {
    end: 'planned',
    list: 'listClusters 1',
  },
  'prune-clusters of one that is renamed meanwhile': {
    end: 'failed',
    'description before': 'describeCluster 1',
  },
  ...expectedInside,
}

test.concurrent.each(scenarios.map(scenario => [scenario.name, scenario] as const))(
  '%s: each target is the request it is named after',
  { timeout: 60_000 },
  async (name, scenario) => {
    const { step, post, hits } = await traceOf(scenario)
    const ends = [step.outputs.status, ...(post === undefined ? [] : [post.outcome])]
    expect({ end: ends.join(', '), ...hits }).toEqual(expected[name])
  },
)
