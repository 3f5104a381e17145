import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { vendorCli } from '../../judge/vendor-cli.ts'
import { exitCode, shown, type Verdict } from '../../judge/verdict.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

const verdict = (outcome: Verdict['outcome']): Verdict => ({ name: 'One', outcome, detail: 'why' })

test('what was skipped is counted as skipped and says why', () => {
  expect(shown([verdict('passed'), verdict('skipped'), verdict('skipped')])).toBe(
    'One: passed: why\nOne: skipped: why\nOne: skipped: why\n1 passed, 0 failed, 2 skipped\n',
  )
})

test('a finding ends with 1', () => {
  expect(exitCode([verdict('passed'), verdict('skipped')])).toBe(0)
  expect(exitCode([verdict('passed'), verdict('failed')])).toBe(1)
})

test('the CLI of the vendor is skipped where it is not on the PATH', async () => {
  vi.stubEnv('PATH', tmpdir())
  expect(await vendorCli()).toEqual({
    name: 'CLI of the vendor',
    outcome: 'skipped',
    detail: 'zilliz is not on the PATH',
  })
})

test.skipIf(process.platform === 'win32')(
  'a CLI that does nothing and ends with 0 does not pass',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'judge-test-'))
    try {
      await writeFile(join(folder, 'zilliz'), '#!/bin/sh\n')
      await chmod(join(folder, 'zilliz'), 0o755)
      vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
      const { outcome, detail } = await vendorCli()
      expect(outcome).toBe('failed')
      expect(detail).toContain('zilliz cluster list ended with 0 and did not show in01-')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
)
