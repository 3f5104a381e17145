/** `data-token` is a secret like the key: nowhere, in any form, whatever the cluster says. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DataOperationId, Fault, Simulator } from '../../simulator/index.ts'
import { createJobFolder } from '../harness/runner.ts'
import { startWithAlias } from './aliases.ts'
import { always, cancel, interruptAt } from './arrange.ts'
import { verifiedRestore } from './restores.ts'
import { type Inputs, password, switchAlias } from './steps.ts'
import { errorOf, type StoryOptions, type StoryResult } from './story.ts'

/** Both with what an encoding would change. */
const tokens: [what: string, token: string, ...masks: string[]][] = [
  ['an API key', 'data-key/0123456789+abcdef=='],
  ['user:password', 'alias_admin:Pa55"w&rd%of/alias+admin', 'Pa55"w&rd%of/alias+admin'],
]

/** A cluster that takes that token and no other. */
async function startWithToken(token: string, speed = 60): Promise<Simulator> {
  const cloud = await startWithAlias({ speed })
  cloud.world.cluster('production').tokens = [token]
  cloud.world.endpoint('production', { acceptsApiKey: false })
  return cloud
}

/** Beside what every story checks: the command files of the runner as they are. The runner knows the key alone. */
async function expectNoToken(
  cloud: Simulator,
  token: string,
  { inputs = {}, options = {} }: { inputs?: Inputs; options?: StoryOptions } = {},
): Promise<StoryResult> {
  await using jobFolder = await createJobFolder()
  const story = await switchAlias(
    cloud,
    { 'data-token': token, ...inputs },
    { jobFolder, debug: true, secrets: [cloud.apiKey], ...options },
  )
  const files = readdirSync(jobFolder.path, { recursive: true, withFileTypes: true }).filter(f => f.isFile())
  expect(files.length).toBeGreaterThan(5)
  const secret = token.slice(token.indexOf(':') + 1)
  for (const { parentPath, name } of files) {
    const text = readFileSync(join(parentPath, name), 'utf8')
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
      expect(text).not.toContain(form)
    }
  }
  return story
}

describe.each(tokens)('a data-token that is %s', (_what, token, ...masks) => {
  test('is masked first, and nowhere in a step that succeeds, with debug logging on', async () => {
    await using cloud = await startWithToken(token)
    const { step } = await expectNoToken(cloud, token)
    expect(step.outputs.status).toBe('succeeded')
    expect(step.masks.map(({ value }) => value)).toEqual(expect.arrayContaining([token, ...masks]))
    expect(step.rawLines.slice(0, 4).some(({ text }) => text.startsWith('::add-mask::'))).toBe(true)
    expect(step.droppedJobOutputs).toEqual([])
  })

  const asked: DataOperationId[] = [
    'listDatabases',
    'describeCollection',
    'countEntities',
    'describeAlias',
    'alterAlias',
  ]

  test.each<[string, Fault]>([
    ['a refusal', { kind: 'echo-authorization' }],
    ['a refusal with HTTP 200', { kind: 'echo-authorization', status: 200 }],
    ['a response of a gateway', { kind: 'echo-authorization', status: 503 }],
  ])('is nowhere when %s repeats it, whatever was asked', async (_, fault) => {
    await using cloud = await startWithToken(token, 30)
    for (const operation of asked) {
      cloud.faults.clear()
      cloud.faults.inject({ operation, ...always, fault })
      const story = await expectNoToken(cloud, token, { inputs: { timeout: '30s' } })
      expect(story.step).toMatchObject({ exitCode: 1, outcome: 'failure' })
      expect(story.step.log.join('\n')).toContain('Token malformed: Bearer ***')
    }
  })

  test('is nowhere when it is in a name or a state', async () => {
    await using cloud = await startWithToken(token)
    const named = (name: string) => ({ dbName: 'sales', aliasName: 'orders_live', collectionName: name })
    const saying = (data: unknown): Fault => ({ kind: 'envelope', status: 200, code: 0, data })
    cloud.faults.inject({ operation: 'describeAlias', fault: saying(named(`of ${token}\n::error::x`)) })
    const switched = await expectNoToken(cloud, token)
    expect(switched.step.outputs).toMatchObject({ status: 'succeeded' })
    expect(switched.step.outputs.previousCollection).toMatch(/^sales\.of \*\*\*/)

    const described = { collectionName: 'orders_run_7', fields: [], load: `Load ${token}`, aliases: [] }
    cloud.faults.inject({ operation: 'describeCollection', fault: saying(described) })
    const unloaded = await expectNoToken(cloud, token)
    expect(errorOf(unloaded)).toContain('is not loaded (Load ***)')

    cloud.faults.inject({ operation: 'listAliases', fault: saying([`live ${token}`]) })
    const other = await expectNoToken(cloud, token, { inputs: { alias: 'orders_prod' } })
    expect(errorOf(other)).toContain('Its aliases: "live ***".')
  })

  test('is nowhere when the cluster repeats what is secret in it alone', async () => {
    await using cloud = await startWithToken(token)
    const message = `wrong password ${token.slice(token.indexOf(':') + 1)}`
    cloud.faults.inject({
      operation: 'countEntities',
      fault: { kind: 'envelope', status: 200, code: 65535, message },
    })
    const story = await expectNoToken(cloud, token)
    expect(errorOf(story)).toContain('("wrong password ***", HTTP 200')
  })

  test('is nowhere when the endpoint that is shown has it', async () => {
    await using cloud = await startWithToken(token)
    cloud.world.cluster('production').shown = { connectAddress: `https://${encodeURIComponent(token)}@evil` }
    const story = await expectNoToken(cloud, token)
    expect(errorOf(story)).toContain('which is not a plain https address')
    expect(errorOf(story)).not.toContain(encodeURIComponent(token))
  })

  test('is nowhere in a step that is cancelled', async () => {
    await using cloud = await startWithToken(token, 10)
    const options = interruptAt(cloud, 'alterAlias', { act: cancel })
    const { step } = await expectNoToken(cloud, token, { options })
    expect(step.outputs.status).toBe('cancelled')
  })

  test('is nowhere when it is not accepted', async () => {
    await using cloud = await startWithAlias({ speed: 120 })
    cloud.world.endpoint('production', {
      acceptsApiKey: false,
      rejection: { kind: 'echo-authorization', status: 200, code: 1800 },
    })
    const story = await expectNoToken(cloud, token)
    expect(errorOf(story)).toContain('The token is data-token.')
    expect(errorOf(story)).toContain('Token malformed: Bearer ***')
  })
})

test('a password that is too short to be masked alone is a warning, and its token is masked', async () => {
  await using cloud = await startWithToken('root:~Q7~')
  const { step } = await switchAlias(cloud, { 'data-token': 'root:~Q7~' }, { secrets: [cloud.apiKey] })
  expect(step.outputs.status).toBe('succeeded')
  expect(step.masks.map(({ value }) => value)).toContain('root:~Q7~')
  expect(step.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    expect.stringMatching(/^warning: A secret of only 4 characters is not masked/),
  ])
})

describe('the token of a new cluster', () => {
  test.each<[string, Fault]>([
    ['a refusal', { kind: 'echo-authorization' }],
    ['a response of a gateway', { kind: 'echo-authorization', status: 503 }],
  ])('is nowhere when %s repeats it', async (_, fault) => {
    await using cloud = await startWithAlias({ speed: 60 })
    cloud.faults.inject({ operation: 'describeCollection', ...always, fault })
    const { step } = await verifiedRestore(cloud, { timeout: '60s' }, { debug: true })
    expect(step.exitCode).toBe(1)
    expect(step.outputs.password).toBe(password)
    expect(step.masks.map(({ value }) => value)).toContain(`db_admin:${password}`)
    expect(step.log.join('\n')).toContain('Token malformed: Bearer ***')
  })
})
