import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix, win32 } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isInside, readStepFile } from '../../src/github/step-file.ts'

let folder = ''
const at = (...parts: string[]) => join(folder, ...parts)
const outside = "is not inside the workspace or the runner's temp folder"
const missing = 'is a file that is not there or cannot be read'

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'step-file-')))
  for (const name of ['workspace', 'temp', 'workspace-of-others', 'outside']) {
    mkdirSync(at(name))
    writeFileSync(at(name, 'a.json'), name)
  }
  vi.stubEnv('GITHUB_WORKSPACE', at('workspace'))
  vi.stubEnv('RUNNER_TEMP', at('temp'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('a file of the workspace or of the temp folder', () => {
  expect(readStepFile('a.json')).toEqual({ content: 'workspace' })
  expect(readStepFile('./a.json')).toEqual({ content: 'workspace' })
  expect(readStepFile('x/../a.json')).toEqual({ content: 'workspace' })
  expect(readStepFile(at('workspace', 'a.json'))).toEqual({ content: 'workspace' })
  expect(readStepFile(at('temp', 'a.json'))).toEqual({ content: 'temp' })
  expect(readStepFile('../temp/a.json')).toEqual({ content: 'temp' })
})

test('no other file, whether it is there or not', () => {
  for (const path of [
    'outside/a.json',
    'outside/gone',
    'workspace-of-others/a.json',
    'workspace',
    '..',
    '',
  ]) {
    expect([path, readStepFile(at(path))]).toEqual([path, outside])
  }
  for (const path of ['../outside/a.json', '..', '.', '/', '/etc/passwd']) {
    expect([path, readStepFile(path)]).toEqual([path, outside])
  }
})

describe('links', () => {
  test('that stay inside are followed', () => {
    symlinkSync(at('temp', 'a.json'), at('workspace', 'link.json'))
    symlinkSync(at('temp'), at('workspace', 'folder'))
    expect(readStepFile('link.json')).toEqual({ content: 'temp' })
    expect(readStepFile('folder/a.json')).toEqual({ content: 'temp' })
  })

  test('that lead out are not', () => {
    symlinkSync(at('outside', 'a.json'), at('workspace', 'link.json'))
    symlinkSync(at('outside'), at('workspace', 'folder'))
    symlinkSync(at('workspace'), at('workspace', 'itself'))
    expect(readStepFile('link.json')).toBe(outside)
    expect(readStepFile('folder/a.json')).toBe(outside)
    expect(readStepFile('folder/../a.json')).toEqual({ content: 'workspace' })
    expect(readStepFile('itself')).toBe(outside)
  })

  test('a workspace that is a link itself', () => {
    symlinkSync(at('workspace'), at('link-to-workspace'))
    vi.stubEnv('GITHUB_WORKSPACE', at('link-to-workspace'))
    expect(readStepFile('a.json')).toEqual({ content: 'workspace' })
  })
})

test('what cannot be read', () => {
  mkdirSync(at('workspace', 'folder'))
  symlinkSync(at('workspace', 'gone'), at('workspace', 'dangling'))
  expect(readStepFile('gone.json')).toBe(missing)
  expect(readStepFile('dangling')).toBe(missing)
  expect(readStepFile('a.json/b')).toBe(missing)
  expect(readStepFile('folder')).toBe('is no file')
  expect(readStepFile('a\0b')).toBe(missing)
})

test.runIf(process.platform !== 'win32')('a pipe, whose reading would never end', () => {
  execFileSync('mkfifo', [at('workspace', 'pipe')])
  expect(readStepFile('pipe')).toBe('is no file')
})

test('what PowerShell has written: without its byte order mark, and with its line ends', () => {
  writeFileSync(at('workspace', 'a.json'), '\ufeff{\r\n  "a": "\ufeffü"\r\n}\r\n')
  expect(readStepFile('a.json')).toEqual({ content: '{\r\n  "a": "\ufeffü"\r\n}\r\n' })
})

describe('on Windows', () => {
  const temp = 'D:\\a\\_temp'

  test.each([
    'D:\\a\\_temp\\zilliz-cloud-x\\receipt.json',
    'd:\\A\\_TEMP\\receipt.json',
    'D:/a/_temp/receipt.json',
    'D:\\a\\_temp\\..x\\receipt.json',
    'D:\\a\\_temp\\mit Leerzeichen\\空白.json',
  ])('%s is inside', path => {
    expect(isInside(temp, path, win32)).toBe(true)
  })

  test.each([
    temp,
    'D:\\a',
    'D:\\a\\_temp\\..\\receipt.json',
    'D:\\a\\_temp-of-others\\receipt.json',
    'C:\\a\\_temp\\receipt.json',
    '\\\\server\\share\\receipt.json',
  ])('%s is not', path => {
    expect(isInside(temp, path, win32)).toBe(false)
  })

  test('and a backslash elsewhere is a letter like any other', () => {
    expect(isInside('/tmp', '/tmp/..\\receipt.json', posix)).toBe(true)
  })
})

test('what is too large', () => {
  const largest = 64 * 1024 * 1024
  truncateSync(at('workspace', 'a.json'), largest + 1)
  expect(readStepFile('a.json')).toBe(`is a file of ${largest + 1} bytes; at most ${largest} are read`)
})

test('a runner without those folders has no file', () => {
  vi.stubEnv('GITHUB_WORKSPACE', '')
  vi.stubEnv('RUNNER_TEMP', '')
  expect(readStepFile(at('workspace', 'a.json'))).toBe(outside)
  vi.stubEnv('RUNNER_TEMP', at('temp'))
  expect(readStepFile(at('temp', 'a.json'))).toEqual({ content: 'temp' })
})
