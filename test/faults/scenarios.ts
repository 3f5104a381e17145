import type { Scenario } from './fixture.ts'
import { exporting, readingBackups } from './scenarios-backups.ts'
import { choosing } from './scenarios-choices.ts'
import { deletingBackups } from './scenarios-deleting.ts'
import { deleting } from './scenarios-dropping.ts'
import { restoringCollections, waiting, waitingForTruth } from './scenarios-existing.ts'
import { looking } from './scenarios-looking.ts'
import { losing } from './scenarios-lost.ts'
import { creating, restoringCluster } from './scenarios-making.ts'
import { changing } from './scenarios-meanwhile.ts'
import { sweeping } from './scenarios-sweeping.ts'
import { switching } from './scenarios-switching.ts'

export const scenarios: readonly Scenario[] = [
  ...creating,
  ...waiting,
  ...waitingForTruth,
  ...restoringCluster,
  ...restoringCollections,
  ...deleting,
  ...readingBackups,
  ...deletingBackups,
  ...exporting,
  ...choosing,
  ...losing,
  ...changing,
  ...sweeping,
  ...looking,
  ...switching,
]

export function scenario(name: string): Scenario {
  const found = scenarios.find(one => one.name === name)
  if (found === undefined) throw new Error(`no scenario is called "${name}"`)
  return found
}
