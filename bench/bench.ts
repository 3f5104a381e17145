/** Speed and memory of the built action, as ratios within one run: `npm run bench`. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Simulator, startSimulator } from '../simulator/index.ts'
import { runStep } from '../test/harness/runner.ts'
import { runProcess } from '../test/harness/step-process.ts'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const peakPreload = here('../test/faults/wire.cjs')
const clockPreload = here('../test/harness/scaled-clock.cjs')
const rounds = 15
/** World seconds that the jobs take, and how fast the world is, so that a start-up weighs little. */
const jobs = [
  { durationSeconds: 20, speed: 4 },
  { durationSeconds: 120, speed: 12 },
  { durationSeconds: 600, speed: 40 },
]

console.log(`Node ${process.versions.node}. Compare within this run only.\n`)
const folder = await mkdtemp(join(tmpdir(), 'bench-'))
try {
  await startUp()
  await memory()
  await waiting()
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function startUp(): Promise<void> {
  await using cloud = await startSimulator()
  const contenders: [name: string, run: () => Promise<number>][] = [
    ['an empty node', () => time(['-e', ''])],
    ['bare node:http, two requests', () => time(bareArguments(cloud))],
    ['the action, the same two requests', () => dryRun(cloud, {})],
    ['the end of a job with nothing to clean up', () => time([here('../dist/post.cjs')])],
  ]
  const times = contenders.map((): number[] => [])
  // In turns, so that a busy moment of the machine meets all of them.
  for (let round = 0; round < rounds; round++) {
    for (const [index, [, run]] of contenders.entries()) times[index]?.push(await run())
  }
  table(
    `Start to end, median of ${rounds}.\nLower is better: what a step takes besides waiting for the service.`,
    ['', 'ms', 'ratio'],
    contenders.map(([name], index) => {
      const [base = 0, own = 0] = [median(times[0] ?? []), median(times[index] ?? [])]
      return [name, own.toFixed(0), ratio(own, base)]
    }),
  )
}

async function memory(): Promise<void> {
  if (process.platform !== 'linux') {
    console.log('Peak memory: only Linux reports it for each program.\n')
    return
  }
  await using cloud = await startSimulator({ speed: 10 })
  const { world, clusterId } = cloud
  const programs: [name: string, run: (env: Record<string, string>) => Promise<number>][] = [
    ['an empty node', env => time(['-e', ''], env)],
    ['bare node:http, two requests', env => time(bareArguments(cloud), env)],
    ['the action, the same two requests', env => dryRun(cloud, env)],
    [
      'the action, three answers of 50 MB',
      env => {
        cloud.faults.inject({ operation: 'listBackups', times: 3, fault: { kind: 'huge', megabytes: 50 } })
        return dryRun(cloud, env)
      },
    ],
    [
      'the action, a list of 10,000 backups',
      env => {
        for (let age = 1; age <= 10_000; age++) world.addBackup({ clusterId, ageSeconds: age * 60 })
        return dryRun(cloud, env)
      },
    ],
    ['list-backups of them', env => step(cloud, { operation: 'list-backups' }, { env })],
    ['prune-backups of one of them, a dry run', env => step(cloud, pruneOne(cloud), { env })],
  ]
  const rows: string[][] = []
  let [base, baseMs] = [0, 0]
  for (const [name, run] of programs) {
    const notes = join(folder, `${rows.length}.txt`)
    const ms = await run({
      NODE_OPTIONS: `--require ${JSON.stringify(peakPreload)}`,
      FAULTS_WIRE: JSON.stringify({ notes, rules: [] }),
    })
    const peak = Number(/^peak (\d+)$/m.exec(await readFile(notes, 'utf8'))?.[1]) / 1024
    base ||= peak
    baseMs ||= ms
    rows.push([name, peak.toFixed(0), ratio(peak, base), ms.toFixed(0), ratio(ms, baseMs)])
  }
  table(
    'Peak memory of the process, and its time.\nLower is better: what the machine of the runner must have free.',
    ['', 'MB', 'ratio', 'ms', 'ratio'],
    rows,
  )
}

type Waiter = [name: string, of: Simulator, run: (jobId: string) => Promise<unknown>]

async function waiting(): Promise<void> {
  const rows = (await Promise.all(jobs.map(waitFor))).flat()
  const head = ['', 'job', 'noticed late by (s)', 'of the job', 'requests']
  table(
    'Waiting, in the time of the simulated world.\n"Noticed late": so long the step still waits, and its runner is paid for, although the job is done. Lower is better, and fewer requests are.',
    head,
    rows,
  )
}

async function waitFor({ durationSeconds, speed }: (typeof jobs)[number]): Promise<string[][]> {
  await using cloud = await startSimulator({ speed })
  await using silent = await startSimulator({ speed, variants: { progress: 'missing' } })
  const waiters: Waiter[] = [
    ['the action', cloud, jobId => wait(cloud, jobId)],
    ['the action, no progress shown', silent, jobId => wait(silent, jobId)],
    ['every 5 s', cloud, jobId => poll(cloud, jobId, 5)],
    ['every 15 s', cloud, jobId => poll(cloud, jobId, 15)],
    ['every 60 s', cloud, jobId => poll(cloud, jobId, 60)],
  ]
  if (spawnSync('curl', ['--version']).status === 0) {
    waiters.push(['a curl loop, every 15 s', cloud, jobId => curl(cloud, jobId, 15)])
  }
  return await Promise.all(
    waiters.map(async ([name, of, run]) => {
      const { job } = of.world.startManualBackup(of.clusterId, { durationSeconds })
      if (job === undefined) throw new Error('a backup without a job')
      await run(job.jobId)
      const reads = of.requests.filter(({ path }) => path === `/v2/jobs/${job.jobId}`)
      const late = ((reads.at(-1)?.time ?? Number.NaN) - job.endsAt) / 1000
      const share = `${((late / durationSeconds) * 100).toFixed(0)} %`
      return [name, `${durationSeconds} s`, late.toFixed(1), share, `${reads.length}`]
    }),
  )
}

function bareArguments({ baseUrl, apiKey, clusterId }: Simulator): string[] {
  const list = `/v2/backups?clusterId=${clusterId}&pageSize=100&currentPage=1`
  return [here('./ask.cjs'), baseUrl, apiKey, list, `/v2/clusters/${clusterId}`]
}

function pruneOne({ clusterId }: Simulator): Record<string, string> {
  return { operation: 'prune-backups', 'cluster-id': clusterId, 'keep-last': '9999', 'dry-run': 'true' }
}

/** A list of backups and a read of the cluster. */
function dryRun(cloud: Simulator, env: Record<string, string>) {
  const inputs = { operation: 'create-backup', 'cluster-id': cloud.clusterId, 'dry-run': 'true' }
  return step(cloud, inputs, { env })
}

function wait(cloud: Simulator, jobId: string) {
  return step(cloud, { operation: 'wait', 'job-id': jobId }, { clock: cloud.clock })
}

/** Milliseconds from start to end. */
async function step(
  { apiKey, baseUrl }: Simulator,
  inputs: Record<string, string>,
  options: Parameters<typeof runStep>[0],
): Promise<number> {
  const given = { 'api-key': apiKey, 'base-url': baseUrl, ...inputs }
  const result = await runStep({ with: given, timeoutMs: 60_000, ...options })
  if (result.outcome !== 'success') throw new Error(result.log.join('\n'))
  return result.durationMs
}

function poll(cloud: Simulator, jobId: string, seconds: number): Promise<number> {
  const env = { HARNESS_CLOCK: JSON.stringify(cloud.clock) }
  const asked = [cloud.baseUrl, cloud.apiKey, jobId, `${seconds}`]
  return time(['--require', clockPreload, here('./poll.cjs'), ...asked], env)
}

function curl(cloud: Simulator, jobId: string, seconds: number): Promise<number> {
  const asked = `curl -sS -H 'authorization: Bearer ${cloud.apiKey}' ${cloud.baseUrl}/v2/jobs/${jobId}`
  const loop = `until ${asked} | grep -q '"SUCCESSFUL"'; do sleep ${seconds / cloud.clock.speed}; done`
  return time(['-c', loop], {}, 'sh')
}

/** Milliseconds from start to end, in a clean environment. */
async function time(
  args: string[],
  env: Record<string, string> = {},
  command = process.execPath,
): Promise<number> {
  const lines: string[] = []
  const end = await runProcess({
    command,
    args,
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...env },
    ladderScale: 1,
    timeoutMs: 60_000,
    onLine: ({ text }) => void lines.push(text),
    onStart: () => undefined,
    describe: () => lines.join('\n'),
  })
  if (end.exitCode !== 0) throw new Error(`${command} ended with ${end.exitCode}:\n${lines.join('\n')}`)
  return end.durationMs
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

function ratio(own: number, base: number): string {
  return `${(own / base).toFixed(2)} x`
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map(row => row[column]?.length ?? 0)))
  console.log(title)
  for (const row of [head, ...rows]) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    console.log(`  ${cells.join('   ')}`)
  }
  console.log('')
}
