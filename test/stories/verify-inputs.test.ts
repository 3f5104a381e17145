/** The inputs `verify` and `data-token` of the restores: what cannot be combined, and what is no token. */
import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { problemsOf } from './problems.ts'
import { type Inputs, restoreCluster, restoreCollections, switchAlias } from './steps.ts'

const steps = {
  'restore-cluster': restoreCluster,
  'restore-collections': (...[cloud, inputs, options]: Parameters<typeof restoreCollections>) =>
    restoreCollections(cloud, { collections: '*', ...inputs }, options),
}

describe.each(Object.entries(steps))('%s', (operation, step) => {
  test.each<[inputs: Inputs, ...problems: string[]]>([
    [
      { verify: 'true', wait: 'false' },
      'verify: cannot be combined with wait: false: there is nothing to look at yet',
    ],
    [{ 'data-token': 'root:password-of-root' }, 'data-token: has an effect only with verify: true'],
    [
      { verify: 'false', 'data-token': 'root:password-of-root' },
      'data-token: has an effect only with verify: true',
    ],
    [
      { verify: '' },
      "verify: it is empty, which must not be taken for false. Leave it out, or write ${{ inputs.verify || 'false' }}",
    ],
    [{ verify: 'yes' }, 'verify: expected one of true, false; got "yes"'],
  ])('%o', async (inputs, ...problems) => {
    await using cloud = await startSimulator({ dataPlane: true })
    const story = await step(cloud, inputs)
    expect(problemsOf(story, operation)).toEqual(problems)
    expect(story.requests).toEqual([])
  })

  test('takes the word in any case', async () => {
    await using cloud = await startSimulator({ speed: 60, dataPlane: true })
    const story = await step(cloud, { verify: 'TRUE' })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(story.step.outputs).toHaveProperty('verifiedCollections')
  })

  test('takes data-token with it', async () => {
    await using cloud = await startSimulator({ speed: 60, dataPlane: true })
    const story = await step(cloud, { verify: 'true', 'data-token': cloud.apiKey })
    expect(story.step.outputs.status).toBe('succeeded')
  })
})

describe('data-token', () => {
  test.each([
    ['Bearer root:password-of-root', 'begins with "Bearer ", which is no part of a key: give the key alone'],
    ['root:password of root', 'has a blank or a line end in it: give one key alone'],
    ['root:password-of-root\nmore', 'has a blank or a line end in it: give one key alone'],
    ['"0123456789abcdef"', 'has quotes around it, which are no part of a key: give the key alone'],
    [
      'root:pässword',
      'expected an API key, or user:password, of visible ASCII characters; got something else (not shown)',
    ],
    ['db_admin:', 'has no password after the colon: the secret behind it is empty'],
    [':password-of-root', 'has no user before the colon: expected an API key, or user:password'],
  ])('%j is a problem that does not show it', async (token, problem) => {
    await using cloud = await startSimulator({ dataPlane: true })
    const story = await switchAlias(cloud, { 'data-token': token })
    expect(problemsOf(story, 'switch-alias')).toEqual([`data-token: ${problem}`])
    expect(story.requests).toEqual([])
  })

  test('that is misspelt is a problem that does not show it', async () => {
    await using cloud = await startSimulator({ dataPlane: true })
    const env = { INPUT_DATA_TOKEN: 'root:password-of-root' }
    const story = await switchAlias(cloud, {}, { env })
    expect(problemsOf(story, 'switch-alias')).toEqual([
      'data_token: no such input; did you mean data-token? Or the workflow sets the environment variable INPUT_DATA_TOKEN: rename it.',
    ])
    expect(JSON.stringify([story.step.rawLines, story.step.summary])).not.toContain('password-of-root')
  })

  test('of an operation that takes none is a problem that does not show it', async () => {
    await using cloud = await startSimulator({ dataPlane: true })
    const inputs = { operation: 'list-backups', 'data-token': 'root:password-of-root', verify: 'true' }
    const story = await restoreCluster(cloud, inputs)
    const problems = problemsOf(story, 'list-backups')
    expect(problems).toContain('data-token: list-backups does not use it; got "***"')
    expect(problems).toContain('verify: list-backups does not use it; got "true"')
  })
})
