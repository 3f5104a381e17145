/** Vitest in a copy of the project, kept open, so that one test needs no second start. */
import { join, relative } from 'node:path'
import { createVitest, type TestCase, type TestModule, type TestRunResult } from 'vitest/node'

/**
 * These read the sources, `dist/` or the repository as text, and would find the instrumentation; or they prove
 * tools of this repository, and run nothing of `src/`.
 */
const notRun = [
  ...[
    'architecture',
    'build',
    'dist',
    'installed',
    'links',
    'lint-workflows',
    'packages',
    'tally',
    'vitest',
  ].map(name => `test/tooling/${name}.test.ts`),
  'test/harness/slower-world.test.ts',
  'test/bench/**',
  'test/mutation/**',
  'test/simulator/**',
]

/** Neither passed nor failed: skipped, or not run since another had failed. */
export type RanTest = { id: string; file: string; name: string; ms: number; state: string }

const noTest = { id: '', ms: 0, state: 'failed' }

export type Tests = {
  runFiles(filters: readonly string[]): Promise<RanTest[]>
  /** Of each file these tests; ends with the first one that fails. */
  runTests(chosen: readonly { file: string; ids: readonly string[] }[]): Promise<RanTest[]>
  close(): Promise<void>
}

export async function openTests(
  folder: string,
  { quiet, workers }: { quiet: boolean; workers?: number },
): Promise<Tests> {
  // A transcript or snapshot that is not there must fail, and none may be written.
  process.env.CI = 'true'
  const seen: TestCase[] = []
  let stopAtFailure = false
  const watcher = {
    onTestCaseResult(test: TestCase) {
      seen.push(test)
      if (!quiet && test.result().state === 'failed') console.log(`failed: ${test.fullName}`)
      if (stopAtFailure && test.result().state === 'failed') void vitest.cancelCurrentRun('test-failure')
    },
    onTestModuleEnd(module: TestModule) {
      if (!quiet) console.log(`${module.state()} ${relative(folder, module.moduleId)}`)
    },
  }
  const vitest = await createVitest('test', {
    root: folder,
    watch: false,
    cache: false,
    // A failure is tried again by whoever asked, without the mutant too.
    retry: 0,
    exclude: ['**/node_modules/**', ...notRun],
    setupFiles: [join(folder, 'mutation/setup.ts')],
    reporters: [watcher],
    ...(workers === undefined ? {} : { maxWorkers: workers }),
  } as never)
  const project = vitest.getRootProject()
  const run = async (start: () => Promise<TestRunResult>): Promise<RanTest[]> => {
    seen.length = 0
    const { testModules, unhandledErrors } = await start()
    const broken = testModules.filter(module => module.errors().length > 0)
    const unhandled = unhandledErrors.map(error => ({ ...noTest, file: '', name: `(error) ${error}` }))
    return [...seen.map(asRan), ...broken.map(asBroken), ...unhandled]
  }
  return {
    runFiles: async filters => {
      const specifications = await vitest.globTestSpecifications([...filters])
      return run(() => vitest.runTestSpecifications(specifications))
    },
    runTests: chosen => {
      stopAtFailure = true
      const specifications = chosen.map(({ file, ids }) =>
        project.createSpecification(join(folder, file), { testIds: [...ids] }),
      )
      return run(() => vitest.runTestSpecifications(specifications))
    },
    close: () => vitest.close(),
  }

  function asRan(test: TestCase): RanTest {
    const { state } = test.result()
    const ms = Math.round(test.diagnostic()?.duration ?? 0)
    const file = relative(folder, test.module.moduleId)
    return { id: test.id, file, name: test.fullName, ms, state }
  }

  /** A file that could not be imported has no test that has failed. */
  function asBroken(module: TestModule): RanTest {
    return { ...noTest, file: relative(folder, module.moduleId), name: '(import)' }
  }
}
