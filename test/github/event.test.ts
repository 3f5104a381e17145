import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { getsNoSecrets } from '../../src/github/event.ts'
import { maskInputs } from '../../src/github/runner.ts'
import { useStepFiles } from './step-files.ts'

const step = useStepFiles()

beforeEach(() => {
  vi.stubEnv('GITHUB_ACTOR', 'somebody')
})

const repository = { full_name: 'acme/shop' }
const pullRequest = (repo: unknown) => ({ pull_request: { head: { repo } }, repository })

test.each([
  ['pull_request', 'somebody', pullRequest({ full_name: 'other/shop' }), true],
  ['pull_request_review', 'somebody', pullRequest({ full_name: 'other/shop' }), true],
  // Its repository is gone.
  ['pull_request', 'somebody', pullRequest(null), true],
  ['pull_request', 'somebody', pullRequest(repository), false],
  ['pull_request', 'dependabot[bot]', pullRequest(repository), true],
  ['push', 'dependabot[bot]', { repository }, true],
  ['push', 'somebody', { repository }, false],
  // It runs in the repository itself, with its secrets.
  ['pull_request_target', 'somebody', pullRequest({ full_name: 'other/shop' }), false],
  ['push', 'somebody', [], false],
  ['push', 'somebody', null, false],
])('an event %s of %s with %j gets no secrets: %s', (event, actor, payload, expected) => {
  const path = join(step.temp, 'event.json')
  writeFileSync(path, JSON.stringify(payload))
  vi.stubEnv('GITHUB_EVENT_NAME', event)
  vi.stubEnv('GITHUB_EVENT_PATH', path)
  vi.stubEnv('GITHUB_ACTOR', actor)
  expect(getsNoSecrets()).toBe(expected)
  expect(maskInputs().getsNoSecrets()).toBe(expected)
})

test.each(['', 'no-such-file'])('without a payload at %j nothing is known to be missing', path => {
  vi.stubEnv('GITHUB_EVENT_NAME', 'pull_request')
  vi.stubEnv('GITHUB_EVENT_PATH', path)
  expect(getsNoSecrets()).toBe(false)
})
