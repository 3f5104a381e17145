/**
 * How many small defects of `src/` the tests notice: each mutant is one, and is killed when a test fails with it.
 *
 *     npm run coverage                          first: which test runs what
 *     npm run test:mutation -- --sample 500     so many at random; the seed is printed
 *     npm run test:mutation -- --seed 7         the same ones again
 *     npm run test:mutation -- --files src/waiting/
 *     npm run test:mutation                     all, which takes a day
 *
 *     npm run test:mutation -- --again          goes on with the last sample: what is not killed yet, with the tests of today
 *
 *     --workers 2    processes that try mutants
 *     --seconds 60   of tests for one mutant at most; a mutant that other tests would have run counts as survived
 *
 * A test kills a mutant when it fails with it, twice, and passes without it: one that fails now and then kills nothing. Prints the
 * survivors and the score; writes .cache/mutation/result.json.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cache, digest, makeCopy, sources } from './copy.ts'
import { fileIdOf, readKnown } from './known.ts'
import { type Mutant, withMutants } from './mutants.ts'
import { batchesOf, depthOf, reaching } from './plan.ts'
import { openWorker } from './pool.ts'
import { draw } from './sample.ts'
import type { RanTest } from './tests.ts'
import { tryMutant } from './try.ts'
import { printResult, type Verdict } from './verdicts.ts'

type Result = { seed: string; sample: number; mutants: number; verdicts: Verdict[] }

const resultFile = join(cache, 'result.json')
const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string' },
    files: { type: 'string', default: 'src/' },
    workers: { type: 'string', default: '2' },
    again: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
  },
})
const files = sources()
const known = readKnown(digest(files))

const { mutants, instrumented } = await withMutants(files)
const folder = await makeCopy('mutants', instrumented)
const tests = testsById(known.tests)
const among = mutants.filter(({ path }) => path.includes(values.files))
const last: Result | undefined = values.again ? JSON.parse(readFileSync(resultFile, 'utf8')) : undefined
const seed = values.seed ?? last?.seed ?? String(Math.floor(Math.random() * 1e6))
const size = Number(values.sample ?? last?.sample ?? among.length)
const drawn = draw(among, size, seed)
const verdicts = killedBefore(drawn, last?.verdicts ?? [])
const done = new Set(verdicts.map(({ mutant }) => mutant.key))
const queue = drawn.filter(({ key }) => !done.has(key)).values()
console.log(`${drawn.length} of ${among.length} mutants, seed ${seed}; ${done.size} are killed already`)

await Promise.all(Array.from({ length: Number(values.workers) }, work))
printResult(verdicts, among.length)

/** A mutant of a line that has changed is another one. */
function killedBefore(drawn: readonly Mutant[], verdicts: readonly Verdict[]): Verdict[] {
  const keys = new Set(drawn.map(({ key }) => key))
  return verdicts.filter(({ killedBy, mutant }) => killedBy !== undefined && keys.has(mutant.key))
}

async function work(): Promise<void> {
  const worker = openWorker(folder)
  for (const mutant of queue) {
    const verdict = await tryMutant(worker, mutant, planOf(mutant))
    verdicts.push(verdict)
    const result: Result = { seed, sample: size, mutants: among.length, verdicts }
    writeFileSync(resultFile, JSON.stringify(result, undefined, 1))
    const { path, start } = mutant
    const end = verdict.killedBy === undefined ? 'survived' : `killed by ${verdict.killedBy}`
    console.log(`${verdicts.length} ${path}:${start.line} ${mutant.mutator} ${end}`)
  }
  worker.close()
}

function planOf(mutant: Mutant) {
  const shell = known.shells[mutant.path]
  if (shell === undefined) throw new Error(`${mutant.path} was not measured`)
  const ids = reaching(mutant, shell, known.hits[mutant.path])
  const reached = new Set(ids.flatMap(id => tests.get(id) ?? []))
  const depth = depthOf(known.hits[mutant.path])
  return batchesOf(mutant, { tests: [...reached], depth, most: Number(values.seconds) * 1_000 })
}

/** By their own ids, and all of a file by the id of the file, which those of its tests begin with. */
function testsById(all: readonly RanTest[]): Map<string, RanTest[]> {
  const map = new Map<string, RanTest[]>()
  for (const test of all.filter(({ state }) => state === 'passed')) {
    const file = fileIdOf(test.id)
    map.set(test.id, [test]).set(file, [...(map.get(file) ?? []), test])
  }
  return map
}
