import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Named rather than left to Vitest, which picks another reporter when it thinks that no person reads.
const reporters: string[] = ['default']
if (process.env.GITHUB_ACTIONS === 'true') reporters.push('github-actions')
if (process.env.TEST_TALLY !== undefined) reporters.push('./scripts/tally.ts')

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // The stories mostly wait for processes of their own, so two of them share even one core well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // They end what hangs, and say nothing of speed: other work on the machine must not fail a test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // See the file of the setup: what fails is run again in a slower world; a property never, since it draws anew.
    retry: { count: 1, condition: /^(?!Property failed)/ },
    setupFiles: ['test/harness/slower-world.ts'],
    reporters,
  },
})
