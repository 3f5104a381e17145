import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OutputName } from '../../src/contract.ts'
import { openReport, type Report } from '../../src/report.ts'
import { commentBody, goneBody } from '../../src/summary/comment.ts'
import type { PageParts } from '../../src/summary/page.ts'

const end = { runUrl: 'https://github.com/o/r/actions/runs/1', now: Date.UTC(2026, 10, 25, 22, 5, 59) }
const footer = '<p><a href="https://github.com/o/r/actions/runs/1">Workflow run</a>, 2026-11-25 22:05 UTC</p>'

const parts: PageParts = {
  operation: 'restore-cluster',
  status: 'succeeded',
  facts: new Map(),
  notes: [],
  report: openReport(),
  problems: [],
  hints: [],
  common: { uses: undefined, baseUrl: undefined },
}

function withFacts(facts: Partial<Record<OutputName, unknown>>): PageParts {
  return { ...parts, facts: new Map(Object.entries(facts) as [OutputName, unknown][]) }
}

test('the comment of a success: heading, what was said, what is to be copied, the run', () => {
  const report: Report = { ...openReport(), heading: 'Cluster pr-42 is RUNNING', sentence: 'Ready.' }
  const page = { ...withFacts({ clusterName: 'pr-42', clusterId: 'in01-a', created: true }), notes: ['One.'] }
  expect(commentBody({ ...page, report }, { cluster: 'PR', ...end }).split('\n')).toEqual([
    '<h3>✅ Cluster pr-42 is RUNNING</h3>',
    '<p>Ready.</p>',
    '<p>One.</p>',
    '<table><tr><td>Cluster id</td><td><code>in01-a</code></td></tr></table>',
    footer,
  ])
})

test.each([
  ['neither a heading nor a subject', {}, '✅ restore-cluster succeeded (PR)'],
  ['a subject', { subject: 'Restore of staging' }, '✅ Restore of staging succeeded'],
  ['a heading', { heading: 'Cluster pr-42 is RUNNING' }, '✅ Cluster pr-42 is RUNNING'],
])('the heading of a page with %s names the cluster only where nothing else does', (_, more, heading) => {
  const page = { ...parts, report: { ...openReport(), ...more } }
  expect(commentBody(page, { cluster: 'PR', ...end })).toContain(`<h3>${heading}</h3>`)
})

test('of a failure the error stands alone', () => {
  const said = { what: 'It is\ngone.', next: 'Look.', answer: 'HTTP 404' }
  const page: PageParts = { ...parts, status: 'failed', said, notes: ['One.'] }
  expect(commentBody(page, { cluster: '', ...end, runUrl: undefined }).split('\n')).toEqual([
    '<h3>❌ restore-cluster failed</h3>',
    '<p>It is<br>gone.<br>Look. (HTTP 404)</p>',
    '<p>2026-11-25 22:05 UTC</p>',
  ])
})

test('of a list its length is shown', () => {
  const body = commentBody(withFacts({ plan: [{}, {}], deletedBackupIds: [] }), { cluster: '', ...end })
  expect(body).toContain('<td>Deleted backups</td><td><code>0</code></td>')
  expect(body).toContain('<td>Requests that would be sent</td><td><code>2</code></td>')
})

test('a cluster that is gone', () => {
  const restore = { cluster: 'pr-42', clusterId: 'in01-a' }
  expect(goneBody(restore, { dropped: true, ...end }).split('\n')).toEqual([
    '<h3>🗑️ Cluster pr-42 is gone</h3>',
    '<p>delete-cluster has dropped it. It stays in the recycle bin for 30 days; a free cluster does not.</p>',
    '<table><tr><td>Cluster id</td><td><code>in01-a</code></td></tr></table>',
    footer,
  ])
  expect(goneBody({ ...restore, clusterId: '' }, { dropped: false, ...end })).not.toContain('table')
})

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '"',
        '\n\n',
        '\r',
        '`',
        '|',
        '-->',
        '<!--',
        '</td>',
        '@all',
        '#1',
        'o/r#1',
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 20 },
  )
  .map(pieces => pieces.join(''))

test('untrusted text changes no structure, mentions nobody and links no issue', () => {
  fc.assert(
    fc.property(hostile, text => {
      const facts = withFacts({ clusterName: text, clusterId: text }).facts
      const report = { ...openReport(), heading: text, sentence: text }
      const body = commentBody({ ...parts, facts, notes: [text], report }, { cluster: text, ...end })
      const gone = goneBody({ cluster: text, clusterId: text }, { dropped: true, ...end })
      for (const whole of [body, gone]) {
        const bare = whole.replace(footer, '').replaceAll(/<\/?(?:h3|p|br|table|tr|td|code)>/g, '')
        expect(bare).not.toMatch(/[<>`|*~[\]\\@]/)
        expect(whole).not.toMatch(/\n[ \t]*\n/)
        const shown = whole.replaceAll(/<code>.*?<\/code>/gs, '')
        expect(shown).not.toMatch(/&#64;(?!&#8203;)|(?<!&)#(?!&#8203;)/)
      }
    }),
    { numRuns: 500 },
  )
})

test('however long everything is, GitHub takes it', () => {
  const long = '&'.repeat(70_000)
  const names = ['connectAddress', 'clusterId', 'backupId', 'backupName', 'safetyBackupId', 'jobId'] as const
  const { facts } = withFacts(Object.fromEntries([...names, 'clusterName'].map(name => [name, long])))
  const body = commentBody(
    {
      ...parts,
      operation: long,
      facts,
      report: { ...openReport(), sentence: long },
      notes: [long, long, long, long],
    },
    {
      cluster: long,
      ...end,
    },
  )
  expect(body.length).toBeLessThan(60_000)
})
