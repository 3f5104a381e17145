import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OutputName } from '../../src/contract.ts'
import { type PageParts, type Status, summaryPage } from '../../src/summary/page.ts'

const parts: PageParts = {
  operation: 'create-backup',
  status: 'succeeded',
  facts: new Map(),
  notes: [],
  tables: [],
  hints: [],
}

function withFacts(facts: Partial<Record<OutputName, unknown>>): PageParts {
  return { ...parts, facts: new Map(Object.entries(facts) as [OutputName, unknown][]) }
}

test('the job summary of a success', () => {
  const page = summaryPage(
    withFacts({
      jobId: 'job-1',
      jobIds: ['job-1', 'job-2'],
      created: true,
      deletedBackupIds: [],
      status: 'succeeded',
    }),
  )
  expect(page.split('\n')).toEqual([
    '<h2>✅ create-backup: succeeded</h2>',
    '<table><tr><th>Output</th><th>Value</th></tr><tr><td>jobId</td><td><code>job-1</code></td></tr><tr><td>jobIds</td><td><code>job-1</code><br><code>job-2</code></td></tr><tr><td>created</td><td><code>true</code></td></tr><tr><td>deletedBackupIds</td><td><code>[]</code></td></tr></table>',
    '',
  ])
})

test('the hints stand below the error and the notes, above outputs and tables, which may be cut', () => {
  const page = summaryPage({
    ...withFacts({ backupId: 'backup1_a' }),
    status: 'failed',
    error: 'It is gone.',
    notes: ['First.', 'Second,\nof two *lines*.'],
    tables: [
      { columns: ['Backup', 'Size'], rows: [['backup1_a', '']] },
      { columns: ['None'], rows: [] },
    ],
    hints: [{ title: 'To wait for it:', lines: ['operation: wait'] }],
  })
  expect(page.split('\n')).toEqual([
    '<h2>❌ create-backup: failed</h2>',
    '<p>It is gone.</p>',
    '<p>First.</p>',
    '<p>Second,<br>of two &#42;lines&#42;.</p>',
    '<p>To wait for it:</p>',
    '<pre>operation: wait</pre>',
    '<table><tr><th>Output</th><th>Value</th></tr><tr><td>backupId</td><td><code>backup1_a</code></td></tr></table>',
    '<table><tr><th>Backup</th><th>Size</th></tr><tr><td>backup1_a</td><td></td></tr></table>',
    '<table><tr><th>None</th></tr></table>',
    '',
  ])
})

test('each cell of a table is one line of text', () => {
  const columns = ['<i>Backup</i>', 'a|b']
  const rows = [['</td></tr></table>', 'a\n\n  *b*\u0000\u202e ::c']]
  expect(
    summaryPage({ ...parts, tables: [{ columns, rows }] })
      .split('\n')
      .slice(1),
  ).toEqual([
    '<table><tr><th>&#60;i&#62;Backup&#60;/i&#62;</th><th>a&#124;b</th></tr><tr><td>&#60;/td&#62;&#60;/tr&#62;&#60;/table&#62;</td><td>a &#42;b&#42; ::c</td></tr></table>',
    '',
  ])
})

test('what has a table of its own is not shown among the outputs', () => {
  const page = summaryPage(withFacts({ status: 'succeeded', backup: { a: 1 }, backups: [{ a: 1 }] }))
  expect(page).toBe('<h2>✅ create-backup: succeeded</h2>\n')
})

describe('of a long list 500 items are shown', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `backup${index}_a`)
  const shown = (page: string) => [...page.matchAll(/backup\d+_a/g)].map(([id]) => id)
  const pages: Record<string, (count: number) => string> = {
    'a table': count =>
      summaryPage({ ...parts, tables: [{ columns: ['Backup'], rows: ids(count).map(id => [id]) }] }),
    'an output': count => summaryPage(withFacts({ deletedBackupIds: ids(count) })),
  }

  test.each(Object.entries(pages))('in %s', (_, pageOf) => {
    expect(shown(pageOf(500))).toEqual(ids(500))
    expect(pageOf(500)).not.toContain('more')
    expect(shown(pageOf(502))).toEqual(ids(500))
    expect(pageOf(502).match(/<p>.*?<\/p>/g)).toEqual(['<p>And 2 more: the receipt has all.</p>'])
  })
})

test('the requests of a plan are shown as JSON', () => {
  const plan = [
    { method: 'POST', path: '/v2/x', body: { name: '<b>' } },
    { method: 'DELETE', path: '/v2/y' },
  ]
  const page = summaryPage(withFacts({ plan }))
  const text = page
    .slice(page.indexOf('<td>plan</td>') + '<td>plan</td>'.length)
    .replaceAll(/<[^>]*>|\s/g, '')
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(code))
  expect(text).toBe(
    '{"method":"POST","path":"/v2/x","body":{"name":"<b>"}}{"method":"DELETE","path":"/v2/y"}',
  )
  expect(page).not.toContain('<b>')
})

test('the job summary of a failure that left something in progress', () => {
  const page = summaryPage({
    ...parts,
    status: 'timed-out',
    error: 'Job job-1: PENDING.\nCluster *x*',
    hints: [
      { title: 'To wait for it:', lines: ['operation: wait', 'job-id: job-1'] },
      { title: 'To drop it:', lines: ['operation: delete-cluster'] },
    ],
  })
  expect(page.split('\n')).toEqual([
    '<h2>⌛ create-backup: timed-out</h2>',
    '<p>Job job-1: PENDING.<br>Cluster &#42;x&#42;</p>',
    '<p>To wait for it:</p>',
    '<pre>operation: wait',
    'job-id: job-1</pre>',
    '<p>To drop it:</p>',
    '<pre>operation: delete-cluster</pre>',
    '',
  ])
})

test.each<[Status, string]>([
  ['succeeded', '✅'],
  ['started', '🚀'],
  ['skipped', '⏭️'],
  ['planned', '📝'],
  ['failed', '❌'],
  ['timed-out', '⌛'],
  ['cancelled', '🛑'],
])('%s has the mark %s', (status, mark) => {
  expect(summaryPage({ ...parts, status })).toBe(`<h2>${mark} create-backup: ${status}</h2>\n`)
})

describe('untrusted text', () => {
  const piece = fc.oneof(
    fc.constantFrom('<', '>', '&', '"', '\n', '\n', '\r', '\u2028', '\u0085', ' ', '\t', '`', '|', '-->'),
    fc.constantFrom(
      '<script>',
      '</td>',
      '</pre>',
      '![x](http://x)',
      '@all',
      '#1',
      '\u0000',
      '\u200b',
      '\ud800',
    ),
    fc.string({ maxLength: 3 }),
  )
  const hostile = fc.array(piece, { maxLength: 20 }).map(parts => parts.join(''))

  const tags = /<\/?(?:h2|p|br|table|tr|th|td|code|pre)>/g

  /** The job summary of a step that got such text everywhere. */
  function pageOf(text: string): string {
    const facts = withFacts({ clusterName: text, jobIds: [text, text], plan: [{ [text]: text }] }).facts
    return summaryPage({
      operation: text,
      status: 'failed',
      facts,
      error: text,
      notes: [text, text],
      tables: [{ columns: [text, text], rows: Array(2).fill([text, text]) }],
      hints: [{ title: 'T', lines: [text, text] }],
    })
  }

  test('does not change the structure of the summary', () => {
    const count = (page: string, tag: string) => page.split(tag).length - 1
    fc.assert(
      fc.property(hostile, text => {
        const page = pageOf(text)
        expect(page.replaceAll(tags, '')).not.toMatch(/[<>`|*~[\]\\@]/)
        for (const [open, close] of [
          ['<table>', '</table>'],
          ['<th>', '</th>'],
          ['<td>', '</td>'],
          ['<tr>', '</tr>'],
          ['<pre>', '</pre>'],
          ['<p>', '</p>'],
          ['<h2>', '</h2>'],
        ] as const) {
          expect(count(page, open)).toBe(count(page, close))
        }
        const counts = ['h2', 'p', 'table', 'pre', 'tr', 'th', 'td'].map(tag => [
          tag,
          count(page, `<${tag}>`),
        ])
        expect(Object.fromEntries(counts)).toEqual({ h2: 1, p: 4, table: 2, pre: 2, tr: 7, th: 4, td: 10 })
      }),
      { numRuns: 1_000 },
    )
  })

  test('cannot put a blank line into the summary, which would end its HTML', () => {
    fc.assert(
      fc.property(hostile, text => {
        expect(pageOf(text).trimEnd()).not.toMatch(/\n[ \t]*\n/)
      }),
      { numRuns: 1_000 },
    )
  })
})
