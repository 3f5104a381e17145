/** Every situation whose page is looked at, for `npm run pages` and for the test that measures them. */
import type { Situation } from '../situation.ts'
import { deleting } from './deleting.ts'
import { inputsAndNames } from './inputs-and-names.ts'
import { makingBackups } from './making-backups.ts'
import { reading } from './reading.ts'
import { restoring } from './restoring.ts'
import { sweeping } from './sweeping.ts'
import { verifying } from './verifying.ts'

export const situations: readonly Situation[] = [
  ...makingBackups,
  ...restoring,
  ...verifying,
  ...reading,
  ...deleting,
  ...sweeping,
  ...inputsAndNames,
]
