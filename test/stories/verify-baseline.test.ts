/** The picture of an earlier `verify`: where it may be read from, and what is none. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createJobFolder, type JobFolder, nodes } from '../harness/runner.ts'
import { problemsOf } from './problems.ts'
import { verify } from './steps.ts'
import { errorOf, type StoryResult } from './story.ts'
import { change, expectSucceeded, lose, shortcomings, startWithData } from './verifying.ts'

const all = { collections: '*', 'collection-status': 'UNLOADED' }

/** What is wrong with `baseline`, before any request. */
function problemWith(story: StoryResult): string {
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(story.requests).toEqual([])
  const [problem = '', ...more] = problemsOf(story, 'verify')
  expect(more).toEqual([])
  const [, what = problem] =
    /^baseline: expected the path of the receipt of a verify, or its output verifiedCollections; (.*)$/.exec(
      problem,
    ) ?? []
  return what
}

describe.each(nodes)('the receipt of an earlier step, on Node %s', node => {
  test('of the same job: nothing has changed', async () => {
    await using cloud = await startWithData()
    await using jobFolder = await createJobFolder()
    const before = await verify(cloud, all, { node, jobFolder })
    const baseline = before.step.outputs.receipt ?? ''
    const story = await verify(cloud, { baseline }, { node, jobFolder })
    expectSucceeded(story)
    expect(story.step.outputs.verifiedCollections).toBe(before.step.outputs.verifiedCollections)
    await expect(story.text).toMatchFileSnapshot('transcripts/verify-baseline.txt')
  })

  test('outside of the workspace and the temp folder is refused, whether it is there or not', async () => {
    await using cloud = await startWithData()
    const outside = mkdtempSync(join(tmpdir(), 'outside-'))
    const there = join(outside, 'receipt.json')
    writeFileSync(there, '[]')
    for (const baseline of [there, `${there}.gone`, '../receipt.json', '/etc/passwd', '..']) {
      const story = await verify(cloud, { baseline }, { node })
      expect(problemWith(story)).toBe(
        `${JSON.stringify(baseline)} is not inside the workspace or the runner's temp folder`,
      )
    }
    rmSync(outside, { recursive: true })
  })
})

/** Writes a file of the workspace. */
function written({ workspace }: JobFolder, name: string, content: string | object): string {
  const path = join(workspace, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

describe('a file', () => {
  test('of the workspace, by its relative and its absolute path', async () => {
    await using cloud = await startWithData()
    await using jobFolder = await createJobFolder()
    const before = await verify(cloud, all)
    const path = written(jobFolder, 'pictures/before.json', before.step.receipt as object)
    lose(cloud, 'sales.items')
    for (const baseline of [path, 'pictures/before.json', './pictures/../pictures/before.json']) {
      const story = await verify(cloud, { baseline }, { jobFolder })
      expect(shortcomings(story)).toEqual(['sales.items: is not there.'])
    }
  })

  test('behind a link that stays inside is read, and one that leads out is not', async () => {
    await using cloud = await startWithData()
    await using jobFolder = await createJobFolder()
    const before = await verify(cloud, all)
    const path = written(jobFolder, 'before.json', before.step.receipt as object)
    symlinkSync(path, join(jobFolder.temp, 'inside.json'))
    expectSucceeded(await verify(cloud, { baseline: join(jobFolder.temp, 'inside.json') }, { jobFolder }))
    const outside = mkdtempSync(join(tmpdir(), 'outside-'))
    writeFileSync(join(outside, 'receipt.json'), JSON.stringify(before.step.receipt))
    symlinkSync(join(outside, 'receipt.json'), join(jobFolder.workspace, 'file.json'))
    symlinkSync(outside, join(jobFolder.workspace, 'folder'))
    for (const baseline of ['file.json', 'folder/receipt.json']) {
      expect(problemWith(await verify(cloud, { baseline }, { jobFolder }))).toBe(
        `"${baseline}" is not inside the workspace or the runner's temp folder`,
      )
    }
    rmSync(outside, { recursive: true })
  })

  test.each<[string, string | object, string]>([
    ['is no JSON', '{"status": ', 'is not valid JSON'],
    ['is empty', '', 'is not valid JSON'],
    ['is a text', '"receipt"', 'is neither a receipt nor a JSON array'],
    [
      'is of another operation',
      { status: 'succeeded', backups: [] },
      'has no verifiedCollections: it is not the receipt of a verify',
    ],
    [
      'is of a step that failed',
      { status: 'failed', verifiedCollections: [] },
      'is the receipt of a step that did not succeed, so it may not show everything',
    ],
    [
      'has entries that are none',
      { status: 'succeeded', verifiedCollections: [{ database: 'a', collection: 'b' }] },
      'has an entry 1 that is not one of verifiedCollections',
    ],
  ])('that %s is a problem', async (_, content, problem) => {
    await using cloud = await startWithData()
    await using jobFolder = await createJobFolder()
    written(jobFolder, 'before.json', content)
    const story = await verify(cloud, { baseline: 'before.json' }, { jobFolder })
    expect(problemWith(story)).toBe(`"before.json" ${problem}`)
  })

  test('that is missing, a folder, or too large is a problem', async () => {
    await using cloud = await startWithData()
    await using jobFolder = await createJobFolder()
    mkdirSync(join(jobFolder.workspace, 'folder'))
    truncateSync(written(jobFolder, 'large.json', ''), 64 * 1024 * 1024 + 1)
    for (const [baseline, problem] of [
      ['gone.json', 'is a file that is not there or cannot be read'],
      ['folder', 'is no file'],
      ['large.json', 'is a file of 67108865 bytes; at most 67108864 are read'],
    ] as const) {
      const story = await verify(cloud, { baseline }, { jobFolder })
      expect(problemWith(story)).toBe(`"${baseline}" ${problem}`)
    }
  })

  test('of a verify that failed shows perhaps not everything, so it is none', async () => {
    await using cloud = await startWithData()
    await using jobFolder = await createJobFolder()
    const before = await verify(cloud, { collections: '*' }, { jobFolder })
    expect(before.step.outputs.status).toBe('failed')
    const baseline = before.step.outputs.receipt ?? ''
    expect(problemWith(await verify(cloud, { baseline }, { jobFolder }))).toContain(
      'is the receipt of a step that did not succeed',
    )
  })
})

describe('the output verifiedCollections', () => {
  test('of an earlier job, as it is', async () => {
    await using cloud = await startWithData()
    const before = await verify(cloud, all)
    change(cloud, 'default.products', { rows: 119_999 })
    const story = await verify(cloud, { baseline: before.step.outputs.verifiedCollections ?? '' })
    expect(shortcomings(story)).toEqual(['default.products: has too few entities: 119,999, before 120,000.'])
  })

  test.each([
    ['[{"database":', 'is not valid JSON'],
    ['[1]', 'has an entry 1 that is not one of verifiedCollections'],
  ])('%s is none', async (baseline, problem) => {
    await using cloud = await startWithData()
    expect(problemWith(await verify(cloud, { baseline }))).toBe(`${JSON.stringify(baseline)} ${problem}`)
  })

  test('without any collection: nothing is compared, so the step fails', async () => {
    await using cloud = await startWithData()
    for (const inputs of [{}, { collections: 'products' }]) {
      const story = await verify(cloud, { baseline: '[]', ...inputs })
      expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
      expect(errorOf(story)).toBe(
        'Cluster production could not be compared with the baseline, which has no collection that was looked at. Give the receipt of a verify that looked at them, such as one with collections: "*".',
      )
    }
  })
})

test('none is no baseline, in any case', async () => {
  await using cloud = await startWithData()
  const story = await verify(cloud, { baseline: 'None' })
  expectSucceeded(story)
  expect(story.step.outputs.verifiedCollections).toBe('[]')
})
