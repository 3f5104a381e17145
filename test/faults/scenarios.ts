import type { Scenario } from './fixture.ts'
import { exporting, readingBackups } from './scenarios-backups.ts'
import { deletingBackups } from './scenarios-deleting.ts'
import { deleting, restoringCollections, waiting, waitingForTruth } from './scenarios-existing.ts'
import { creating, restoringCluster } from './scenarios-making.ts'

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
]

export function scenario(name: string): Scenario {
  const found = scenarios.find(one => one.name === name)
  if (found === undefined) throw new Error(`no scenario is called "${name}"`)
  return found
}
