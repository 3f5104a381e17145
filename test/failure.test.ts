import { describe, expect, test } from 'vitest'
import { InputError, OperationFailed, TimedOut, textOf } from '../src/errors.ts'
import { titleOf, whatIsSaid } from '../src/failure.ts'
import { openInProgress } from '../src/in-progress.ts'

const refused = new OperationFailed({
  what: 'API key refused: could not list the clusters.',
  stake: 'It costs money.',
  next: 'Check it.',
  answer: 'HTTP 401',
})

const said = (failure: unknown, operation: string, changes = 0, inProgress = openInProgress()) =>
  textOf(whatIsSaid(failure, operation, { session: { changes }, inProgress }))

describe('"Nothing was started."', () => {
  test.each(['create-backup', 'restore-cluster', 'delete-cluster', 'prune-backups'])(
    'is said of %s that has sent nothing that changes something, behind what happened',
    operation => {
      expect(said(refused, operation)).toBe(
        'API key refused: could not list the clusters. Nothing was started. It costs money. Check it. (HTTP 401)',
      )
    },
  )

  test.each([
    ['create-backup', 1],
    ['list-backups', 0],
    ['wait', 0],
    ['no-such-operation', 0],
    ['', 0],
  ])('is not said of %s with %i changes', (operation, changes) => {
    expect(said(refused, operation, changes)).toBe(textOf(refused.parts))
  })

  test('has a line of its own behind problems with the inputs', () => {
    expect(said(new InputError(['a: b', 'c: d']), 'create-backup')).toBe('a: b\nc: d\nNothing was started.')
    expect(said(new InputError(['a: b']), 'create-backup')).toBe('a: b\nNothing was started.')
  })
})

describe('a time-out without anything that goes on', () => {
  const timedOut = new TimedOut('Timed out after 1h: job job-1 is SUCCEEDED.')
  const look = 'Look in the console what is done before running this step again.'
  const longer = 'Run this step again, with a longer timeout.'

  test.each([
    ['export-backup', 1, `${timedOut.message} ${look}`],
    ['restore-collections', 3, `${timedOut.message} ${look}`],
    ['export-backup', 0, `${timedOut.message} Nothing was started. ${longer}`],
    ['prune-backups', 2, `${timedOut.message} ${longer}`],
    ['wait', 0, `${timedOut.message} ${longer}`],
  ])('of %s with %i changes says what to do', (operation, changes, text) => {
    expect(said(timedOut, operation, changes)).toBe(text)
  })

  test('leaves the advice of the error as it is', () => {
    expect(said(new TimedOut({ what: 'First.', next: 'Wait.' }), 'wait')).toBe('First. Wait.')
  })
})

test('a cluster that was dropped to replace it is named, however the step ends', () => {
  const inProgress = openInProgress()
  inProgress.dropping('in01-old')
  expect(said(refused, 'restore-cluster', 1, inProgress)).toContain(
    ' It costs money. Cluster in01-old, which had the name, is dropped or may be: ',
  )
})

test.each([
  ['create-backup', 'failed', 0, 'create-backup failed'],
  ['create-backup', 'timed-out', 0, 'create-backup timed out'],
  ['wait', 'cancelled', 0, 'wait was cancelled'],
  ['', 'failed', 0, 'step failed'],
  ['create-backup', 'failed', 1, '1 problem with the inputs'],
  ['create-backup', 'failed', 7, '7 problems with the inputs'],
])('the title of %j that %s with %i problems', (operation, status, problems, title) => {
  expect(titleOf(operation, status, problems)).toBe(title)
})
