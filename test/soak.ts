/**
 * Runs the table of faults in random order and random sequences of faults, for as long as asked:
 *
 *     npm run test:soak -- --minutes 10 --seed 7
 *     npm run test:soak -- --table          the whole table, once
 *     npm run test:soak -- --seed 7 --path 12:0:3 [--cancelled]    one case that was found
 *
 * Each takes only the scenarios that are named with --only, which may stand several times. With --table, --row picks
 * the rows whose name holds that text:
 *
 *     npm run test:soak -- --table --only delete-backup --only prune-backups --row 'at DELETE, carried out'
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { nameOf, type Trial } from './faults/case.ts'
import { faultKinds } from './faults/faults.ts'
import { runAll } from './faults/pool.ts'
import { cancelledCase, drawCases, type Found, randomCase } from './faults/random.ts'
import { scenario, scenarios } from './faults/scenarios.ts'
import { wholeTable } from './faults/table.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    table: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    row: { type: 'string', default: '' },
    path: { type: 'string' },
    cancelled: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: `${availableParallelism() * 4}` },
  },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
const concurrency = Number(values.concurrency)
const began = Date.now()
const until = values.table ? Number.POSITIVE_INFINITY : began + Number(values.minutes) * 60_000
const chosen = values.only?.map(scenario) ?? scenarios
const names = chosen.map(({ name }) => name)
const table = wholeTable().filter(
  given => names.includes(given.scenario) && nameOf(given).includes(values.row),
)
if (table.length === 0) throw new Error('No row of the table has such a name.')
const count = { runs: 0, table: 0, random: 0, cancelled: 0, hit: 0, missed: 0, unsteady: 0, violations: 0 }

const targets = chosen.reduce((sum, { targets }) => sum + targets.length, 0)
console.log(
  `Seed ${seed}. ${faultKinds.length} faults, ${chosen.length} scenarios, ${targets} targets, ${table.length} rows of the table, ${concurrency} at a time.`,
)
const progress = setInterval(() => console.log(summary()), 60_000)

if (values.path !== undefined) await repeat(values.path)
else if (values.table) await runAll(table, { concurrency, onTrial: onRow })
else await soak()

clearInterval(progress)
console.log(summary())
process.exitCode = count.violations + count.missed > 0 ? 1 : 0

async function soak(): Promise<void> {
  const half = Math.ceil(concurrency / 2)
  const drawers = Array.from({ length: Math.max(1, concurrency - half) }, (_, index) => draw(index))
  const rows = runAll(shuffledForEver(), { concurrency: half, onTrial: onRow, until })
  await Promise.all([rows, ...drawers])
}

function* shuffledForEver() {
  for (let round = 0; ; round++) {
    const [order] = fc.sample(fc.shuffledSubarray(table, { minLength: table.length }), {
      seed: seed + round,
      numRuns: 1,
    })
    yield* order ?? []
  }
}

/** One of several that draw at the same time, each from seeds of its own. */
async function draw(index: number): Promise<void> {
  for (let round = 0; Date.now() < until; round++) {
    const cancelled = round % 3 === 2
    const options = { seed: seed + 1_000 * (index + 1) + round, runs: 20, milliseconds: until - Date.now() }
    const onTrial = (trial: Trial) => {
      count[cancelled ? 'cancelled' : 'random']++
      add(trial)
    }
    const found = await drawCases((cancelled ? cancelledCase : randomCase)(chosen), options, onTrial)
    if (found !== undefined) report(found, cancelled)
  }
}

async function repeat(path: string): Promise<void> {
  const options = { seed, runs: 1, milliseconds: 600_000, path }
  const found = await drawCases((values.cancelled ? cancelledCase : randomCase)(chosen), options, add)
  if (found !== undefined) report(found, values.cancelled)
}

function report({ seed: foundSeed, path, text }: Found, cancelled: boolean): void {
  count.violations++
  const only = values.only?.map(name => ` --only '${name}'`).join('') ?? ''
  console.log(
    `\nRepeat with: --seed ${foundSeed} --path ${path}${cancelled ? ' --cancelled' : ''}${only}\n${text}`,
  )
}

function onRow(trial: Trial): void {
  count.table++
  add(trial)
  // A row whose fault is never hit proves nothing.
  if (trial.hit === 0 && trial.given.injected.length > 0) {
    count.missed++
    console.log(`Never hit: ${nameOf(trial.given)}`)
  }
  if (trial.violations.length === 0) return
  count.violations++
  console.log(`\n${trial.text}`)
}

function add(trial: Trial): void {
  count.runs++
  count.hit += trial.hit
  if (trial.unsteady.length === 0) return
  count.unsteady++
  const texts = trial.unsteady.map(({ invariant, text }) => `${invariant}: ${text}`)
  console.log(`Not repeated in a slower world: ${nameOf(trial.given)}: ${texts.join('; ')}`)
}

function summary(): string {
  const seconds = Math.round((Date.now() - began) / 1_000)
  return [
    `${seconds} s: ${count.runs} runs (${count.table} of the table, ${count.random} random, ${count.cancelled} cancelled)`,
    `${count.hit} faults hit`,
    `${count.missed} rows whose fault was never hit`,
    `${count.unsteady} not repeated in a slower world`,
    `${count.violations} violations`,
  ].join(', ')
}
