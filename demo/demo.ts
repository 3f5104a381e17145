/** Shows the built action at work against the simulator. Nothing leaves this machine. */
import { stringify } from 'yaml'
import { type Simulator, startSimulator } from '../simulator/index.ts'
import { createCommandReader } from '../test/harness/commands.ts'
import { createMasker } from '../test/harness/masker.ts'
import { runStep, type StepResult } from '../test/harness/runner.ts'
import { createStepLog } from '../test/harness/step-log.ts'

interface Scene {
  title: string
  about: string
  id: string
  /** As it stands in a workflow. */
  with: Record<string, string | number | boolean>
  /** How long the job takes at the pretend service. */
  seconds?: number
  end: { outcome: StepResult['outcome']; status: string }
  /** What the service itself says afterwards; false when it should not be so. */
  proof: (cloud: Simulator, result: StepResult, requestsBefore: number) => string | false
}

const everyStep = {
  'api-key': '${{ secrets.ZILLIZ_API_KEY }}',
  'cluster-id': '${{ vars.ZILLIZ_CLUSTER_ID }}',
}

const scenes: readonly Scene[] = [
  {
    title: 'Back up a cluster',
    about: 'The step ends when the backup is there, not when it was asked for.',
    id: 'backup',
    with: { operation: 'create-backup', ...everyStep },
    seconds: 4,
    end: { outcome: 'success', status: 'succeeded' },
    proof: ({ world }, { outputs }) => {
      const { status, databases } = world.backup(outputs.backupId ?? '')
      const held = databases.flatMap(({ collections }) => collections).length
      return status === 'AVAILABLE' && held === 5 && `The backup is ${status} and holds ${held} collections.`
    },
  },
  {
    title: 'Back up two collections',
    about: 'Of one database, since the service takes no more into one backup.',
    id: 'orders',
    with: { operation: 'create-backup', ...everyStep, collections: 'sales.orders\nsales.items\n' },
    seconds: 3,
    end: { outcome: 'success', status: 'succeeded' },
    proof: ({ world }, { outputs }) => {
      const { status, databases } = world.backup(outputs.backupId ?? '')
      const held = databases.flatMap(({ name, collections }) => collections.map(one => `${name}.${one.name}`))
      const fits = status === 'AVAILABLE' && held.join() === 'sales.orders,sales.items'
      return fits && `The backup is ${status} and holds ${held.join(' and ')}.`
    },
  },
  {
    title: 'Restore the cluster for a pull request',
    about:
      'The step ends when the endpoint answers and everything is there, counted. The cluster is dropped when the job ends, whatever its outcome.',
    id: 'environment',
    with: {
      operation: 'restore-cluster',
      ...everyStep,
      'backup-id': '${{ steps.backup.outputs.backupId }}',
      'target-cluster': 'shop-pr-42',
      verify: true,
      'delete-after-job': true,
    },
    seconds: 4,
    end: { outcome: 'success', status: 'succeeded' },
    proof: ({ world }, { outputs, post }) => {
      const { status } = world.cluster('shop-pr-42')
      const seen: { database: string; collection: string; entities: number }[] = JSON.parse(
        outputs.verifiedCollections ?? '[]',
      )
      const isRight = seen.every(
        ({ database, collection, entities }) =>
          world.collection('production', `${database}.${collection}`).rows === entities,
      )
      const fits = status.startsWith('DELET') && seen.length === 5 && isRight && post?.outcome === 'success'
      return (
        fits &&
        `Its ${seen.length} collections had as many entities as those of production, and it is ${status} now that the job is over.`
      )
    },
  },
  {
    title: 'Delete old backups',
    about:
      'The newest two of each type stay, and so does what is younger than a week or was not made by hand.',
    id: 'prune',
    with: { operation: 'prune-backups', ...everyStep, 'keep-last': 2, 'older-than': '7d' },
    end: { outcome: 'success', status: 'succeeded' },
    proof: ({ world }, { outputs }) => {
      const left = world.backups.filter(({ status }) => status === 'AVAILABLE')
      const lines = left.map(({ backupName, creationMethod, createdAt }) => {
        const days = Math.round((world.now() - createdAt) / 86_400_000)
        return `\n    ${backupName}   ${creationMethod}, ${days === 0 ? 'made today' : `${days} days old`}`
      })
      const deleted = JSON.parse(outputs.deletedBackupIds ?? '[]').length
      const fits = deleted === 3 && left.length === world.backups.length - 3
      return fits && `${left.length} of ${world.backups.length} backups are left.${lines.join('')}`
    },
  },
  {
    title: 'A step with mistakes',
    about: 'All problems are reported at once, and nothing is sent.',
    id: 'wrong',
    with: {
      operation: 'restore-cluster',
      ...everyStep,
      'target-cluster': 'feature/search',
      'safety-backup': true,
      timeout: '2 hours',
    },
    end: { outcome: 'failure', status: 'failed' },
    proof: ({ requests }, _, before) => requests.length === before && 'No request has reached the service.',
  },
]

const started = performance.now()
const colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined
const paint = (code: number) => (text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text)
const [bold, dim, red, green, cyan] = [paint(1), paint(2), paint(31), paint(32), paint(36)] as const
const masker = createMasker()
const secrets: string[] = []
let printed = ''
/** Characters of an output that are shown. */
const longestValue = 100

await using cloud = await startSimulator({ restoreLagSeconds: 1, dataPlane: true })
// As a real endpoint, which may refuse connections for up to two minutes.
cloud.world.endpoint('shop-pr-42', { refusesForSeconds: 3 })
secrets.push(cloud.apiKey)
for (const days of [60, 50, 40, 5, 2]) addBackup('MANUAL', days)
addBackup('AUTO', 20)
/** What stands between ${{ and }} in the steps. */
const values = new Map([
  ['secrets.ZILLIZ_API_KEY', cloud.apiKey],
  ['vars.ZILLIZ_CLUSTER_ID', cloud.clusterId],
])

say(bold('\nZilliz Cloud Backup & Restore at work\n'))
say(`A pretend Zilliz Cloud listens on ${cloud.baseUrl}. Its jobs take seconds, real ones take minutes.`)
say(
  'The built action (dist/) runs as on a GitHub runner, with a base-url that leads there, and is shown live.',
)
say(`${scenes.length} steps, about 20 seconds in all: most of that is waiting for those jobs.`)

function addBackup(creationMethod: 'MANUAL' | 'AUTO', days: number): void {
  cloud.world.addBackup({ clusterId: cloud.clusterId, creationMethod, ageSeconds: days * 86_400 })
}

let good = 0
for (const [index, scene] of scenes.entries()) {
  if (await play(scene, index + 1)) good++
}
const broken = [
  ...cloud.problems.map(({ text }) => `A request broke the contract of the service: ${text}`),
  ...(secrets.some(secret => printed.includes(secret)) ? ['A secret was printed.'] : []),
]
for (const sentence of broken) say(red(sentence))
const fine = good === scenes.length && broken.length === 0
const seconds = Math.round((performance.now() - started) / 1000)
say(`\n${(fine ? green : red)(`${good} of ${scenes.length} steps ended as they should`)}, in ${seconds} s.\n`)
process.exitCode = fine ? 0 : 1

/** Runs one step, with its log live, and says whether it ended as it should. */
async function play(scene: Scene, number: number): Promise<boolean> {
  const { id, end } = scene
  heading(`${number} of ${scenes.length} · ${scene.title}`)
  say(`${scene.about}\n`)
  const step = { id, uses: 'OWNER/zilliz-cloud-backup-restore@v1', with: scene.with }
  indented(stringify([step], { lineWidth: 0 }), cyan)

  part(scene.seconds === undefined ? 'Log' : `Log (the job takes ${scene.seconds} seconds)`)
  if (scene.seconds !== undefined) cloud.world.nextJob({ durationSeconds: scene.seconds })
  const before = cloud.requests.length
  const given = Object.entries(scene.with).map(([name, value]) => [name, evaluate(String(value))])
  const result = await runStep({
    with: { ...Object.fromEntries(given), 'base-url': cloud.baseUrl },
    secrets: [cloud.apiKey],
    onLine: liveLog(),
    post: 'auto',
  })
  for (const [name, value] of Object.entries(result.outputs)) values.set(`steps.${id}.outputs.${name}`, value)
  if (result.outputs.password !== undefined) secrets.push(result.outputs.password)
  for (const secret of secrets) masker.add(secret)

  part('Outputs')
  table(Object.entries(result.outputs).map(([name, value]) => [name, shortened(value)]))
  part('Job summary')
  summary(result.summary)
  if (result.post !== undefined && result.post.log.length > 0) {
    part('After the job')
    for (const line of result.post.log) logLine(line)
  }

  const asExpected = result.outcome === end.outcome && result.outputs.status === end.status
  const proof = asExpected && scene.proof(cloud, result, before)
  part('The end')
  const colour = result.outcome === 'success' ? 'green' : 'red'
  say(`  The step is ${colour} (exit code ${result.exitCode}), status ${result.outputs.status}.`)
  say(
    proof === false
      ? red('  It should have ended otherwise.')
      : green(`  ✓ Looked up at the service: ${proof}`),
  )
  return proof !== false
}

/** Reads what the step writes as the runner does: commands work, masks hide, the rest is the log. */
function liveLog(): (line: { text: string }) => void {
  const log = createStepLog(masker, process.cwd(), false)
  const commands = createCommandReader({ log, masker, workspace: process.cwd(), debug: false })
  let seen = 0
  let shown = 0
  return ({ text }) => {
    commands.line(text, seen++)
    for (; shown < log.lines.length; shown++) logLine(log.lines[shown] ?? '')
  }
}

function logLine(line: string): void {
  const [, level, text] = /^##\[(\w+)\](.*)$/.exec(line) ?? []
  const shown =
    level === undefined ? line : `${level === 'error' ? red('Error:') : bold(`${level}:`)} ${text}`
  say(`  ${dim('│')} ${shown}`)
}

/** The page is HTML inside Markdown; here it becomes text. What it folds stays folded; all outputs are shown above. */
function summary(page: string): void {
  const shown = page
    .replace(/<details><summary>All outputs<\/summary>.*?<\/details>/gs, '')
    .replace(/<details><summary>(.*?)<\/summary>.*?<\/details>/gs, '▸ $1')
  for (const piece of shown.split(/(<table>.*?<\/table>)/s)) {
    const rows = [...piece.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
      row
        .split(/<\/t[dh]>/)
        .slice(0, -1)
        .map(plainText),
    )
    if (rows.length > 0) table(rows)
    else indented(plainText(piece))
  }
}

function plainText(html: string): string {
  return html
    .replace(/<br>/g, '\n')
    .replace(/<li>/g, '\n- ')
    .replace(/<[^>]+>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .trim()
}

function table(rows: readonly (readonly string[])[]): void {
  const widths = rows.reduce<number[]>(
    (all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, cell.length)),
    [],
  )
  for (const row of rows) {
    const before = row.slice(0, -1).map((cell, at) => `${cell.padEnd(widths[at] ?? 0)}   `)
    const below = `\n${' '.repeat(2 + before.join('').length)}`
    say(`  ${before.join('')}${row.at(-1)?.replaceAll('\n', below)}`)
  }
}

function shortened(value: string): string {
  return value.length > longestValue ? `${value.slice(0, longestValue)}…` : value
}

function evaluate(text: string): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    const value = values.get(expression)
    if (value === undefined) throw new Error(`The demo knows no value for ${expression}`)
    return value
  })
}

function heading(text: string): void {
  say(`\n${bold(`━━ ${text} ${'━'.repeat(Math.max(0, 76 - text.length))}`)}\n`)
}

function part(text: string): void {
  say(`\n  ${bold(text)}\n`)
}

function indented(text: string, colour = (line: string) => line): void {
  for (const line of text.trim().split('\n')) if (line !== '') say(`  ${colour(line)}`)
}

function say(text: string): void {
  const line = `${masker.mask(text)}\n`
  printed += line
  process.stdout.write(line)
}
