import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { copyProject, tsx } from './project-copy.ts'

// Up to four builds in one test, which a busy machine does not do in half a minute.
vi.setConfig({ testTimeout: 180_000 })

test('the same sources make the same files wherever they lie', () => {
  using here = copyProject()
  using there = copyProject('at/another/depth')
  for (const { path } of [here, there]) expect(tsx(path, 'scripts/build.ts')).toMatchObject({ status: 0 })
  expect(contents(join(there.path, 'dist'))).toEqual(contents(join(here.path, 'dist')))
})

test('--check is content with a fresh dist and names each stale or surplus file', () => {
  using project = copyProject()
  const check = () => tsx(project.path, 'scripts/build.ts', '--check')
  expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining('dist/main.cjs is stale') })

  tsx(project.path, 'scripts/build.ts')
  expect(check()).toEqual({ status: 0, stdout: '', stderr: '' })

  writeFileSync(join(project.path, 'dist/old.cjs'), '')
  expect(check()).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('dist/old.cjs is no longer built'),
  })

  appendFileSync(join(project.path, 'src/main.ts'), '\nconsole.log(1)\n')
  expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining('dist/main.cjs is stale') })
})

test('a bundle that has grown too large is refused', () => {
  using project = copyProject()
  appendFileSync(join(project.path, 'src/main.ts'), `\nconsole.log('${'x'.repeat(150_000)}')\n`)
  expect(tsx(project.path, 'scripts/build.ts')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/dist\/create-backup\.cjs has \d+ bytes with all it loads; at most 150000/),
  })
})

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map(file => [file, readFileSync(join(folder, file), 'utf8')]))
}
