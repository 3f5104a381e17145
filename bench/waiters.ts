/** What waits for a job in today's workflows. */
import { spawnSync } from 'node:child_process'
import type { Simulator } from '../simulator/index.ts'
import { withVendorCli } from '../test/harness/vendor-cli.ts'
import { programPath, run } from './programs.ts'

export interface Waiter {
  name: string
  /** Commands that it needs on the PATH. */
  needs: readonly string[]
  /** Whether a step must end before it. */
  isLoop: boolean
  /** Starts a backup of the cluster, and ends when it has seen that the job is done. */
  backUp(cloud: Simulator, clusterId: string): Promise<unknown>
}

const waiters: readonly Waiter[] = [
  {
    name: 'a look every 5 s, as the CLI of the vendor does',
    needs: [],
    isLoop: true,
    backUp: ({ baseUrl, apiKey }, clusterId) =>
      run({ args: [programPath('wait-every.cjs'), baseUrl, apiKey, clusterId, '5'] }),
  },
  {
    name: 'a loop of curl and jq every 10 s',
    needs: ['curl', 'jq'],
    isLoop: true,
    backUp: (cloud, clusterId) => run({ command: 'sh', args: ['-c', curlLoop(cloud, clusterId)] }),
  },
  { name: 'the CLI of the vendor', needs: ['zilliz'], isLoop: false, backUp: waitWithCli },
]

function curlLoop({ baseUrl, apiKey }: Simulator, clusterId: string): string {
  const curl = `curl -sS -H 'authorization: Bearer ${apiKey}'`
  const body = `-H 'content-type: application/json' -d '{"backupType":"CLUSTER"}'`
  const start = `${curl} ${body} ${baseUrl}/v2/clusters/${clusterId}/backups/create`
  return `
    job=$(${start} | jq -r .data.jobId)
    until [ "$(${curl} ${baseUrl}/v2/jobs/$job | jq -r .data.status)" = SUCCESSFUL ]; do sleep 10; done`
}

/** Those that can run here, and a line for each of the others. */
export function waitersHere(): { here: Waiter[]; skipped: string[] } {
  const missing = ({ needs }: Waiter) => needs.filter(command => !isHere(command))
  const skipped = waiters.filter(waiter => missing(waiter).length > 0)
  return {
    here: waiters.filter(waiter => !skipped.includes(waiter)),
    skipped: skipped.map(
      waiter => `Skipped: ${waiter.name}, since ${missing(waiter).join(' and ')} is not here.`,
    ),
  }
}

function isHere(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0
}

/** Its `backup create --wait` does not wait, so it is given a job that has just begun. */
function waitWithCli(cloud: Simulator, clusterId: string): Promise<unknown> {
  return withVendorCli(cloud, env => {
    const jobId = cloud.world.startManualBackup(clusterId).job?.jobId ?? ''
    return run({ command: 'zilliz', args: ['job', 'describe', '--job-id', jobId, '--wait'], env })
  })
}
