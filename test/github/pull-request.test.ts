import { expect, test } from 'vitest'
import { type EventPayload, pullRequestOf } from '../../src/github/pull-request.ts'

const here = (number: number) => ({ number, base: { repo: { id: 1 } } })
const elsewhere = (number: number) => ({ number, base: { repo: { id: 2 } } })
const repository = { id: 1 }

test.each<[string, EventPayload, number | undefined]>([
  ['pull_request and its like', { pull_request: { number: 42 }, repository }, 42],
  ['a comment on a pull request', { issue: { number: 42, pull_request: { url: 'x' } } }, 42],
  ['a comment on an issue', { issue: { number: 42 } }, undefined],
  ['workflow_run', { workflow_run: { pull_requests: [here(42)] }, repository }, 42],
  ['workflow_run of a fork', { workflow_run: { pull_requests: [] }, repository }, undefined],
  ['workflow_run without a list', { workflow_run: { pull_requests: null }, repository }, undefined],
  ['workflow_run of several', { workflow_run: { pull_requests: [here(1), here(2)] }, repository }, undefined],
  [
    'workflow_run, beside that of another repository',
    { workflow_run: { pull_requests: [elsewhere(7), here(42)] }, repository },
    42,
  ],
  [
    'workflow_run whose pull request names no repository',
    { workflow_run: { pull_requests: [{ number: 42 }] }, repository },
    42,
  ],
  ['check_run', { check_run: { pull_requests: [here(42)] }, repository }, 42],
  ['check_suite', { check_suite: { pull_requests: [here(42)] }, repository }, 42],
  ['a dispatch', { repository }, undefined],
  ['a number that is none', { pull_request: { number: '42/../1' } }, undefined],
  ['a number below one', { pull_request: { number: 0 } }, undefined],
])('%s', (_, payload, number) => {
  expect(pullRequestOf(payload)).toBe(number)
})
