import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createJobFolder, nodes, runPost } from './runner.ts'
import { printing, runToy } from './toy/toy.ts'

const report = (expression: string): string => `console.log(JSON.stringify(${expression}))`
const reported = (result: { log: string[] }): unknown => JSON.parse(result.log.at(-1) ?? '')

describe('inputs', () => {
  const script = report(
    `Object.fromEntries(Object.entries(process.env).filter(([k]) => k.startsWith('INPUT_') && k !== 'INPUT_SCRIPT'))`,
  )

  test('absent keys get their default, hyphens stay, blanks become underscores', async () => {
    const result = await runToy(script, { with: { 'two words': 'yes' }, githubToken: 'ghs_1234567890' })
    expect(JSON.parse(result.rawLines.at(-1)?.text ?? '')).toEqual({
      'INPUT_API-KEY': '',
      'INPUT_POST-SCRIPT': '',
      'INPUT_WITH-DEFAULT': 'the default',
      'INPUT_GITHUB-TOKEN': 'ghs_1234567890',
      INPUT_TWO_WORDS: 'yes',
    })
    expect(result.log.at(-1)).toContain('"INPUT_GITHUB-TOKEN":"***"')
  })

  test('an empty value stays empty', async () => {
    const result = await runToy(script, { with: { 'with-default': '', 'github-token': '' } })
    expect(reported(result)).toMatchObject({ 'INPUT_WITH-DEFAULT': '', 'INPUT_GITHUB-TOKEN': '' })
  })

  test('an unknown key is a warning, and passed on', async () => {
    const result = await runToy(script, { with: { colour: 'red' } })
    expect(result.annotations[0]).toMatchObject({ level: 'warning' })
    expect(result.log[0]).toMatch(
      /^##\[warning\]Unexpected input\(s\) 'colour', valid inputs are \['script', /,
    )
    expect(reported(result)).toMatchObject({ INPUT_COLOUR: 'red' })
    expect(result.outcome).toBe('success')
  })
})

describe('environment', () => {
  test("nothing of the developer's own gets in, an extra variable wins", async () => {
    process.env.DEVELOPER = 'own'
    const result = await runToy(report('process.env'), { env: { GITHUB_RUN_ID: '7', ZILLIZ_API_KEY: 'k' } })
    delete process.env.DEVELOPER
    const env = reported(result) as Record<string, string>
    expect(env).toMatchObject({ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_RUN_ID: '7', ZILLIZ_API_KEY: 'k' })
    const others = Object.keys(env).filter(name => !/^(GITHUB|RUNNER|ACTIONS|INPUT)_/.test(name))
    expect(others.sort()).toEqual(['CI', 'HOME', 'LANG', 'PATH', 'ZILLIZ_API_KEY'])
    expect(env.RUNNER_DEBUG).toBeUndefined()
  })

  test('the event is a file, and a pull request names itself', async () => {
    const script = report(`[process.env.GITHUB_EVENT_NAME, require(process.env.GITHUB_EVENT_PATH)]`)
    const event = { pull_request: { number: 3 } }
    expect(reported(await runToy(script, { event }))).toEqual(['pull_request', event])
  })

  test('debug logging shows debug lines and echoes commands', async () => {
    const script = `${printing('::debug::inner', '::group::g')}; console.log('debug is', process.env.RUNNER_DEBUG)`
    expect((await runToy(script)).log).toEqual(['##[group]g', 'debug is undefined'])
    const log = ['##[debug]inner', '::group::g', '##[group]g', 'debug is 1']
    expect((await runToy(script, { debug: true })).log).toEqual(log)
  })

  test.each(nodes)('Node %s runs the action', async node => {
    const result = await runToy(report('process.versions.node'), { node })
    expect(reported(result)).toMatch(new RegExp(`^${node}\\.`))
  })

  test('every folder is there while the step runs and gone afterwards', async () => {
    const script = `
      const fs = require('fs')
      for (const n of ['RUNNER_TEMP', 'GITHUB_WORKSPACE', 'HOME', 'RUNNER_TOOL_CACHE']) fs.accessSync(process.env[n])
      ${report('[process.env.RUNNER_TEMP, process.cwd() === process.env.GITHUB_WORKSPACE]')}`
    const [temp, inWorkspace] = reported(await runToy(script)) as [string, boolean]
    expect(inWorkspace).toBe(true)
    expect(existsSync(temp)).toBe(false)
  })

  test('steps of one folder are steps of one job', async () => {
    await using jobFolder = await createJobFolder()
    await runToy(`require('fs').writeFileSync(process.env.RUNNER_TEMP + '/left', 'here')`, { jobFolder })
    expect(await readFile(join(jobFolder.temp, 'left'), 'utf8')).toBe('here')
    await writeFile(join(jobFolder.temp, 'left'), 'changed')
    const script = `console.log(require('fs').readFileSync(process.env.RUNNER_TEMP + '/left', 'utf8'))`
    expect((await runToy(script, { jobFolder })).log).toEqual(['changed'])
  })
})

describe('how a step ends', () => {
  test.each([
    ['process.exitCode = 0', 'success', 0],
    ['process.exitCode = 3', 'failure', 3],
    ['throw new Error("no")', 'failure', 1],
    [printing('::error::said but not meant'), 'success', 0],
    [printing('::set-env name=A::b'), 'failure', 0],
    [`require('fs').appendFileSync(process.env.GITHUB_OUTPUT, 'nonsense')`, 'failure', 0],
  ])('%s', async (script, outcome, exitCode) => {
    expect(await runToy(script)).toMatchObject({ outcome, exitCode, signal: null })
  })

  test('a failed assertion in a callback fails the test', async () => {
    const step = runToy(`${printing('x')}; setInterval(() => {}, 1e6)`, {
      onLine: () => {
        throw new Error('from the callback')
      },
    })
    await expect(step).rejects.toThrow('from the callback')
  })

  test('both streams are kept raw', async () => {
    // The second line follows when the first has arrived.
    const script = `process.on('SIGINT', () => { console.error('b'); process.exit() })
      console.log('a'); setInterval(() => {}, 1e6)`
    const result = await runToy(script, {
      onLine: ({ text }, control) => text === 'a' && control.kill('SIGINT'),
    })
    expect(result.rawLines).toEqual([
      { stream: 'stdout', text: 'a' },
      { stream: 'stderr', text: 'b' },
    ])
    expect([result.stdout, result.stderr, result.log]).toEqual([['a'], ['b'], ['a', 'b']])
  })
})

describe('what is left', () => {
  test('the receipt is read before the folder goes', async () => {
    const script = `
      const path = process.env.RUNNER_TEMP + '/receipt.json'
      require('fs').writeFileSync(path, '{"status":"succeeded"}')
      require('fs').appendFileSync(process.env.GITHUB_OUTPUT, 'receipt=' + path + '\\n')`
    expect((await runToy(script)).receipt).toEqual({ status: 'succeeded' })
  })

  test('a job output with masked text is dropped, an empty one too', async () => {
    const script = `
      console.log('::add-mask::hunter2hunter2')
      require('fs').appendFileSync(process.env.GITHUB_OUTPUT,
        'password=hunter2hunter2\\nurl=https://a:hunter2hunter2@b\\nclusterId=in01\\nnothing=\\n')`
    const result = await runToy(script)
    expect(result.outputs).toEqual({
      password: 'hunter2hunter2',
      url: 'https://a:hunter2hunter2@b',
      clusterId: 'in01',
      nothing: '',
    })
    expect(result.jobOutputs).toEqual({ clusterId: 'in01' })
    expect(result.droppedJobOutputs).toEqual(['password', 'url'])
  })

  test('a secret of the workflow drops a job output too', async () => {
    const script = `require('fs').appendFileSync(process.env.GITHUB_OUTPUT, 'a=x-the-key-x\\n')`
    expect((await runToy(script, { secrets: ['the-key'] })).droppedJobOutputs).toEqual(['a'])
  })

  test('names of outputs that differ in case are one', async () => {
    const script = `require('fs').appendFileSync(process.env.GITHUB_OUTPUT, 'jobId=1\\nJOBID=2\\n')`
    expect((await runToy(script)).outputs).toEqual({ jobId: '2' })
  })

  test('a summary is masked line by line, and dropped above 1 MiB', async () => {
    const summary = (text: string): string =>
      `require('fs').appendFileSync(process.env.GITHUB_STEP_SUMMARY, ${text})`
    const small = await runToy(summary(`'# of\\nhunter2hunter2\\n'`), { secrets: ['hunter2hunter2'] })
    expect(small.summary).toBe('# of\n***\n')
    expect((await runToy(summary(`'x'.repeat(1024 * 1024)`))).summary).toHaveLength(1024 * 1024)
    const large = await runToy(summary(`'x'.repeat(1024 * 1024 + 1)`))
    expect(large).toMatchObject({ summary: '', outcome: 'success' })
    expect(large.annotations[0]?.message).toContain('GITHUB_STEP_SUMMARY upload aborted')
  })
})

describe('post', () => {
  const main = `
    const fs = require('fs')
    fs.appendFileSync(process.env.GITHUB_STATE, 'cluster=in01\\n')
    fs.appendFileSync(process.env.GITHUB_OUTPUT, 'secret=abcdefgh\\n')
    fs.appendFileSync(process.env.GITHUB_ENV, 'FROM_MAIN=1\\n')
    fs.appendFileSync(process.env.GITHUB_PATH, '/from/main\\n')
    globalThis.memory = 1
    console.log('::add-mask::known-since-main')`
  const post = `
    console.log(process.env.STATE_cluster, globalThis.memory, process.env.FROM_MAIN, process.env['INPUT_API-KEY'])
    console.log(process.env.PATH.split(':')[0], 'known-since-main')
    console.log('::add-mask::abcdefgh')`

  test('is a new process to which only state, environment and masks come down', async () => {
    const result = await runToy(main, { with: { 'post-script': post, 'api-key': 'key' }, post: true })
    expect(result.post?.log).toEqual(['in01 undefined 1 key', '/from/main ***'])
    expect(result.post).toMatchObject({ stage: 'post', outcome: 'success', state: {}, outputs: {} })
    expect(result.post?.post).toBeUndefined()
    expect(result.droppedJobOutputs).toEqual(['secret'])
  })

  test('runs although main failed, fails on its own', async () => {
    const failing = { 'post-script': 'process.exitCode = 2' }
    const result = await runToy('process.exitCode = 1', { with: failing, post: 'auto' })
    expect(result).toMatchObject({ exitCode: 1, post: { exitCode: 2, outcome: 'failure' } })
  })

  test('may run later, with `with` evaluated anew', async () => {
    const result = await runToy(main, { with: { 'post-script': post, 'api-key': 'key' } })
    expect(result.post).toBeUndefined()
    const changed = { with: { 'post-script': post, 'api-key': 'other' } }
    expect((await runPost(result, changed)).log).toEqual(['in01 undefined 1 other', '/from/main ***'])
  })
})
