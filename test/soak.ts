/**
 * Runs the table of faults in random order and random sequences of faults, for as long as asked:
 *
 *     npm run test:soak -- --minutes 10 --seed 7
 *     npm run test:soak -- --table          the whole table, once
 *     npm run test:soak -- --seed 7 --path 12:0:3 [--cancelled]    one found case again
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
    'at-once': { type: 'string', default: `${availableParallelism() * 4}` },
  },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
const atOnce = Number(values['at-once'])
const began = Date.now()
const until = values.table ? Number.POSITIVE_INFINITY : began + Number(values.minutes) * 60_000
const among = values.only?.map(scenario) ?? scenarios
const names = among.map(({ name }) => name)
const table = wholeTable().filter(
  given => names.includes(given.scenario) && nameOf(given).includes(values.row),
)
if (table.length === 0) throw new Error('No row of the table has such a name.')
const count = { runs: 0, table: 0, random: 0, cancelled: 0, met: 0, missed: 0, unsteady: 0, violations: 0 }

const targets = among.reduce((sum, { targets }) => sum + targets.length, 0)
console.log(
  `Seed ${seed}. ${faultKinds.length} faults, ${among.length} scenarios, ${targets} targets, ${table.length} rows of the table, ${atOnce} at once.`,
)
const progress = setInterval(() => console.log(told()), 60_000)

if (values.path !== undefined) await again(values.path)
else if (values.table) await runAll(table, atOnce, seenInTable)
else await soak()

clearInterval(progress)
console.log(told())
process.exitCode = count.violations + count.missed > 0 ? 1 : 0

async function soak(): Promise<void> {
  const half = Math.ceil(atOnce / 2)
  const drawers = Array.from({ length: Math.max(1, atOnce - half) }, (_, index) => draw(index))
  await Promise.all([runAll(shuffledForEver(), half, seenInTable, until), ...drawers])
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

/** One of several that draw at once, each from seeds of its own. */
async function draw(index: number): Promise<void> {
  for (let round = 0; Date.now() < until; round++) {
    const cancelled = round % 3 === 2
    const options = { seed: seed + 1_000 * (index + 1) + round, runs: 20, milliseconds: until - Date.now() }
    const seen = (trial: Trial) => {
      count[cancelled ? 'cancelled' : 'random']++
      tally(trial)
    }
    const found = await drawCases((cancelled ? cancelledCase : randomCase)(among), options, seen)
    if (found !== undefined) tellFound(found, cancelled)
  }
}

async function again(path: string): Promise<void> {
  const options = { seed, runs: 1, milliseconds: 600_000, path }
  const found = await drawCases((values.cancelled ? cancelledCase : randomCase)(among), options, tally)
  if (found !== undefined) tellFound(found, values.cancelled)
}

function tellFound({ seed: own, path, text }: Found, cancelled: boolean): void {
  count.violations++
  const only = values.only?.map(name => ` --only '${name}'`).join('') ?? ''
  console.log(`\nAgain with: --seed ${own} --path ${path}${cancelled ? ' --cancelled' : ''}${only}\n${text}`)
}

function seenInTable(trial: Trial): void {
  count.table++
  tally(trial)
  // A row whose fault is never met proves nothing.
  if (trial.hit === 0) {
    count.missed++
    console.log(`Never met: ${nameOf(trial.given)}`)
  }
  if (trial.violations.length === 0) return
  count.violations++
  console.log(`\n${trial.text}`)
}

function tally(trial: Trial): void {
  count.runs++
  count.met += trial.hit
  if (trial.unsteady.length === 0) return
  count.unsteady++
  const texts = trial.unsteady.map(({ invariant, text }) => `${invariant}: ${text}`)
  console.log(`Not seen again in a slower world: ${nameOf(trial.given)}: ${texts.join('; ')}`)
}

function told(): string {
  const seconds = Math.round((Date.now() - began) / 1_000)
  return [
    `${seconds} s: ${count.runs} runs (${count.table} of the table, ${count.random} random, ${count.cancelled} cancelled)`,
    `${count.met} faults met`,
    `${count.missed} rows whose fault was never met`,
    `${count.unsteady} not seen again in a slower world`,
    `${count.violations} violations`,
  ].join(', ')
}
