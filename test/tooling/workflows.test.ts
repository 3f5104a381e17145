/** What holds of the workflows of this repository, besides what the linters find. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from './project-copy.ts'

interface Step {
  uses?: string
  run?: string
  with?: Record<string, unknown>
}

interface Job {
  if?: string
  needs?: string | string[]
  permissions?: Record<string, string>
  'timeout-minutes'?: number
  steps: Step[]
}

interface Workflow {
  permissions: unknown
  concurrency?: { group: string }
  jobs: Record<string, Job>
}

const folder = join(root, '.github/workflows')
const files = readdirSync(folder)
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8')
const readWorkflow = (file: string): Workflow => parse(textOf(file))

test('the workflows are found', () => {
  expect(files.sort()).toEqual(['ci.yml', 'codeql.yml', 'release.yml'])
})

describe.each(files)('%s', file => {
  const { permissions, concurrency, jobs } = readWorkflow(file)
  const entries = Object.entries(jobs)
  const steps = entries.flatMap(([, job]) => job.steps)

  test('names each action by a commit, with its version', () => {
    const uses = [...textOf(file).matchAll(/\buses: (.*)$/gm)].map(([, name = '']) => name)
    const pinned = /^[\w-]+(?:\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/
    expect(uses.filter(name => name !== './' && !pinned.test(name))).toEqual([])
    expect(uses).toHaveLength(steps.filter(step => step.uses !== undefined).length)
  })

  test('leaves no credentials behind a checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.filter(step => step.with?.['persist-credentials'] !== false)).toEqual([])
  })

  test('gives each job its rights and a limit', () => {
    expect(permissions).toEqual({})
    expect(concurrency?.group).toBeDefined()
    const lacking = entries.filter(([, job]) => !job['timeout-minutes'] || job.permissions === undefined)
    expect(lacking.map(([id]) => id)).toEqual([])
  })

  test('keeps expressions out of scripts', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([])
  })
})

test('the gate of ci.yml runs after every other job, also after one that fails', () => {
  const { gate, ...others } = readWorkflow('ci.yml').jobs
  expect(gate?.needs).toEqual(Object.keys(others))
  expect(gate?.if).toBe('${{ always() }}')
})

test('what may write in release.yml runs nothing from npm', () => {
  const { check, ...writing } = readWorkflow('release.yml').jobs
  expect(check?.permissions).toEqual({ contents: 'read' })
  const scripts = Object.values(writing).flatMap(({ steps }) => steps.flatMap(({ run = '' }) => run))
  expect(scripts.filter(script => /\b(?:npm|npx|tsx|node_modules|\.ci)\b/.test(script))).toEqual([])
})
