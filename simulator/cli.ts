import { type Flags, readFlags, USAGE } from './flags.ts'
import { type JobPlan, type Simulator, startSimulator } from './index.ts'
import { formatRequest } from './request-log.ts'

/** Documented for the control plane (F9). */
const REQUESTS_PER_SECOND = 20

/** A server may run for weeks. */
const KEPT_REQUESTS = 1000

await main()

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2))
  if (typeof flags === 'string') {
    process.stderr.write(`simulator: ${flags}. See npm run simulator -- --help\n`)
    process.exitCode = 2
    return
  }
  if (flags.help) {
    process.stdout.write(USAGE)
    return
  }
  const cloud = await start(flags)
  if (cloud === undefined) return
  const { baseUrl, apiKey, projectId, clusterId } = cloud
  const connectAddress = await cloud.connectAddress(clusterId)
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ baseUrl, apiKey, projectId, clusterId, connectAddress })}\n`
      : introduction(cloud, flags, connectAddress),
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cloud.close())
}

async function start(flags: Flags): Promise<Simulator | undefined> {
  const { port, speed } = flags
  try {
    const cloud = await startSimulator({
      port,
      speed,
      requestsPerSecond: REQUESTS_PER_SECOND,
      dataPlane: true,
      keepRequests: KEPT_REQUESTS,
      variants: { endpointDelaySeconds: flags.endpointDelay, loadSeconds: flags.loadSeconds },
      onRequest: record => {
        // To stderr, so that stdout stays one line with --json.
        if (flags.log) process.stderr.write(`${formatRequest(record, cloud.apiKey)}\n`)
      },
    })
    addBackups(cloud)
    const plan = nextJobOf(flags)
    if (plan !== undefined) cloud.world.nextJob(plan)
    for (const fault of flags.faults) cloud.faults.inject(fault)
    return cloud
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason =
      code === 'EADDRINUSE' ? `port ${port} is in use; choose another one, or 0 for any` : message
    process.stderr.write(`simulator: ${reason}\n`)
    process.exitCode = 1
    return undefined
  }
}

function addBackups({ world, clusterId }: Simulator): void {
  const day = 86_400
  world.addBackup({ clusterId, ageSeconds: 14 * day })
  world.addBackup({ clusterId, ageSeconds: 7 * day })
  world.addBackup({
    clusterId,
    creationMethod: 'AUTO',
    ageSeconds: day / 2,
    expiresInSeconds: 6.5 * day,
  })
}

function nextJobOf({ failNext, hangNext }: Flags): JobPlan | undefined {
  if (failNext !== undefined) return { outcome: 'FAILED', reason: failNext }
  if (hangNext) return { durationSeconds: Number.POSITIVE_INFINITY, statuses: ['IN_PROGRESS'] }
  return undefined
}

function introduction(cloud: Simulator, flags: Flags, connectAddress: string): string {
  const { baseUrl, apiKey, projectId, world } = cloud
  const clusters = world.clusters.map(({ clusterId, clusterName, deploymentOption }) => {
    return `  ${clusterId}  ${clusterName} (${deploymentOption}), collections: ${world.collections(clusterId).length}`
  })
  const backups = world.backups.map(({ backupId, backupName, creationMethod }) => {
    return `  ${backupId}  ${backupName} (${creationMethod})`
  })
  const source = world.cluster('production').clusterId
  return `A pretend Zilliz Cloud listens on ${baseUrl} (speed ${flags.speed}, stop it with Ctrl+C).
${rehearsal(flags)}
API key   ${apiKey}
project   ${projectId}

clusters
${clusters.join('\n')}

backups of ${source}
${backups.join('\n')}

Send a request:

  curl -H 'Authorization: Bearer ${apiKey}' '${baseUrl}/v2/backups?clusterId=${source}'

Ask the cluster itself, at the address that its description shows; each cluster has one of its own:

  curl -H 'Authorization: Bearer ${apiKey}' --json '{}' ${connectAddress}/v2/vectordb/collections/list

A step of a workflow on this machine (a self-hosted runner, or act on the host). Store the API key above as the secret
ZILLIZ_API_KEY first (act: --secret ZILLIZ_API_KEY=…); a key has no place in a workflow file.

  - uses: OWNER/zilliz-cloud-backup-restore@v1
    with:
      operation: create-backup
      base-url: ${baseUrl}
      api-key: \${{ secrets.ZILLIZ_API_KEY }}
      cluster-id: ${source}

docs/try-without-an-account.md has the commands from here to a backup. Requests that arrive:

`
}

function rehearsal({ failNext, hangNext, faults }: Flags): string {
  const lines = faults.map(({ operation, times = 1, fault }) => {
    const { status, code } = fault as { status: number; code?: number }
    const requests = operation === '*' ? 'requests' : `requests of ${operation}`
    const which = Number.isFinite(times) ? `the first ${times}` : 'all'
    return `For rehearsal, ${which} ${requests} get HTTP ${status}${code === undefined ? '' : `, code ${code}`}.\n`
  })
  if (failNext !== undefined) {
    lines.push(`For rehearsal, the next job fails with the reason ${JSON.stringify(failNext)}.\n`)
  }
  if (hangNext) lines.push('For rehearsal, the next job never ends.\n')
  return lines.join('')
}
