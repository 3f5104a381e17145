import { expect, test } from 'vitest'
import {
  covers,
  type InputName,
  inputDescriptions,
  inputs,
  type OutputName,
  operationSummaries,
  operations,
  outputDescriptions,
  outputs,
  requiredInputs,
  secretOutputs,
} from '../src/contract.ts'

const common = 'operation api-key base-url timeout comment-on-pr github-token'

/** The public face, written a second time: a change of it is a change for every workflow. A star: required. */
test.each([
  [
    'create-backup',
    'cluster-id* collections cross-region-copies wait poll-interval if-busy skip-if-newer-than dry-run',
    'jobId jobIds backupId backupName backupSize backupTime created collections plan',
  ],
  [
    'restore-cluster',
    'cluster-id* backup-id* max-age target-cluster* target-project-id cu-size collection-status restore-version-policy wait poll-interval if-exists verify data-token protected-clusters delete-after-job dry-run',
    'jobId jobIds backupId backupName backupSize backupTime created clusterId clusterName connectAddress verifiedCollections username password plan',
  ],
  [
    'restore-collections',
    'cluster-id* backup-id* max-age collections* target-cluster* target-project-id collection-status wait poll-interval if-busy safety-backup verify data-token protected-clusters dry-run',
    'jobId jobIds backupId backupName backupSize backupTime clusterId clusterName collections connectAddress verifiedCollections safetyBackupId plan',
  ],
  [
    'wait',
    'cluster-id backup-id target-cluster target-project-id job-id poll-interval',
    'jobId jobIds backupId backupName backupSize backupTime clusterId clusterName connectAddress',
  ],
  ['list-backups', 'cluster-id backup-type', 'backups'],
  [
    'describe-backup',
    'cluster-id* backup-id* max-age backup-type',
    'backupId backupName backupSize backupTime backup',
  ],
  [
    'delete-backup',
    'cluster-id* backup-id* protected-backups dry-run',
    'backupId backupName backupSize backupTime deletedBackupIds plan',
  ],
  [
    'prune-backups',
    'cluster-id* backup-type keep-last* keep-daily keep-weekly keep-monthly protected-backups older-than dry-run',
    'deletedBackupIds plan',
  ],
  [
    'export-backup',
    'cluster-id* backup-id* max-age integration-id* directory wait poll-interval dry-run',
    'jobId jobIds backupId backupName backupSize backupTime plan',
  ],
  [
    'delete-cluster',
    'target-cluster* target-project-id poll-interval protected-clusters dry-run',
    'clusterId clusterName plan',
  ],
  [
    'prune-clusters',
    'name-pattern* target-project-id* older-than protected-clusters poll-interval dry-run',
    'deletedClusterIds plan',
  ],
  [
    'verify',
    'target-cluster* target-project-id cluster-id backup-id max-age collections collection-status baseline allow-loss data-token poll-interval',
    'backupId backupName backupSize backupTime clusterId clusterName connectAddress verifiedCollections',
  ],
  [
    'switch-alias',
    'target-cluster* target-project-id alias* collections* data-token protected-clusters poll-interval dry-run',
    'clusterId clusterName connectAddress collection previousCollection plan',
  ],
] as const)('%s has these inputs and outputs', (operation, itsInputs, itsOutputs) => {
  const own = (Object.keys(inputs) as InputName[]).filter(name => covers(inputs[name].operations, operation))
  expect(own.sort()).toEqual(`${common} ${itsInputs}`.replaceAll('*', '').split(' ').sort())
  const required = own.filter(name => covers(requiredInputs[name], operation))
  const starred = itsInputs.split(' ').filter(name => name.endsWith('*'))
  expect(required.sort()).toEqual(['operation', 'api-key', ...starred.map(name => name.slice(0, -1))].sort())
  const declared = (Object.keys(outputs) as OutputName[]).filter(name =>
    covers(outputs[name].operations, operation),
  )
  expect(declared.sort()).toEqual(`status duration receipt ${itsOutputs}`.split(' ').sort())
})

test('these defaults, and no others: base-url has none, since the environment goes before it', () => {
  const defaults = Object.entries(inputs).flatMap(([name, declaration]) =>
    'default' in declaration ? [[name, declaration.default]] : [],
  )
  expect(Object.fromEntries(defaults)).toEqual({
    'max-age': 'any',
    wait: 'true',
    timeout: '2h',
    'poll-interval': '15s',
    'if-busy': 'wait',
    'if-exists': 'fail',
    'safety-backup': 'false',
    verify: 'false',
    baseline: 'none',
    'allow-loss': '0',
    'protected-clusters': 'none',
    'delete-after-job': 'false',
    'backup-type': 'any',
    'keep-daily': 'none',
    'keep-weekly': 'none',
    'keep-monthly': 'none',
    'protected-backups': 'none',
    'older-than': 'any',
    'dry-run': 'false',
    'comment-on-pr': 'false',
    'github-token': '${{ github.token }}',
  })
})

test('these are secret, and no others', () => {
  const secret = Object.entries(inputs).filter(([, declaration]) => 'secret' in declaration)
  expect(secret.map(([name]) => name)).toEqual(['api-key', 'data-token', 'github-token'])
  expect(secretOutputs).toEqual(['password'])
})

test('everything has its words for people', () => {
  expect(Object.keys(operationSummaries)).toEqual([...operations])
  expect(Object.keys(inputDescriptions)).toEqual(Object.keys(inputs))
  expect(Object.keys(outputDescriptions)).toEqual(Object.keys(outputs))
})
