import { describe, expect, test } from 'vitest'
import { openReport } from '../src/report.ts'
import { planned, type Step, whileWaiting } from '../src/step.ts'
import { deleteBackup, exportBackup } from '../src/zilliz/changes.ts'
import type { Connection } from '../src/zilliz/connection.ts'

describe('a dry run', () => {
  /** A step that records what a dry run logs and publishes. */
  function openStep() {
    const logged: string[] = []
    const published: [name: string, items: readonly unknown[]][] = []
    const report = openReport()
    const step = {
      report,
      log: line => void logged.push(line),
      publishList: (name, items) => void published.push([name, items]),
    } as Partial<Step> as Step
    return { step, logged, published, report }
  }

  const deletions = (count: number) =>
    Array.from({ length: count }, (_, index) => deleteBackup({ clusterId: 'c', backupId: `b${index}` }))

  test('publishes the requests as they would be sent, and logs each', async () => {
    const { step, logged, published, report } = openStep()
    const backup = { clusterId: 'in01-a', backupId: 'b1' }
    expect(await planned(step, [exportBackup(backup, { integrationId: 'i1' }), deleteBackup(backup)])).toBe(
      'planned',
    )
    expect(published).toStrictEqual([
      [
        'plan',
        [
          {
            method: 'POST',
            path: '/v2/clusters/in01-a/backups/b1/export',
            body: { integrationId: 'i1' },
          },
          { method: 'DELETE', path: '/v2/clusters/in01-a/backups/b1' },
        ],
      ],
    ])
    expect(logged).toEqual([
      'Would send POST /v2/clusters/in01-a/backups/b1/export.',
      'Would send DELETE /v2/clusters/in01-a/backups/b1.',
    ])
    const text =
      'POST /v2/clusters/in01-a/backups/b1/export {"integrationId":"i1"}\nDELETE /v2/clusters/in01-a/backups/b1'
    expect(report.folds).toEqual([
      { title: 'The 2 requests that would be sent', content: { kind: 'text', text } },
    ])
  })

  test('logs 20 requests and how many more there are, and publishes all', async () => {
    const twenty = openStep()
    await planned(twenty.step, deletions(20))
    expect(twenty.logged).toHaveLength(20)
    expect(twenty.logged.at(-1)).toBe('Would send DELETE /v2/clusters/c/backups/b19.')
    const more = openStep()
    await planned(more.step, deletions(23))
    expect(more.logged).toEqual([...twenty.logged, 'And 3 more.'])
    expect(more.published[0]?.[1]).toHaveLength(23)
  })

  test('without requests says so', async () => {
    const { step, logged, published } = openStep()
    expect(await planned(step, [])).toBe('planned')
    expect(published).toEqual([['plan', []]])
    expect(logged).toEqual(['Would send nothing that changes anything.'])
  })
})

test('while a step waits, its reads are retried until the deadline', () => {
  const step = { deadline: 5, cloud: { deadline: 5 } as Connection } as Partial<Step> as Step
  expect(whileWaiting(step)).toEqual({ deadline: 5, cloud: { deadline: 5, retryUntilDeadline: true } })
  expect(step.cloud.retryUntilDeadline).toBeUndefined()
})
