/** Invariants of starts: never twice, and what a start has made is published. */
import type { RequestRecord } from '../../simulator/index.ts'
import type { Run } from './case.ts'

export const starts = ['createBackup', 'restoreCluster', 'restoreCollection', 'exportBackup']

/** What a start is about: two of one intent would make two of one thing. */
function intentOf({ operationId, path, body }: RequestRecord): string {
  const { clusterName, destClusterId, dbCollections } = body as Record<string, unknown>
  return `${operationId} ${JSON.stringify(clusterName ?? [destClusterId, dbCollections, path])}`
}

export function secondStarts({ requests, fixture, cloud }: Run): string[] {
  const carriedOut = requests.filter(({ operationId, applied }) => applied && starts.includes(operationId))
  const intents = carriedOut.map(intentOf)
  const twice = intents.filter((intent, index) => intents.indexOf(intent) < index)
  const named = cloud.world.clusters.filter(
    ({ clusterName, status }) => fixture.keep.includes(clusterName) && status !== 'DELETED',
  )
  const names = named.map(({ clusterName }) => clusterName)
  const doubled = names.filter((name, index) => names.indexOf(name) < index)
  return [
    ...twice.map(intent => `carried out twice: ${intent}`),
    ...sentAgain(requests).map(intent => `sent again: ${intent}`),
    ...doubled.map(name => `two clusters are called ${name}`),
  ]
}

/**
 * Whether the service would have carried a start out again is chance: one that arrived and was not refused for load
 * is not sent again. That of a cluster is, once, since names are unique.
 */
function sentAgain(requests: readonly RequestRecord[]): string[] {
  const arrived = requests
    .filter(({ operationId, status }) => starts.includes(operationId) && status !== 425 && status !== 429)
    .map(intentOf)
  return [...new Set(arrived)].filter(intent => {
    const allowed = intent.startsWith('restoreCluster') ? 2 : 1
    return arrived.filter(one => one === intent).length > allowed
  })
}

/** What a start has made must be published when its response arrived, whatever happened later. */
export function lostIds({ step, requests, cloud, fixture, given }: Run): string[] {
  const slow = given.injected.some(({ fault }) => fault === 'a drip that does not')
  const arrives = [undefined, 'code-as-text', ...(slow ? [] : ['drip'])]
  const wanted: [output: string, value: string | undefined][] = []
  const arrived = requests.filter(
    ({ operationId, applied, status, fault }) =>
      starts.includes(operationId) && applied && status === 200 && arrives.includes(fault),
  )
  for (const { operationId, body } of arrived) {
    const { world } = cloud
    if (operationId === 'createBackup') {
      const made = world.backups.find(({ job }) => job !== undefined && job.type === 'BACKUP')
      const safety = fixture.inputs['safety-backup'] === 'true'
      wanted.push([safety ? 'safetyBackupId' : 'backupId', made?.backupId])
      if (!safety) wanted.push(['jobId', made?.job?.jobId], ['created', 'true'])
    } else if (operationId === 'restoreCluster') {
      const { clusterName } = body as { clusterName: string }
      const { clusterId } = world.cluster(clusterName)
      const [password] = fixture.passwords
      wanted.push(
        ['clusterId', clusterId],
        ['username', 'db_admin'],
        ['password', password],
        ['created', 'true'],
      )
      wanted.push(['jobId', world.jobs.find(job => job.clusterId === clusterId)?.jobId])
    } else if (operationId === 'exportBackup') {
      wanted.push(['jobId', world.jobs.find(({ type }) => type === 'EXPORT')?.jobId])
    }
  }
  const restores = arrived.filter(({ operationId }) => operationId === 'restoreCollection').length
  const published = JSON.parse(step.outputs.jobIds ?? '[]').length
  return [
    ...wanted
      .filter(([output, value]) => step.outputs[output] !== value)
      .map(([output, value]) => `${output} is ${step.outputs[output]}, not ${value}`),
    ...(published < restores ? [`${restores} restores got a response, ${published} jobs are published`] : []),
  ]
}
