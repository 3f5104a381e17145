import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'

/** Writes the one line that `.ci/run` ends with to the file that TEST_TALLY names. */
export default class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const repeated = modules.flatMap(({ children }) => [...children.allTests()].filter(hasBeenRepeated))
    for (const test of repeated) console.log(`Passed only in a slower world: ${test.fullName}`)
    const file = process.env.TEST_TALLY
    if (file !== undefined) writeFileSync(file, `${tally(modules, unhandled)}\n`)
  }
}

function hasBeenRepeated(test: TestCase): boolean {
  return test.result().state === 'passed' && (test.diagnostic()?.retryCount ?? 0) > 0
}

function tally(modules: readonly TestModule[], unhandled: readonly SerializedError[]): string {
  let passed = 0
  let skipped = 0
  let failed = unhandled.length
  for (const module of modules) {
    // A file that cannot be imported, or whose hooks throw, has no failed test to be counted by.
    failed += module.errors().length
    for (const suite of module.children.allSuites()) failed += suite.errors().length
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') passed += 1
      else if (state === 'skipped') skipped += 1
      else failed += 1
    }
  }
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
