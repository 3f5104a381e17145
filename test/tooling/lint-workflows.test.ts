import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root, tsx } from './project-copy.ts'

const action = readFileSync(join(root, 'action.yml'), 'utf8')
  .replace('description: What to do', 'description: What ${{ github.job }} to do')
  .replace(/( {2}status:\n)/, '$1    type: string\n')
  .replace(/( {2}main:)/, '  memory: 1\n$1')

const workflow = `on: push
jobs:
  backup:
    runs-on: ubuntu-latest
    memory: 1
    steps:
      - run: echo \${{ nothing.here }}
      - uses: somebody/zilliz-cloud-backup-restore@v1
        with:
          cluster: in01
`

const called = `on:
  workflow_call:
    inputs:
      cluster:
        type: string
        required: true
jobs:
  backup:
    runs-on: ubuntu-latest
    steps:
      - run: echo "\${{ inputs.cluster }}"
`

const caller = `on: push
jobs:
  backup:
    uses: ./.github/workflows/called.yml
    with:
      clusters: in01
`

const folder = mkdtempSync(join(tmpdir(), 'lint-'))
let problems = ''

beforeAll(() => {
  const texts = { 'action.yml': action, 'workflow.yml': workflow, 'called.yml': called, 'caller.yml': caller }
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text)
  const files = Object.keys(texts).map(name => join(folder, name))
  const { status, stdout, stderr } = tsx(root, 'scripts/lint-workflows.ts', ...files)
  expect(status).toBe(1)
  expect(stdout).toMatch(/^4 files of GitHub Actions checked, \d+ problems\n$/)
  problems = stderr
})

afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  [
    'an expression in a description',
    /action\.yml:\S+ Unrecognized named-value: 'github' \(languageservice\)/,
  ],
  ['an unknown key of an output', /action\.yml:\S+ Unexpected value 'type' \(languageservice\)/],
  [
    'the same, to a second tool',
    /action\.yml: \/outputs\/status .*'type' is not allowed \(action-validator\)/,
  ],
  ['an unknown key under runs', /action\.yml:\S+ Unexpected value 'memory' \(languageservice\)/],
])('what keeps an action from loading is found: %s', (_, problem) => {
  expect(problems).toMatch(problem)
})

test.each([
  ['an unknown key', /workflow\.yml:5:5 Unexpected value 'memory' \(languageservice\)/],
  ['the same, to a second tool', /workflow\.yml: \/jobs\/backup .* \(action-validator\)/],
  ['an unknown context', /workflow\.yml:7:\d+ Unrecognized named-value: 'nothing'.* \(languageservice\)/],
  [
    'an input that this action lacks',
    /workflow\.yml:10:\d+ Invalid action input 'cluster' \(languageservice\)/,
  ],
  ['an input that this action requires', /workflow\.yml:\S+ Missing required input `operation`/],
  [
    'an input that a reusable workflow lacks',
    /caller\.yml:6:\d+ .*clusters is not defined in the referenced workflow/,
  ],
  ['an input that it requires', /caller\.yml:4:\d+ Input cluster is required/],
])('what is wrong in a workflow is found: %s', (_, problem) => {
  expect(problems).toMatch(problem)
})
