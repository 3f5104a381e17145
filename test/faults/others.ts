/** Invariants of what is not the step's: what others have made stays theirs, and a dry run changes nothing. */
import { isChange } from '../harness/data-requests.ts'
import type { Run } from './case.ts'

const ownIds = ['clusterId', 'backupId', 'safetyBackupId'] as const

export function takenFromOthers({ step, fixture, requests, cloud }: Run): string[] {
  const others = fixture.others?.() ?? []
  const sent = requests.filter(({ method }) => method === 'DELETE')
  const { outputs } = step
  return others.flatMap(id => [
    ...sent.filter(({ path }) => path.includes(id)).map(({ path }) => `DELETE ${path}`),
    // Without a clock of the service five minutes are allowed, but for no drop.
    ...(outputs.created === 'true' && cloud.variants.serverDate !== 'missing'
      ? ownIds
          .filter(name => outputs[name] === id)
          .map(name => `${name} is ${id}, as if this step had made it`)
      : []),
    ...(outputs.safetyBackupId === id ? [`${id} is taken for the safety backup`] : []),
  ])
}

export function changesOfDryRun({ fixture, requests, dataRequests }: Run): string[] {
  if (fixture.inputs['dry-run'] !== 'true') return []
  return [...requests, ...dataRequests].filter(isChange).map(({ method, path }) => `${method} ${path}`)
}
