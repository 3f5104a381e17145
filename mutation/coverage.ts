/**
 * Line coverage of `src/` by units and stories together, also in the processes that the stories start.
 *
 *     npm run coverage                       the whole suite
 *     npm run coverage -- test/waiting       the tests whose path holds one of these texts
 *
 * It prints each file below the limit with the lines that no test runs, and fails when the whole is below it.
 * What each test has run is kept in .cache/mutation/ for `npm run test:mutation`; of some tests it is added
 * to what is known, and the table is that of all.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FileCoverageData } from 'istanbul-lib-coverage'
import { createInstrumenter } from 'istanbul-lib-instrument'
import { cache, digest, makeCopy, type Source, sources } from './copy.ts'
import { collectHits, coverageOf } from './hits.ts'
import { writeKnown } from './known.ts'
import { printCoverage } from './report.ts'
import { openTests } from './tests.ts'

const limit = 97
const probed = join(cache, 'probed')

const shells: Record<string, FileCoverageData> = {}
const files = sources()
const folder = await makeCopy('coverage', files.map(instrumented))
rmSync(probed, { recursive: true, force: true })
mkdirSync(probed)
process.env.PROBE_FOLDER = probed

const tests = await openTests(folder, { quiet: false })
const ran = await tests.runFiles(process.argv.slice(2))
await tests.close()
const hits = await collectHits(probed)
const now = { sources: digest(files), tests: ran, shells, hits }
const known = writeKnown(now, process.argv.length > 2)
const lines = printCoverage(coverageOf(shells, known.hits), limit)
process.exitCode = lines >= limit ? 0 : 1

function instrumented({ path, text }: Source): Source {
  const instrumenter = createInstrumenter({
    esModules: true,
    compact: false,
    parserPlugins: ['typescript', 'explicitResourceManagement'],
  } as never)
  const code = instrumenter.instrumentSync(text, path)
  shells[path] = instrumenter.lastFileCoverage() as FileCoverageData
  return { path, text: code }
}
