import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { inputs, operations } from '../src/contract.ts'
import { actionName, examples, type WorkflowStep } from './harness/workflows.ts'

const root = dirname(import.meta.dirname)

test('the snippets of the README are YAML, and use only operations and inputs that exist', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  const snippets = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml]) => yaml ?? '')
  const steps = snippets.flatMap(yaml => stepsIn(parse(yaml)))
  expect(steps.length).toBeGreaterThan(8)
  for (const step of steps) {
    expect(step.uses).toMatch(actionName)
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
    const operation = String(step.with?.operation)
    if (operation !== '${{ inputs.operation }}') expect(operations).toContain(operation)
  }
})

test('the README names every example, and its links lead somewhere', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  const prose = text.replace(/^```.*?^```$/gms, '')
  const headings = [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )
  const links = [...prose.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
  const lost = links.filter(link => {
    if (link.startsWith('https://')) return false
    return link.startsWith('#') ? !headings.includes(link.slice(1)) : !existsSync(join(root, link))
  })
  expect(lost).toEqual([])
  expect(links).toEqual(expect.arrayContaining(examples.map(file => `examples/${file}`)))
})

/** Steps that use the action, wherever they stand in a piece of a workflow. */
function stepsIn(piece: unknown): WorkflowStep[] {
  if (typeof piece !== 'object' || piece === null) return []
  const { uses } = piece as WorkflowStep
  if (typeof uses === 'string' && uses.includes('zilliz-cloud-backup-restore')) return [piece as WorkflowStep]
  return Object.values(piece).flatMap(stepsIn)
}
