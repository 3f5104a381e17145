/** A long text is cut: never in the middle of the key or a token, so that a piece of it would be shown. */
import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { startWithAlias } from './aliases.ts'
import { createBackup, describeBackup, switchAlias } from './steps.ts'
import type { StoryResult } from './story.ts'

const longest = 9

/** Pieces of the key of that many characters that anybody can read. */
function pieces({ step }: StoryResult, key: string): string[] {
  const { log, annotations, summary, outputs, receipt } = step
  const text = JSON.stringify([log, annotations, summary, outputs, receipt])
  const starts = Array.from({ length: key.length - longest }, (_, index) => index)
  return starts.map(start => key.slice(start, start + longest + 1)).filter(piece => text.includes(piece))
}

const token = 'alias_admin:Pa55w0rd-of-alias-admin-0123456789'
const secret = token.slice(token.indexOf(':') + 1)

const names = ['timeout', 'poll-interval', 'wait', 'if-busy', 'dry-run', 'skip-if-newer-than', 'collections']
const unused = ['target-cluster', 'keep-last', 'job-id', 'directory', 'cu-size', 'backup-id', 'if-exists']

test.each([0, 1, 2, 3])('in inputs that are wrong, %d', async turn => {
  await using cloud = await startSimulator()
  const inputs = Object.fromEntries(
    [...names, ...unused].map((name, index) => {
      const padding = '?'.repeat((turn * 14 + index) * 5)
      return [name, `${padding}${cloud.apiKey} and more`]
    }),
  )
  const story = await createBackup(cloud, inputs)
  expect(story.step.outputs.status).toBe('failed')
  expect(story.requests).toEqual([])
  expect(pieces(story, cloud.apiKey)).toEqual([])
})

test.each([0, 70, 95, 170, 195, 270, 295, 470, 495, 970, 995, 1_990, 3_990])(
  'in a message of the service, after %d characters',
  async before => {
    await using cloud = await startSimulator()
    const message = `${'x'.repeat(before)}${cloud.apiKey} and more`
    const fault = { kind: 'envelope', status: 200, code: 96038, message } as const
    cloud.faults.inject({ operation: 'describeBackup', fault })
    const story = await describeBackup(cloud, { 'backup-id': 'backup1_abc' })
    expect(story.step.outputs.status).toBe('failed')
    expect(pieces(story, cloud.apiKey)).toEqual([])
  },
)

test.each([0, 1, 2, 3])('of a data-token, in inputs that are wrong, %d', async turn => {
  await using cloud = await startWithAlias()
  const wrong = ['timeout', 'poll-interval', 'dry-run', 'collections', 'alias', 'target-cluster', 'wait']
  const inputs = Object.fromEntries(
    wrong.map((name, index) => [name, `${'?'.repeat((turn * 7 + index) * 5)}${token} and more`]),
  )
  const story = await switchAlias(cloud, { ...inputs, 'data-token': token }, { secrets: [cloud.apiKey] })
  expect(story.step.outputs.status).toBe('failed')
  expect([...story.requests, ...story.dataRequests]).toEqual([])
  expect(pieces(story, secret)).toEqual([])
})

test.each([0, 70, 95, 170, 195, 270, 295, 470, 495, 970, 995, 1_990, 3_990])(
  'of a data-token, in a message of the cluster, after %d characters',
  async before => {
    await using cloud = await startWithAlias()
    cloud.world.cluster('production').tokens = [token]
    const message = `${'x'.repeat(before)}${token} and more`
    const fault = { kind: 'envelope', status: 200, code: 65_535, message } as const
    cloud.faults.inject({ operation: 'countEntities', fault })
    const story = await switchAlias(cloud, { 'data-token': token }, { secrets: [cloud.apiKey] })
    expect(story.step.outputs.status).toBe('failed')
    expect(pieces(story, secret)).toEqual([])
  },
)
