/** Invariants of starts: never twice, and what a start has made is published. */
import type { RequestRecord } from '../../simulator/index.ts'
import type { Run } from './case.ts'
import { isAskedAgain } from './refusals.ts'
import { arrives, isRefusedByService, starts } from './responses.ts'

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
 * Whether the service would have carried a start out again is chance: one that arrived and was refused neither for
 * load nor by the service itself is not sent again. That of a cluster is, once, since names are unique.
 */
function sentAgain(requests: readonly RequestRecord[]): string[] {
  const arrived = requests
    .filter(({ operationId, status }) => starts.includes(operationId) && status !== 425 && status !== 429)
    .filter(request => !isRefusedByService(request) && !isAskedAgain(requests, request))
    .map(intentOf)
  return [...new Set(arrived)].filter(intent => {
    const allowed = intent.startsWith('restoreCluster') ? 2 : 1
    return arrived.filter(one => one === intent).length > allowed
  })
}

/** What the response to a start held is published when it arrived whole, whatever it lacked and whatever happened later. */
export function lostIds(run: Run): string[] {
  const { step, requests } = run
  const arrived = requests.filter(request => {
    const { operationId, applied, status, code } = request
    const isSuccess = status === 200 && [0, 200].includes(Number(code ?? Number.NaN))
    return starts.includes(operationId) && applied && isSuccess && arrives(request)
  })
  const wanted = arrived.flatMap(request => toBePublished(run, request))
  const jobs = arrived.filter(
    ({ operationId, data }) => operationId === 'restoreCollection' && hasId(data, 'jobId'),
  )
  const published = JSON.parse(step.outputs.jobIds ?? '[]').length
  return [
    ...wanted
      .filter(([output, value]) => step.outputs[output] !== value)
      .map(([output, value]) => `${output} is ${step.outputs[output]}, not ${value}`),
    ...(published < jobs.length
      ? [`${jobs.length} restores got a response, ${published} jobs are published`]
      : []),
  ]
}

/** Whether a response holds that id, and it is one. */
function hasId(data: unknown, name: string): boolean {
  const { [name]: id } = (data ?? {}) as Record<string, unknown>
  return typeof id === 'string' && /^[\w-]+$/.test(id)
}

function toBePublished(
  { fixture }: Run,
  { operationId, data }: RequestRecord,
): [output: string, value: unknown][] {
  const made = (data ?? {}) as Record<string, unknown>
  const ids = (...names: string[]) =>
    names.filter(name => hasId(data, name)).map((name): [string, unknown] => [name, made[name]])
  const created = (name: string): [string, unknown][] => (hasId(data, name) ? [['created', 'true']] : [])
  switch (operationId) {
    case 'createBackup':
      if (fixture.inputs['safety-backup'] === 'true') {
        return ids('backupId').map(([, id]) => ['safetyBackupId', id])
      }
      return [...ids('backupId', 'jobId'), ...created('backupId')]
    case 'restoreCluster': {
      // What can be had only once is kept, even of a response that lacks its ids.
      const once = ['username', 'password'].filter(name => name in made)
      return [
        ...ids('clusterId', 'jobId'),
        ...once.map((name): [string, unknown] => [name, made[name]]),
        ...created('clusterId'),
      ]
    }
    case 'exportBackup':
      return ids('jobId')
    default:
      return []
  }
}
