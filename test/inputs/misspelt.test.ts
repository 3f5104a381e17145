import { expect, test } from 'vitest'
import { type InputName, inputs } from '../../src/contract.ts'
import { misspeltInputs } from '../../src/inputs/misspelt.ts'

/** What is reported of variables, where the workflow gave these inputs. */
function report(variables: Record<string, string>, given: Partial<Record<InputName, string>> = {}) {
  return misspeltInputs(new Map(Object.entries(variables)), name => given[name])
}

const problem = (written: string, meant: string, variable: string) =>
  `${written}: no such input; did you mean ${meant}? Or the workflow sets the environment variable ${variable}: rename it.`

test.each([
  ['INPUT_DRY_RUN', 'dry_run', 'dry-run'],
  ['INPUT_DRYRUN', 'dryrun', 'dry-run'],
  ['INPUT_DRY RUN', 'dry run', 'dry-run'],
  ['INPUT_OLDERTHAN', 'olderthan', 'older-than'],
  ['INPUT_TIME-OUT', 'time-out', 'timeout'],
  ['INPUT_time_out', 'time_out', 'timeout'],
  ['INPUT_PROTECTED-CLUSTER', 'protected-cluster', 'protected-clusters'],
  ['INPUT_PROTECTED-CLUSTERSS', 'protected-clusterss', 'protected-clusters'],
  ['INPUT_PROTECTED_CLUSTER', 'protected_cluster', 'protected-clusters'],
  ['INPUT_DRY-RUM', 'dry-rum', 'dry-run'],
  ['INPUT_DRY-RNU', 'dry-rnu', 'dry-run'],
  ['INPUT_RDY-RUN', 'rdy-run', 'dry-run'],
  ['INPUT_RY-RUN', 'ry-run', 'dry-run'],
  ['INPUT_XDRY-RUN', 'xdry-run', 'dry-run'],
  ['INPUT_OLDER-THEN', 'older-then', 'older-than'],
])('%s is a problem: %s, meant is %s ("Misspelt input")', (variable, written, meant) => {
  expect(report({ [variable]: '1' })).toEqual([problem(written, meant, variable)])
})

test.each([
  'INPUT_DRY-RUMS',
  'INPUT_UNDRY-RUN',
  'INPUT_NUR-YRD',
  'INPUT_TOKEN',
  'INPUT_',
  'INPUT_FAIL-FAST',
  'INPUT_NODE-VERSION',
  'INPUT_CLUSTER',
])('%s is left alone: some runners leak those of an outer action', variable => {
  expect(report({ [variable]: 'true' })).toEqual([])
})

test('none of our own inputs is taken for another one', () => {
  const names = Object.keys(inputs) as InputName[]
  expect(report(Object.fromEntries(names.map(name => [`INPUT_${name.toUpperCase()}`, 'x'])))).toEqual([])
})

test('there is no problem where the right input has the same effective value', () => {
  expect(report({ INPUT_DRY_RUN: 'true' }, { 'dry-run': 'true' })).toEqual([])
  expect(report({ INPUT_DRY_RUN: ' true ' }, { 'dry-run': 'true' })).toEqual([])
  // The declared default and nothing are the same.
  expect(report({ INPUT_DRY_RUN: 'false' })).toEqual([])
  expect(report({ INPUT_DRY_RUN: '' }, { 'dry-run': 'false' })).toEqual([])
  expect(report({ INPUT_OLDER_THAN: '' }, { 'older-than': 'any' })).toEqual([])
})

test('but there is where it has another one', () => {
  const expected = [problem('dry_run', 'dry-run', 'INPUT_DRY_RUN')]
  expect(report({ INPUT_DRY_RUN: 'true' }, { 'dry-run': 'false' })).toEqual(expected)
  expect(report({ INPUT_DRY_RUN: 'false' }, { 'dry-run': 'true' })).toEqual(expected)
})

test('each is reported', () => {
  expect(report({ INPUT_DRY_RUN: 'true', INPUT_BACKUPID: 'b1' })).toEqual([
    problem('dry_run', 'dry-run', 'INPUT_DRY_RUN'),
    problem('backupid', 'backup-id', 'INPUT_BACKUPID'),
  ])
})
