/** The CLI of the vendor: what it does in a workflow, against the simulator. */
import { type Simulator, startSimulator } from '../simulator/index.ts'
import { withVendorCli } from '../test/harness/vendor-cli.ts'
import { command } from './command.ts'
import type { Verdict } from './verdict.ts'

const name = 'CLI of the vendor'

export async function vendorCli(): Promise<Verdict> {
  const version = await command('zilliz', ['--version'])
  if (version.code !== 0) return { name, outcome: 'skipped', detail: 'zilliz is not on the PATH' }
  await using cloud = await startSimulator({ speed: 60, dataPlane: true })
  const findings = await withVendorCli(cloud, env =>
    compared(cloud, args => command('zilliz', [...args, '--output', 'json'], { env })),
  )
  if (findings.length > 0) return { name, outcome: 'failed', detail: findings.join('\n  ') }
  return { name, outcome: 'passed', detail: `${version.output.trim()}, ${cloud.requests.length} requests` }
}

type Ask = (args: string[]) => ReturnType<typeof command>

/** Each command must end with 0 and show what the simulator knows to be true. */
async function compared({ world, clusterId, problems }: Simulator, ask: Ask): Promise<string[]> {
  const findings: string[] = []
  const expect = async (args: string[], wanted: () => string | undefined) => {
    const { code, output } = await ask(args)
    const text = wanted()
    if (code !== 0 || text === undefined || !output.includes(text)) {
      findings.push(`zilliz ${args.join(' ')} ended with ${code} and did not show ${text}:\n${output}`)
    }
  }
  const newest = () => world.backups.at(-1)?.backupId
  const cluster = ['--cluster-id', clusterId]
  await expect(['cluster', 'list'], () => clusterId)
  await expect(['backup', 'create', ...cluster, '--backup-type', 'CLUSTER'], newest)
  await expect(['backup', 'describe', ...cluster, '--backup-id', newest() ?? ''], newest)
  return [...findings, ...problems.map(({ operationId, text }) => `${operationId}: ${text}`)]
}
