/** Schemathesis: requests made from the two documents, against the simulator. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Document } from 'openapi-backend'
import { parse } from 'yaml'
import { type Simulator, startSimulator } from '../simulator/index.ts'
import { command } from './command.ts'
import { withLinks } from './links.ts'
import type { Verdict } from './verdict.ts'

/** Newest known; wheels alone, so that no package runs a script of its own when it is installed. */
const VERSION = '4.32.5'

const root = fileURLToPath(new URL('..', import.meta.url))
const cache = join(root, '.cache', 'judge')

export interface Run {
  seed: number
  examples: number
}

/** Installs it once, into the cache of this clone; undefined with the reason when it cannot be had. */
async function installed(): Promise<{ program: string } | { missing: string }> {
  const venv = join(cache, `schemathesis-${VERSION}`)
  const bin = join(venv, process.platform === 'win32' ? 'Scripts' : 'bin')
  const program = join(bin, 'st')
  if ((await command(program, ['--version'])).code === 0) return { program }
  await mkdir(cache, { recursive: true })
  const made = await command('python3', ['-m', 'venv', '--clear', venv])
  if (made.code !== 0)
    return { missing: `python3 cannot make a virtual environment: ${lastLine(made.output)}` }
  const pip = ['install', '--quiet', '--only-binary', ':all:', `schemathesis==${VERSION}`]
  const got = await command(join(bin, 'pip'), pip)
  return got.code === 0 ? { program } : { missing: `pip could not install it: ${lastLine(got.output)}` }
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''

export async function schemathesis(run: Run): Promise<Verdict[]> {
  const program = await installed()
  if ('missing' in program) return [{ name: 'Schemathesis', outcome: 'skipped', detail: program.missing }]
  return [
    await judged(program.program, { ...run, plane: 'cloud' }),
    await judged(program.program, { ...run, plane: 'cluster' }),
  ]
}

type Plane = 'cloud' | 'cluster'

/** A simulator of its own, at a speed at which jobs end between requests, and with a rate limit that is met now and then. */
async function judged(program: string, { plane, seed, examples }: Run & { plane: Plane }): Promise<Verdict> {
  const cloud = await startSimulator({
    speed: 300,
    requestsPerSecond: 1,
    dataPlane: true,
    onRequest: () => revive(),
  })
  const { ids, revive } = furnish(cloud)
  const folder = await mkdtemp(join(tmpdir(), 'judge-'))
  try {
    const document = join(folder, 'document.json')
    await writeFile(document, JSON.stringify(await linkedDocument(plane, cloud.clusterId)))
    const url = plane === 'cloud' ? cloud.baseUrl : await cloud.connectAddress(cloud.clusterId)
    const report = join(folder, 'report.json')
    const args = [
      ...['--config-file', join(root, 'judge', 'schemathesis.toml'), 'run', document, '--url', url],
      ...['--header', `Authorization: Bearer ${cloud.apiKey}`, '--max-examples', `${examples}`],
      ...['--seed', `${seed}`, '--generation-database', 'none', '--no-color'],
      ...['--report', 'json', '--report-json-path', report],
    ]
    const { code, output } = await command(program, args, { env: ids, cwd: folder, echo: true })
    return verdictOf(cloud, plane, { code, output, cases: await casesOf(report) })
  } finally {
    await cloud.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Whose ids are known to the configuration. What a request ended comes back, or all later ones would find nothing. */
function furnish({ world, clusterId, projectId }: Simulator) {
  const spares = [1, 2, 3].map(number => world.addCluster({ clusterName: `spare-${number}` }))
  const backups = [1, 2, 3].map(days => world.addBackup({ clusterId, ageSeconds: days * 86_400 }))
  const ids = Object.fromEntries([
    ['JUDGE_CLUSTER', clusterId],
    ['JUDGE_PROJECT', projectId],
    ...spares.map((spare, index) => [`JUDGE_SPARE_${index + 1}`, spare.clusterId]),
    ...backups.map((backup, index) => [`JUDGE_BACKUP_${index + 1}`, backup.backupId]),
  ])
  const source = world.cluster(clusterId)
  const revive = () => {
    source.status = 'RUNNING'
    for (const backup of backups) backup.status = 'AVAILABLE'
  }
  return { ids, revive }
}

async function linkedDocument(plane: Plane, clusterId: string): Promise<Document> {
  const text = await readFile(join(root, 'api', `zilliz-${plane}.openapi.yaml`), 'utf8')
  return withLinks(parse(text) as Document, clusterId)
}

/** Undefined when it ended before it had written its report, which is empty until then. */
async function casesOf(report: string): Promise<number | undefined> {
  const text = await readFile(report, 'utf8').catch(() => '')
  return text === '' ? undefined : JSON.parse(text).test_cases.generated
}

/** A response of the simulator that does not fit its own document counts as a finding too. */
function verdictOf(
  { requests, dataRequests, problems }: Simulator,
  plane: Plane,
  { code, output, cases }: { code: number; output: string; cases: number | undefined },
): Verdict {
  const name = `Schemathesis, ${plane === 'cloud' ? 'control plane' : 'data plane'}`
  const own = problems
    .filter(({ side }) => side === 'response')
    .map(({ operationId, text }) => `${operationId}: ${text}`)
  const arrived = plane === 'cloud' ? requests : dataRequests
  const unanswered = arrived.filter(({ status }) => status === undefined).length
  if (unanswered > 0) own.push(`${unanswered} requests without an answer`)
  if (cases === undefined) own.push('it ended without a report')
  const detail = `${cases ?? 'unknown'} cases, ${arrived.length} requests (${counted(arrived.map(({ status }) => `${status}`))})`
  if (code === 0 && own.length === 0 && arrived.length > 0) return { name, outcome: 'passed', detail }
  return { name, outcome: 'failed', detail: [detail, ...own, lastLine(output)].join('\n  ') }
}

function counted(words: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].map(([word, count]) => `${count} x ${word}`).join(', ')
}
