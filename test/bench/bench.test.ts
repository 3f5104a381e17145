/** The bench itself, as far as it takes no time. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const bench = (...flags: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'bench/bench.ts', ...flags], { cwd: root })

test('a part of the bench prints its tables, and leaves the figures of the last release alone', async () => {
  const before = readFileSync(`${root}/bench/result.json`, 'utf8')
  const { stdout, stderr } = await bench('--quick', '--only', 'dist,looks')
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^dist\/ \(lower is better\)$/m)
  expect(stdout).toMatch(/^ {2}ours +[\d,]+ bytes/m)
  expect(stdout).toMatch(/^ {2}job of 6 h, no progress .* looks +1,600 looks +(?:yes|NO)$/m)
  expect(stdout).toMatch(/^(?:Every limit is met\.|Over the limit:)$/m)
  expect(readFileSync(`${root}/bench/result.json`, 'utf8')).toBe(before)
})

test('a measurement that does not exist is refused with the names of those that do', async () => {
  const refused = bench('--only', 'lag,speed').catch(error => error)
  await expect(refused).resolves.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^There is no speed; --only takes dist, .*fan\.\n$/),
  })
})
