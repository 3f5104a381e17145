import { describe, expect, test } from 'vitest'
import type { OutputName } from '../../src/contract.ts'
import { openReport, type Report } from '../../src/report.ts'
import { afterJobPage, failedPage } from '../../src/summary/failed-page.ts'
import { type PageParts, type Status, summaryPage } from '../../src/summary/page.ts'

const common = { uses: 'o/r@v0', baseUrl: undefined }
const parts: PageParts = {
  operation: 'create-backup',
  status: 'succeeded',
  facts: new Map(),
  report: openReport(),
  problems: [],
  notes: [],
  hints: [],
  common,
}

const withReport = (report: Partial<Report>): PageParts => ({
  ...parts,
  report: { ...openReport(), ...report },
})

const withFacts = (facts: Partial<Record<OutputName, unknown>>): PageParts => ({
  ...parts,
  facts: new Map(Object.entries(facts) as [OutputName, unknown][]),
})

const textOf = (page: PageParts) => {
  const { said = { what: '' } } = page
  return page.said || page.problems.length > 0 ? failedPage({ ...page, said }) : summaryPage(page)
}
const linesOf = (page: PageParts) => textOf(page).split('\n')

test('of all outputs those are left out that are too long for a table', () => {
  const facts = { backup: { a: 1 }, backups: [], plan: [], verifiedCollections: [], jobIds: ['job-1'] }
  const cells = textOf(withFacts(facts)).match(/<td>.*?<\/td>/g)
  expect(cells).toEqual(['<td>jobIds</td>', '<td><code>&#91;&#34;job-1&#34;&#93;</code></td>'])
})

test('a success: what happened, what is asked next, what is to be copied, and the rest folded', () => {
  const page = withReport({
    heading: 'Backup of production is AVAILABLE',
    sentence: ['It holds ', { strong: 'production' }, ' (', { code: 'in01-a' }, ').'],
    rows: [{ name: 'Backup id', value: { code: 'backup1_a' } }],
    tables: [{ columns: ['A', 'B'], rows: [['1', { strong: '2' }]] }],
    folds: [
      { title: 'What it does not hold', content: { kind: 'list', items: ['TTL', 'a *b*'] } },
      { title: 'Requests', content: { kind: 'text', text: 'POST /v2/x {"a":"<b>"}' } },
      { title: 'A step', content: { kind: 'step', operation: 'wait', inputs: ['job-id: job-1'] } },
    ],
  })
  expect(linesOf({ ...page, notes: ['Of two\nlines.'] })).toEqual([
    '<h2>✅ Backup of production is AVAILABLE</h2>',
    '<p>It holds <strong>production</strong> (<code>in01-a</code>).</p>',
    '<table><tr><td>Backup\u00a0id</td><td><code>backup1_a</code></td></tr></table>',
    '<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><strong>2</strong></td></tr></table>',
    '<p>Of two<br>lines.</p>',
    '<details><summary>What it does not hold</summary>',
    '<ul><li>TTL</li><li>a &#42;b&#42;</li></ul>',
    '</details>',
    '<details><summary>Requests</summary>',
    '<pre>POST /v2/x {&#34;a&#34;:&#34;&#60;b&#62;&#34;}</pre>',
    '</details>',
    '<details><summary>A step</summary>',
    '<pre lang="yaml">- uses: o/r&#64;v0',
    '  with:',
    '    operation: wait',
    "    api-key: ${{ secrets.ZILLIZ_API_KEY }} # your secret's name",
    '    job-id: job-1</pre>',
    '</details>',
    '',
  ])
})

test('a failure: what happened and why, what is at stake, what to do, and how to go on, before the rest', () => {
  const page = withReport({
    subject: 'Backup of production',
    outcome: 'nothing was backed up',
    tables: [{ columns: ['A'], rows: [['1']] }],
  })
  const said = {
    what: 'The service ended job job-1 as FAILED.\nAnd <more>.',
    reasons: [{ of: '', text: '"disk f…"', whole: 'disk full *whole*' }],
    stake: 'Your data is unchanged.',
    next: 'Open a ticket with job job-1.',
    answer: 'HTTP 200',
    help: 'the-job-failed',
  } as const
  const hints = [{ title: 'A step that waits for it:', lines: ['- uses: x', '  with:'] }]
  expect(linesOf({ ...page, status: 'failed', said, hints })).toEqual([
    '<h2>❌ Backup of production failed, nothing was backed up</h2>',
    '<p>The service ended job <code>job-1</code> as FAILED.</p>',
    '<p>And &#60;more&#62;.</p>',
    '<blockquote>disk f…</blockquote>',
    '<table><tr><td>At\u00a0stake</td><td>Your data is unchanged.</td></tr><tr><td>Next</td><td>Open a ticket with job <code>job-1</code>.</td></tr><tr><td>Answer</td><td>HTTP 200</td></tr><tr><td>More</td><td><a href="https://github.com/o/r/blob/v0/docs/TROUBLESHOOTING.md#the-job-failed">Troubleshooting: the job failed</a></td></tr></table>',
    '<p>A step that waits for it:</p>',
    '<pre lang="yaml">- uses: x',
    '  with:</pre>',
    '<table><tr><th>A</th></tr><tr><td>1</td></tr></table>',
    '<details><summary>The whole reason</summary>',
    '<blockquote>disk full &#42;whole&#42;</blockquote>',
    '</details>',
    '',
  ])
})

test('what was done before the failure stands in the heading', () => {
  const page = withReport({ subject: 'x', heading: 'Backup of production is AVAILABLE' })
  expect(linesOf({ ...page, status: 'failed', said: { what: 'The disk is full.' } })[0]).toBe(
    '<h2>❌ Backup of production is AVAILABLE, but the step failed</h2>',
  )
})

test('of several reasons each says what it is about', () => {
  const reasons = [
    { of: 'sales.a', text: '"x"' },
    { of: 'sales.b', text: '"y…"', whole: 'y z' },
  ]
  const page = textOf({ ...parts, status: 'failed', said: { what: 'Failed:', reasons } })
  expect(page).toContain('<blockquote>sales.a: &#34;x&#34;</blockquote>')
  expect(page).toContain('<summary>The whole reason: sales.b</summary>\n<blockquote>y z</blockquote>')
  expect(page).not.toContain('The whole reason: sales.a')
})

test('where the runner does not show which version runs, nothing is linked', () => {
  const said = { what: 'It failed.', help: 'inputs' } as const
  const unknown = { uses: undefined, baseUrl: undefined }
  const page = textOf({ ...parts, status: 'failed', said, common: unknown })
  expect(page).toContain('<td>Troubleshooting: inputs</td>')
})

test.each([
  [['timeout: expected a <duration>'], '1 problem with the inputs'],
  [
    ['timeout: expected a <duration>', 'no name: at all', 'dry_run: no such input'],
    '3 problems with the inputs',
  ],
])('problems with the inputs are a list, and nothing else: %j', (problems, heading) => {
  const page = { ...withFacts({ receipt: '/tmp/x' }), status: 'failed' as const, problems }
  const items = [
    '<li><code>timeout</code>: expected a &#60;duration&#62;</li>',
    '<li>no name: at all</li>',
    '<li><code>dry_run</code>: no such input</li>',
  ]
  const list = `<ul>${items.slice(0, problems.length).join('')}</ul>`
  expect(linesOf(page)).toEqual([`<h2>❌ ${heading}</h2>`, list, ''])
})

test('all outputs are folded, but for those that are too long for a table', () => {
  const page = withFacts({
    jobId: 'job-1',
    jobIds: ['job-1', 'b'],
    created: true,
    backup: { a: 1 },
    plan: [],
  })
  expect(linesOf(page)).toEqual([
    '<h2>✅ create-backup succeeded</h2>',
    '<details><summary>All outputs</summary>',
    '<table><tr><th>Output</th><th>Value</th></tr><tr><td>jobId</td><td><code>job-1</code></td></tr><tr><td>jobIds</td><td><code>&#91;&#34;job-1&#34;,&#34;b&#34;&#93;</code></td></tr><tr><td>created</td><td><code>true</code></td></tr></table>',
    '</details>',
    '',
  ])
})

describe('of a long table', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `backup${index}_a`)
  const pageOf = (count: number, more = 0) => {
    const rows = ids(count).map(id => [id])
    return textOf(withReport({ tables: [{ columns: ['Backup'], rows, more, rest: 'older ones' }] }))
  }
  const shown = (page: string) => [...page.matchAll(/backup\d+_a/g)].map(([id]) => id)

  test('20 rows are shown, and the others folded, up to 500', () => {
    expect(pageOf(20)).not.toContain('<details>')
    const [lead, folded = ''] = pageOf(502).split('<details><summary>480 older ones</summary>')
    expect(shown(lead ?? '')).toEqual(ids(20))
    expect(shown(folded)).toEqual(ids(500).slice(20))
    expect(pageOf(500)).not.toContain('more:')
  })

  test.each([
    [502, 0, 2],
    [500, 7, 7],
  ])('%d rows and %d beyond: %d are only counted', (count, beyond, counted) => {
    expect(pageOf(count, beyond)).toContain(`<p>And ${counted} more: the receipt has all.</p>`)
  })
})

test('what has no blank for long may be broken anywhere', () => {
  const page = textOf(
    withReport({ rows: [{ name: 'Name', value: { code: `${'a'.repeat(29)}<${'b'.repeat(35)}` } }] }),
  )
  expect(page).toContain(`<code>${'a'.repeat(29)}&#60;<wbr>${'b'.repeat(30)}<wbr>bbbbb</code>`)
})

test.each<[Status, string]>([
  ['succeeded', '✅ create-backup succeeded'],
  ['started', '🚀 create-backup has started'],
  ['skipped', '⏭️ create-backup was not needed'],
  ['planned', '📝 create-backup was planned'],
  ['failed', '❌ create-backup failed'],
  ['timed-out', '⌛ create-backup is not finished: timed out'],
  ['cancelled', '🛑 create-backup was cancelled'],
])('%s without a report: %s', (status, heading) => {
  expect(textOf({ ...parts, status })).toBe(`<h2>${heading}</h2>\n`)
})

describe('the cluster of delete-after-job', () => {
  const cluster = { clusterId: 'in01-a', clusterName: 'shop <pr>' }
  const said = { what: 'Refused.', stake: 'It costs money.' }

  test('that is dropped', () => {
    expect(afterJobPage({ cluster, dropped: true, text: 'It is gone.' }, common)).toBe(
      '<h2>🗑️ shop &#60;pr&#62; is dropped after the job</h2>\n<p>It is gone.</p>\n',
    )
  })

  test('that could not be dropped, with the step that drops it', () => {
    const page = afterJobPage({ cluster, dropped: false, said }, common)
    expect(page).toContain(
      '❌ shop &#60;pr&#62; could not be dropped after the job and costs money</h2>\n<p>Refused.</p>',
    )
    expect(page).toContain('<td>It costs money.</td>')
    expect(page).toContain('    operation: delete-cluster\n')
    expect(page).toContain('    target-cluster: in01-a</pre>\n')
  })

  test('whose id is not known: no step can be shown', () => {
    const unknown = { ...cluster, clusterId: '' }
    expect(afterJobPage({ cluster: unknown, dropped: false, said }, common)).not.toContain('<pre')
  })
})
