import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import * as outputs from '../../src/github/outputs.ts'
import * as runner from '../../src/github/runner.ts'
import { redact } from '../../src/secrets.ts'
import { useStepFiles } from './step-files.ts'

const step = useStepFiles()

test('a secret is masked before it is published, and is not recorded', () => {
  outputs.publish('password', 'pass-word-1')
  expect(step.printed).toBe('::add-mask::pass-word-1\n')
  expect(step.written('output')).toEqual(['password=pass-word-1'])
  expect(outputs.published().has('password')).toBe(false)
  expect(redact('a pass-word-1 b')).toBe('a *** b')
})

test('a value is published once, without secrets, and not at all when there is none', () => {
  runner.mask('hidden-value-2')
  outputs.publish('backupName', undefined)
  outputs.publish('backupName', '')
  outputs.publish('backupName', 'a hidden-value-2 b')
  outputs.publish('backupName', 'a hidden-value-2 b')
  outputs.publish('backupName', 'c')
  expect(step.written('output')).toEqual(['backupName=a *** b', 'backupName=c'])
  expect(outputs.published().get('backupName')).toBe('c')
})

test('a long list is cut for the output, with one warning, and whole in the receipt', () => {
  const items = Array.from({ length: 5 }, (_, index) => `${index}${'x'.repeat(99_990)}`)
  outputs.publishList('deletedBackupIds', items)
  outputs.publishList('deletedBackupIds', items)
  const [first = ''] = step.written('output')
  expect(JSON.parse(first.slice('deletedBackupIds='.length))).toEqual(items.slice(0, 4))
  expect(Buffer.byteLength(first)).toBeLessThanOrEqual(400_000 + 'deletedBackupIds='.length)
  expect(step.printed.match(/::warning::/g)).toHaveLength(1)
  expect(step.printed).toContain('holds the first 4 of 5 entries')
  expect(outputs.published().get('deletedBackupIds')).toEqual(items)
})

test('lists are published without secrets in any depth', () => {
  runner.mask('hidden-value-8')
  outputs.publishList('plan', [{ 'hidden-value-8': ['hidden-value-8', 1, null, { a: 'b hidden-value-8' }] }])
  expect(step.written('output')).toEqual(['plan=[{"***":["***",1,null,{"a":"b ***"}]}]'])
})

describe('an object', () => {
  /** Publishes it as output `backup`, and gives what was written and recorded. */
  function publish(value: Record<string, unknown>) {
    const before = step.written('output').length
    outputs.publishObject('backup', value)
    const [text = '', ...more] = step.written('output').slice(before)
    expect(more).toEqual([])
    const json = text.slice('backup='.length)
    return { json, fields: Object.keys(JSON.parse(json)), whole: outputs.published().get('backup') }
  }

  test('is published as JSON, in its own order and without secrets in any depth', () => {
    runner.mask('hidden-value-14')
    const value = { b: [1, null, { c: 'x hidden-value-14' }], 'a hidden-value-14': true, size: 3 }
    const { json, whole } = publish(value)
    expect(json).toBe('{"b":[1,null,{"c":"x ***"}],"a ***":true,"size":3}')
    expect(whole).toEqual(JSON.parse(json))
    expect(step.printed).toBe('::add-mask::hidden-value-14\n')
  })

  test('that fills an output to the last byte is whole', () => {
    const value = { a: 'é'.repeat(100_000), b: 'x'.repeat(199_980) }
    const { json, fields } = publish(value)
    expect(Buffer.byteLength(json)).toBeGreaterThan(399_900)
    expect(Buffer.byteLength(json)).toBeLessThanOrEqual(400_000)
    expect(fields).toEqual(['a', 'b'])
    expect(step.printed).toBe('')
  })

  test('that is too large omits its largest fields, which a warning names, and is whole in the receipt', () => {
    const value = {
      largest: 'é'.repeat(300_000),
      id: 'b1',
      large: ['x'.repeat(399_000)],
      most: 'x'.repeat(3e5),
    }
    const { json, fields, whole } = publish(value)
    expect(fields).toEqual(['id', 'most'])
    expect(Buffer.byteLength(json)).toBeLessThanOrEqual(400_000)
    expect(whole).toEqual(value)
    outputs.writeReceipt({})
    const path = outputs.published().get('receipt')
    expect(JSON.parse(readFileSync(String(path), 'utf8')).backup).toEqual(value)
    expect(step.printed).toMatch(
      /^::warning::Output backup omits largest, large, since .* receipt has all\.\n$/,
    )
    expect(runner.reported().at(-1)).toContain('omits largest, large')
  })

  test('that is too large leaves no secret anywhere', () => {
    runner.mask('hidden-value-15')
    runner.mask('second-part\nvalue-16')
    const { json, fields, whole } = publish({
      'hidden-value-15': 'x'.repeat(400_000),
      small: 'hidden-value-15 second-part\nvalue-16',
    })
    expect(fields).toEqual(['small'])
    const printed = step.printed.replace(/^::add-mask::.*$/gm, '')
    expect(printed).toContain('Output backup omits ***')
    expect(json + JSON.stringify([whole, runner.reported()]) + printed).not.toMatch(
      /value-15|second-part|value-16/,
    )
  })
})

/** As a new process has them: one step writes one receipt. */
async function freshModules() {
  vi.resetModules()
  return {
    outputs: await import('../../src/github/outputs.ts'),
    runner: await import('../../src/github/runner.ts'),
    errors: await import('../../src/errors.ts'),
  }
}

test('a receipt that is written again has the same path, and what is known by then', async () => {
  const { outputs } = await freshModules()
  outputs.writeReceipt({ status: 'succeeded' })
  const path = String(outputs.published().get('receipt'))
  outputs.writeReceipt({ status: 'failed', error: 'the disk is full' })
  expect(step.written('output')).toEqual([`receipt=${path}`])
  const receipt = JSON.parse(readFileSync(path, 'utf8'))
  expect(receipt).toMatchObject({ status: 'failed', error: 'the disk is full' })
  expect(receipt).not.toHaveProperty('receipt')
})

test('a number is published as text and kept as one; an unknown one is not set', () => {
  outputs.publishNumber('duration', 12.5)
  outputs.publishNumber('backupSize', undefined)
  expect(step.written('output')).toEqual(['duration=12.5'])
  expect(outputs.published().get('duration')).toBe(12.5)
  expect(outputs.published().has('backupSize')).toBe(false)
})

test("a file of the runner that cannot be written is the runner's fault", async () => {
  const { outputs, runner, errors } = await freshModules()
  const nowhere = join(step.temp, 'no', 'such', 'folder')
  vi.stubEnv('GITHUB_OUTPUT', nowhere)
  vi.stubEnv('GITHUB_STATE', nowhere)
  vi.stubEnv('GITHUB_STEP_SUMMARY', nowhere)
  vi.stubEnv('RUNNER_TEMP', nowhere)
  const [output, receipt, state, summary, ...more] = errors.attemptAll(
    () => outputs.publishBoolean('created', true),
    () => outputs.writeReceipt({}),
    () => runner.saveState('clusterId', 'in01-a'),
    () => runner.writeSummary('page'),
  )
  expect(more).toEqual([])
  for (const error of [output, receipt, state, summary]) expect(error).toBeInstanceOf(errors.RunnerFileError)
  expect(String(output)).toContain('Could not write output created for the runner: ')
  expect(String(receipt)).toContain('Could not write the receipt for the runner: ')
  expect(String(state)).toContain('Could not save the state for the end of the job: ')
  expect(String(summary)).toContain('Could not write the summary for the runner: ')
})

test('the receipt is flat, readable by its owner alone, and holds no secret', async () => {
  const { outputs, runner } = await freshModules()
  vi.stubEnv('GITHUB_SERVER_URL', 'https://github.example')
  vi.stubEnv('GITHUB_REPOSITORY', 'owner/repo')
  vi.stubEnv('GITHUB_RUN_ID', '42')
  vi.stubEnv('GITHUB_RUN_ATTEMPT', '2')
  vi.stubEnv('GITHUB_SHA', 'abc')
  runner.mask('hidden-value-9')
  outputs.publishBoolean('created', true)
  outputs.publish('password', 'pass-word-9')
  outputs.writeReceipt({ operation: 'wait', error: 'no hidden-value-9 pass-word-9' })
  const path = step.written('output').at(-1)?.replace('receipt=', '') ?? ''
  expect(path.startsWith(step.temp)).toBe(true)
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  const text = readFileSync(path, 'utf8')
  expect(JSON.parse(text)).toMatchObject({
    operation: 'wait',
    error: 'no *** ***',
    created: true,
    repository: 'owner/repo',
    sha: 'abc',
    runId: '42',
    runAttempt: '2',
    runUrl: 'https://github.example/owner/repo/actions/runs/42',
  })
  expect(text).not.toMatch(/"password"|hidden-value-9|pass-word-9/)
})
