/** Only a step that reached its end succeeds, and the key is nowhere. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import { createJobFolder, nodes } from '../harness/runner.ts'
import { createBackup } from './steps.ts'
import { applied, errorOf, logLines, type StoryResult, sent } from './story.ts'

const always = Number.POSITIVE_INFINITY

/** Code that runs in the process of the step before the action does. */
const preload = (code: string) => ({
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}`,
})

const expectFailure = (story: StoryResult) =>
  expect(story.step).toMatchObject({ exitCode: 1, outcome: 'failure' })

describe.each(nodes)('on Node %s', node => {
  test('a process that has nothing left to do in the middle of its work fails', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.world.nextJob({ durationSeconds: always })
    // Once the job is known, no timer and no connection holds the process any more.
    const code = `import net from 'node:net'
      const { setTimeout } = globalThis
      const { connect, ref } = net.Socket.prototype
      const { write } = process.stdout
      const sockets = []
      let isHeld = true
      globalThis.setTimeout = (...args) => (isHeld ? setTimeout(...args) : setTimeout(...args).unref())
      net.Socket.prototype.connect = function (...args) {
        sockets.push(this)
        return connect.apply(this, args)
      }
      net.Socket.prototype.ref = function () {
        return isHeld ? ref.call(this) : this
      }
      process.stdout.write = (text, ...rest) => {
        if (String(text).includes('has started')) {
          isHeld = false
          for (const socket of sockets) socket.unref()
        }
        return write.call(process.stdout, text, ...rest)
      }`
    const story = await createBackup(cloud, {}, { node, env: preload(code) })
    expectFailure(story)
    expect(errorOf(story)).toContain('the step stopped in the middle of its work')
    const { jobId, status } = story.step.outputs
    expect({ jobId, status }).toEqual({ jobId: cloud.world.jobs[0]?.jobId, status: 'failed' })
    expect(logLines(story)).toContain(`job-id: ${jobId}`)
  })

  test.each([
    ['an error thrown out of nowhere', `throw new Error('out of nowhere')`],
    ['a rejected promise that nobody handles', `Promise.reject(new Error('out of nowhere'))`],
  ])('%s fails the step', async (_, code) => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.world.nextJob({ durationSeconds: always })
    const env = preload(`setTimeout(() => { ${code} }, 400)`)
    const story = await createBackup(cloud, {}, { node, env })
    expectFailure(story)
    expect(errorOf(story)).toMatch(
      /^Unexpected failure: out of nowhere\.( Nothing was started\.)? This is a defect of the action: please report it\.$/,
    )
    if (sent(story, 'createBackup').length > 0) expect(errorOf(story)).not.toContain('Nothing was started.')
    expect(story.step.outputs.status).toBe('failed')
  })

  test.each<[string, Fault]>([
    ['cut in the middle', { kind: 'cut' }],
    ['stalled in the middle', { kind: 'stall-in-body' }],
    ['empty', { kind: 'empty' }],
  ])('a response whose body is %s fails the step within its timeout', async (_, fault) => {
    await using cloud = await startSimulator({ speed: 15 })
    cloud.faults.inject({ operation: 'listBackups', times: always, fault })
    const story = await createBackup(cloud, { timeout: '20s' }, { node })
    expectFailure(story)
    expect(story.step.outputs.status).toBe('timed-out')
    expect(errorOf(story)).toMatch(
      /^(?:The step timed out\. )?Could not list the backups of cluster \S+: [^.]+\. Nothing was started\. Run this step again, with a longer timeout\.(?: \(.+\))?$/,
    )
    expect(sent(story, 'createBackup')).toEqual([])
  })
})

describe('an invalid response', () => {
  const faults: [string, Fault, RegExp][] = [
    ['nothing', { kind: 'stall' }, /no complete response within \d+ s/],
    [
      'a gateway at its end',
      { kind: 'gateway', status: 502 },
      /gateway failed\. \("An invalid response.*HTTP 502/,
    ],
  ]

  test.each(faults)(
    '(%s) to every read of the job fails the step after its timeout',
    async (_, fault, words) => {
      await using cloud = await startSimulator({ speed: 20 })
      cloud.world.nextJob({ durationSeconds: always })
      cloud.faults.inject({ operation: 'describeJob', times: always, fault })
      const story = await createBackup(cloud, { timeout: '35s' })
      expectFailure(story)
      const { status, jobId } = story.step.outputs
      expect(status).toBe('timed-out')
      expect(errorOf(story)).toContain(`Timed out after 35s: job ${jobId} is not read yet.`)
      expect(story.step.log.join('\n')).toMatch(words)
      expect(logLines(story)).toContain(`job-id: ${jobId}`)
    },
  )

  test('(17 MB) is not read to its end', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    cloud.faults.inject({ operation: 'listBackups', times: always, fault: { kind: 'huge', megabytes: 17 } })
    const story = await createBackup(cloud, { timeout: '20s' })
    expectFailure(story)
    expect(story.step.log.join('\n')).toContain('the response is larger than 16 MB')
  })

  test('to the POST fails the step: it may have started', async () => {
    await using cloud = await startSimulator({ speed: 15 })
    cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'cut' } })
    const story = await createBackup(cloud, { timeout: '20s' })
    expectFailure(story)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain(
      'The list of backups has no new one. The backup may have started anyway: ',
    )
    expect(sent(story, 'createBackup')).toHaveLength(1)
  })

  test('that arrives byte for byte is valid anyway', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    cloud.faults.inject({ operation: 'describeJob', fault: { kind: 'drip', bytes: 10, everyMs: 2 } })
    const { step } = await createBackup(cloud)
    expect(step.outputs.status).toBe('succeeded')
    expect(step.log.join('\n')).not.toContain('Trying again')
  })
})

describe('a runner that is broken', () => {
  test.each<[broken: string, env: Record<string, string>]>([
    ['no file for outputs', { GITHUB_OUTPUT: '/nowhere/output' }],
    ['no temp folder', { RUNNER_TEMP: '/nowhere/temp' }],
    ['no file for the summary', { GITHUB_STEP_SUMMARY: '/nowhere/summary' }],
    [
      'no file for anything',
      { GITHUB_OUTPUT: '/nowhere/a', RUNNER_TEMP: '/nowhere/b', GITHUB_STEP_SUMMARY: '/' },
    ],
  ])('(%s) fails the step, which says so', async (_, env) => {
    await using cloud = await startSimulator({ speed: 30 })
    const story = await createBackup(cloud, {}, { env })
    expectFailure(story)
    expect(story.step.outputs.status).not.toBe('succeeded')
    expect(story.step.annotations.map(({ message }) => message).join()).toContain('/nowhere')
    expect(story.step.log.join('\n')).toContain(cloud.world.backups[0]?.backupId)
  })

  test('without a summary, as old servers are, is none', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { step } = await createBackup(cloud, {}, { env: { GITHUB_STEP_SUMMARY: '' } })
    expect(step.outputs.status).toBe('succeeded')
  })
})

describe('the key', () => {
  /** Beside what every story checks: the command files of the runner as they are. */
  async function expectNoKey(cloud: Simulator, inputs: Record<string, string>): Promise<StoryResult> {
    await using jobFolder = await createJobFolder()
    const story = await createBackup(cloud, inputs, { jobFolder, debug: true })
    const files = readdirSync(jobFolder.path, { recursive: true, withFileTypes: true }).filter(f =>
      f.isFile(),
    )
    expect(files.length).toBeGreaterThan(5)
    for (const { parentPath, name } of files) {
      expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain(cloud.apiKey)
    }
    return story
  }

  test('is nowhere in a step that succeeds, with debug logging on', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { step } = await expectNoKey(cloud, {})
    expect(step.outputs.status).toBe('succeeded')
  })

  test.each<[string, Fault]>([
    ['a refusal', { kind: 'echo-authorization' }],
    ['a refusal with HTTP 200', { kind: 'echo-authorization', status: 200 }],
    ['a response of the gateway', { kind: 'echo-authorization', status: 503 }],
  ])('is nowhere when %s repeats it', async (_, fault) => {
    await using cloud = await startSimulator({ speed: 10 })
    for (const operation of ['createBackup', 'listBackups'] as const) {
      cloud.faults.clear()
      cloud.faults.inject({ operation, times: always, fault })
      const story = await expectNoKey(cloud, { timeout: '15s' })
      expectFailure(story)
      expect(story.step.log.join('\n')).toContain('Token malformed: Bearer ***')
      expect(applied(story, 'createBackup')).toEqual([])
    }
  })

  test('is nowhere when it is in a name, a reason or an id', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.world.nextJob({
      outcome: 'FAILED',
      reason: `no access with ${cloud.apiKey}\n::error::${cloud.apiKey}`,
    })
    cloud.faults.inject({
      operation: 'createBackup',
      fault: { kind: 'hostile', text: `key ${cloud.apiKey}` },
    })
    const story = await expectNoKey(cloud, {})
    expect(story.step.outputs).toMatchObject({ status: 'failed', backupName: 'key ***' })
    expect(errorOf(story)).toContain('no access with *** : :error: :***')
  })

  test('is in no transcript', () => {
    const folder = join(import.meta.dirname, 'transcripts')
    const texts = readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'))
    expect(texts.length).toBeGreaterThan(10)
    for (const text of texts) expect(text).not.toMatch(/simulator-api-key|Bearer /)
  })
})
