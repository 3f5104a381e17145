/** The operations by name. Each is one file: its request type, how its inputs are read, and what it does. */
import type { OperationName } from '../contract.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import type { Outcome, Step } from '../step.ts'

export interface Operation {
  /** Turns the inputs into a request; what is wrong is reported to the reader. */
  read(reader: Reader, common: CommonInputs): CommonInputs | Promise<CommonInputs>
  /** @throws ActionError unless it ends well */
  run(request: CommonInputs, step: Step): Promise<Outcome>
}

/** Loads one, so that a step loads no other. */
export const operations: { readonly [Name in OperationName]: () => Promise<Operation> } = {
  'create-backup': () => import('./create-backup.ts'),
  'restore-cluster': () => import('./restore-cluster.ts'),
  'restore-collections': () => import('./restore-collections.ts'),
  wait: () => import('./wait.ts'),
  'list-backups': () => import('./list-backups.ts'),
  'describe-backup': () => import('./describe-backup.ts'),
  'delete-backup': () => import('./delete-backup.ts'),
  'prune-backups': () => import('./prune-backups.ts'),
  'export-backup': () => import('./export-backup.ts'),
  'delete-cluster': () => import('./delete-cluster.ts'),
  'prune-clusters': () => import('./prune-clusters.ts'),
  verify: () => import('./verify.ts'),
  'switch-alias': () => import('./switch-alias.ts'),
}
