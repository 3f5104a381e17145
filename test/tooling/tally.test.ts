import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { node, root } from './project-copy.ts'

test('the closing line of .ci/run counts every test, and a file that cannot be loaded as a failure', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-'))
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    const files = {
      'good.test.ts': "import { test } from 'vitest'\ntest('a', () => {})\ntest.skip('b', () => {})\n",
      'bad.test.ts': "import { test } from 'vitest'\ntest('c', () => { throw new Error('c') })\n",
      'broken.test.ts': "import './nowhere.ts'\n",
    }
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
    const run = (...names: readonly string[]) => {
      const env = { TEST_TALLY: join(folder, 'tally') }
      const vitest = join(root, 'node_modules/vitest/vitest.mjs')
      const reporter = `--reporter=${join(root, 'scripts/tally.ts')}`
      const { status } = node(folder, env, vitest, 'run', '--root', folder, reporter, ...names)
      return { status, line: readFileSync(env.TEST_TALLY, 'utf8') }
    }
    expect(run()).toEqual({ status: 1, line: '1 passed, 2 failed, 1 skipped\n' })
    expect(run('good')).toEqual({ status: 0, line: '1 passed, 0 failed, 1 skipped\n' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
