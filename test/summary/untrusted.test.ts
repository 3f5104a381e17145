/** Whatever the service or a workflow writes, the job summary keeps its structure. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OutputName } from '../../src/contract.ts'
import type { Cell, Report } from '../../src/report.ts'
import { failedPage } from '../../src/summary/failed-page.ts'

const piece = fc.oneof(
  fc.constantFrom('<', '>', '&', '"', '\n', '\n', '\r', '\u2028', '\u0085', ' ', '\t', '`', '|', '-->'),
  fc.constantFrom(
    '<script>',
    '</td>',
    '</pre>',
    '</details>',
    '![x](http://x)',
    '@all',
    '#1',
    'job-1',
    'in01-a',
  ),
  fc.constantFrom('\u0000', '\u200b', '\ud800', 'x'.repeat(29), '😀'.repeat(20)),
  fc.string({ maxLength: 3 }),
)
const hostile = fc.array(piece, { maxLength: 20 }).map(parts => `x${parts.join('')}`)

/** The job summary of a step that got such text everywhere. */
function pageOf(text: string, problems: readonly string[] = []): string {
  const cells: Cell[] = [text, { code: text }, { strong: text }, [text, { text, href: text }]]
  const table = { columns: [text, text, text, text], rows: [cells, cells] }
  const report: Report = {
    subject: text,
    outcome: text,
    sentence: cells[3] ?? '',
    rows: cells.map(value => ({ name: text, value })),
    tables: [table],
    folds: [
      { title: text, content: { kind: 'table', table } },
      { title: text, content: { kind: 'list', items: [text] } },
      { title: text, content: { kind: 'text', text } },
      { title: text, content: { kind: 'quotation', text } },
      { title: text, content: { kind: 'step', operation: 'wait', inputs: [text] } },
    ],
  }
  return failedPage({
    operation: text,
    status: 'failed',
    facts: new Map<OutputName, unknown>([['clusterName', text]]),
    report,
    said: { what: 'x', reasons: [{ of: text, text, whole: text }], stake: text, next: text, answer: text },
    problems,
    notes: [text],
    hints: [{ title: 'T', lines: [text] }],
    common: { uses: undefined, baseUrl: undefined },
  })
}

const own =
  /<\/?(?:h2|p|br|wbr|table|tr|th|td|code|strong|ul|li|blockquote|details|summary)>|<pre(?: lang="yaml")?>|<\/pre>|<a href="[^"<>]*">|<\/a>/g

const countOf = (page: string) => {
  const counts = new Map<string, number>()
  for (const [tag] of page.matchAll(own)) {
    const name = tag.replace(/ [^>]*/, '')
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  // These stand for ends of lines, long words and ids in the text itself.
  for (const name of ['<br>', '<wbr>', '<code>', '</code>']) counts.delete(name)
  return Object.fromEntries(counts)
}

describe('untrusted text', () => {
  test.each([
    ['a page', pageOf],
    ['a page of problems', (text: string) => pageOf(text, [text, `timeout: ${text}`])],
  ])('does not change the structure of %s', (_what, page) => {
    const expected = countOf(page('plain'))
    fc.assert(
      fc.property(hostile, text => {
        const found = page(text)
        expect(found.replaceAll(own, '')).not.toMatch(/[<>`|*~[\]\\@]/)
        expect(found.split('<code>').length).toBe(found.split('</code>').length)
        expect(countOf(found)).toEqual(expected)
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
