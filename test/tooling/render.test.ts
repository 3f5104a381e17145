import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { action, inputs, outputs, version } from '../../src/contract.ts'
import { copyProject, root, tsx } from './project-copy.ts'

test('the version is the same in src/contract.ts, package.json and package-lock.json', () => {
  expect(json('package.json').version).toBe(version)
  expect(json('package-lock.json').version).toBe(version)
})

test('action.yml and the tables follow src/contract.ts', () => {
  expect(tsx(root, 'scripts/render.ts', '--check')).toEqual({ status: 0, stdout: '', stderr: '' })
})

// The Marketplace refuses 125 characters and more.
test('the description in action.yml is short', () => {
  expect(action.description.length).toBeLessThanOrEqual(120)
})

test('action.yml holds no name that src/contract.ts lacks', () => {
  const manifest = parse(readFileSync(join(root, 'action.yml'), 'utf8'))
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(manifest.inputs)))
  expect(Object.keys(outputs)).toEqual(expect.arrayContaining(Object.keys(manifest.outputs)))
})

test.each([
  ['action.yml', 'What to do.'],
  ['README.md', 'What to do.'],
  ['DESIGN.md', 'Taken on'],
  ['README.zh-CN.md', '要执行的操作。'],
])('--check notices an edit by hand in %s', (file, text) => {
  using project = copyProject()
  edit(join(project.path, file), text, 'What you like.')
  expect(tsx(project.path, 'scripts/render.ts', '--check')).toMatchObject({
    status: 1,
    stderr: `${file} does not follow its source: run "npm run render".\n`,
  })
  expect(readFileSync(join(project.path, file), 'utf8')).toContain('What you like.')
})

test('a change of src/contract.ts makes both stale, and rendering mends them', () => {
  using project = copyProject()
  edit(join(project.path, 'src/contract.ts'), 'What to do.', 'What to do: this | that.')
  const stale = tsx(project.path, 'scripts/render.ts', '--check')
  expect(stale).toMatchObject({ status: 1, stderr: expect.stringMatching(/^action\.yml .*\nREADME\.md /) })

  expect(tsx(project.path, 'scripts/render.ts')).toMatchObject({ status: 0 })
  expect(tsx(project.path, 'scripts/render.ts', '--check')).toMatchObject({ status: 0 })
  expect(readFileSync(join(project.path, 'README.md'), 'utf8')).toContain('What to do: this \\| that.')
  const manifest = parse(readFileSync(join(project.path, 'action.yml'), 'utf8'))
  expect(manifest.inputs.operation.description).toContain('What to do: this | that.')
})

test.each([
  ['What to ${{ github.job }}.', 'the text of operation for README.md holds an expression'],
  ['', 'operation has no text in the language of README.md'],
])('the description "%s" is refused', (description, message) => {
  using project = copyProject()
  edit(join(project.path, 'src/contract.ts'), 'What to do.', description)
  expect(tsx(project.path, 'scripts/render.ts')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(message),
  })
})

test.each([
  ["'backups-of'", "'describe-backup'", 'describe-backup has no text in the language of README.zh-CN.md'],
  ["      jobIds: '',", /^ {6}jobIds: .*$/m, 'jobIds has no text in the language of README.zh-CN.md'],
])('a text that is missing in Chinese is refused: %s', (replacement, pattern, message) => {
  using project = copyProject()
  edit(join(project.path, 'scripts/chinese.ts'), pattern, replacement)
  expect(tsx(project.path, 'scripts/render.ts')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(message),
  })
})

function json(file: string): { version: string } {
  return JSON.parse(readFileSync(join(root, file), 'utf8'))
}

function edit(path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(path, 'utf8')
  expect(text).toMatch(from)
  writeFileSync(
    path,
    text.replace(from, () => to),
  )
}
