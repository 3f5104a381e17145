import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { covers, inputs, operations } from '../src/contract.ts'
import { readPage } from './harness/markdown.ts'
import { actionName, examples, type WorkflowStep } from './harness/workflow/files.ts'

const root = dirname(import.meta.dirname)
const details = readdirSync(join(root, 'docs'))
  .filter(file => file.endsWith('.md'))
  .map(file => `docs/${file}`)

test.each(['README.md', 'README.zh-CN.md', ...details])(
  'the snippets of %s are YAML, and use what exists',
  file => {
    const snippets = readPage(file).code.filter(({ language }) => language === 'yaml')
    for (const step of snippets.flatMap(({ text }) => stepsIn(parse(text)))) {
      expect(step.uses).toMatch(actionName)
      const operation = operations.find(name => name === step.with?.operation)
      expect(operation).toBeDefined()
      const taken = Object.entries(inputs).filter(
        ([, input]) => operation && covers(input.operations, operation),
      )
      expect(taken.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
    }
  },
)

test('the README has steps to copy', () => {
  const steps = readPage('README.md').code.flatMap(({ language, text }) =>
    language === 'yaml' ? stepsIn(parse(text)) : [],
  )
  expect(steps.map(step => step.with?.operation)).toEqual(
    expect.arrayContaining(['create-backup', 'restore-cluster', 'prune-backups']),
  )
})

test.each(['README.md', 'docs/recipes.md'])('%s names every example', file => {
  const prefix = file === 'README.md' ? '' : '../'
  expect(readPage(file).links).toEqual(
    expect.arrayContaining(examples.map(example => `${prefix}examples/${example}`)),
  )
})

test.each(['README.md', 'README.zh-CN.md'])('%s is short', file => {
  expect(readPage(file).lines).toBeLessThanOrEqual(380)
})

test('the README leads to every page of details', () => {
  expect(readPage('README.md').links).toEqual(expect.arrayContaining(details))
})

test.each(['what-success-means', 'timeouts-and-re-runs', 'permissions'])(
  'docs/%s.md has a row for every operation',
  name => {
    const cells = readPage(`docs/${name}.md`).rows.map(([first = '']) => first)
    expect(operations.filter(operation => !cells.some(cell => cell.includes(`\`${operation}\``)))).toEqual([])
  },
)

/** Steps that use the action, wherever they stand in a piece of a workflow. */
function stepsIn(piece: unknown): WorkflowStep[] {
  if (typeof piece !== 'object' || piece === null) return []
  const { uses } = piece as WorkflowStep
  if (typeof uses === 'string' && uses.includes('zilliz-cloud-backup-restore')) return [piece as WorkflowStep]
  return Object.values(piece).flatMap(stepsIn)
}
