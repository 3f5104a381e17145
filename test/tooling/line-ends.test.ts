import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './project-copy.ts'

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 })
const lines = (text: string) => text.split('\n').filter(line => line !== '')

test('a checkout on Windows has the files of dist byte for byte, and the transcripts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-'))
  const files = lines(git('ls-files', 'dist', 'test/stories/transcripts').toString())
  expect(files).toContain('dist/main.cjs')
  const asOnWindows = ['-c', 'core.autocrlf=true', '-c', 'core.eol=crlf']
  git(...asOnWindows, 'checkout-index', '--force', `--prefix=${folder}/`, '--', ...files)
  const differing = files.filter(
    file => !readFileSync(join(folder, file)).equals(git('cat-file', 'blob', `:${file}`)),
  )
  rmSync(folder, { recursive: true })
  expect(differing).toEqual([])
})
