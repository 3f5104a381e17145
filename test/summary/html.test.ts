import { expect, test } from 'vitest'
import { cellOf, text, withIds } from '../../src/summary/html.ts'

test.each(['in01-3e5d8a', 'job-0a1b', 'proj-20e1', 'backup1_9f', 'backup12_9f'])('%s stands as code', id => {
  expect(withIds(`See ${id}.`)).toBe(`See <code>${id}</code>.`)
  expect(withIds(`${id}, ${id}`)).toBe(`<code>${id}</code>, <code>${id}</code>`)
})

test.each(['in1-a', 'in01-', 'within01-a', 'ajob-a', 'job_a', 'backup_9f', 'abackup1_9f', 'backup1-9f'])(
  '%s is no id',
  value => {
    expect(withIds(value)).toBe(value)
  },
)

test('what has no blank for very long may be broken after each thirty, and what is escaped counts as one', () => {
  expect(text('a'.repeat(29))).toBe('a'.repeat(29))
  expect(text('a'.repeat(61))).toBe(`${'a'.repeat(30)}<wbr>${'a'.repeat(30)}<wbr>a`)
  expect(text('<'.repeat(31))).toBe(`${'&#60;'.repeat(30)}<wbr>&#60;`)
  expect(text(`${'a'.repeat(20)} ${'a'.repeat(20)}\nb`)).toBe(`${'a'.repeat(20)} ${'a'.repeat(20)}<br>b`)
})

test('a cell is text, code, a link, strong, or several of these', () => {
  expect(cellOf('a & b')).toBe('a &#38; b')
  expect(cellOf({ code: 'in01-a' })).toBe('<code>in01-a</code>')
  expect(cellOf({ text: 'a', href: 'https://example.com/?a="' })).toBe(
    '<a href="https://example.com/?a=&#34;">a</a>',
  )
  expect(cellOf([{ strong: 'a' }, ' ', 'b'])).toBe('<strong>a</strong> b')
})
