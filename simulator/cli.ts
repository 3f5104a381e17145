import { parseArgs } from 'node:util'
import { type Simulator, startSimulator } from './index.ts'

const USAGE = `Usage: npm run simulator -- [--port N] [--speed N] [--json]

  --port N    TCP port on 127.0.0.1; 0, the default, picks a free one
  --speed N   world seconds per real second, default 1
  --json      print one line of JSON once it listens, nothing else
  --help      this text
`

/** Documented for the control plane (F9). */
const REQUESTS_PER_SECOND = 20

interface Flags {
  port: number
  speed: number
  json: boolean
  help: boolean
}

await main()

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2))
  if (typeof flags === 'string') {
    process.stderr.write(`simulator: ${flags}\n\n${USAGE}`)
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
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ baseUrl, apiKey, projectId, clusterId })}\n`
      : introduction(cloud, flags.speed),
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cloud.close())
}

async function start({ port, speed }: Flags): Promise<Simulator | undefined> {
  try {
    const cloud = await startSimulator({ port, speed, requestsPerSecond: REQUESTS_PER_SECOND })
    const day = 86_400
    const { clusterId } = cloud
    cloud.world.addBackup({ clusterId, ageSeconds: 14 * day })
    cloud.world.addBackup({ clusterId, ageSeconds: 7 * day })
    cloud.world.addBackup({
      clusterId,
      creationMethod: 'AUTO',
      ageSeconds: day / 2,
      expiresInSeconds: 6.5 * day,
    })
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

/** The flags, or what is wrong with them. */
function readFlags(args: string[]): Flags | string {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '0' },
        speed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    })
    const port = Number(values.port)
    const speed = Number(values.speed)
    if (!/^\d+$/.test(values.port) || port > 65_535) return `--port must be 0 to 65535, not "${values.port}"`
    if (!(speed > 0 && Number.isFinite(speed)))
      return `--speed must be a number above 0, not "${values.speed}"`
    return { port, speed, json: values.json, help: values.help }
  } catch (error) {
    return (error as Error).message
  }
}

function introduction({ baseUrl, apiKey, projectId, world }: Simulator, speed: number): string {
  const clusters = world.clusters.map(({ clusterId, clusterName, deploymentOption }) => {
    return `  ${clusterId}  ${clusterName} (${deploymentOption})  ${world.collections(clusterId).length} collections`
  })
  const backups = world.backups.map(({ backupId, backupName, creationMethod }) => {
    return `  ${backupId}  ${backupName} (${creationMethod})`
  })
  const source = world.cluster('production').clusterId
  return `A pretend Zilliz Cloud listens on ${baseUrl} (speed ${speed}, end with Ctrl+C).

API key   ${apiKey}
project   ${projectId}

clusters
${clusters.join('\n')}

backups of ${source}
${backups.join('\n')}

Ask it:

  curl -H 'Authorization: Bearer ${apiKey}' '${baseUrl}/v2/backups?clusterId=${source}'

Use it in a workflow step on this machine:

  with:
    operation: create-backup
    base-url: ${baseUrl}
    api-key: ${apiKey}
    cluster-id: ${source}

`
}
