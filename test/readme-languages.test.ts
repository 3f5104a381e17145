/** The README in two languages: what one tells, the other tells too. */
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { chinese } from '../scripts/chinese.ts'
import { english } from '../scripts/readme-tables.ts'
import { type Page, readPage } from './harness/markdown.ts'

const pages = { english: readPage('README.md'), chinese: readPage('README.zh-CN.md') }

/** Where the two sites, or the two languages, have addresses of their own. */
const counterparts: Readonly<Record<string, string>> = {
  'README.zh-CN.md': 'README.md',
  'https://zilliz.com/cloud': 'https://zilliz.com.cn/cloud',
  'https://cloud.zilliz.com': 'https://cloud.zilliz.com.cn',
  'https://docs.zilliz.com/docs/manage-api-keys': 'https://docs.zilliz.com.cn/docs/manage-api-keys',
  'https://docs.zilliz.com/docs/create-backup': 'https://docs.zilliz.com.cn/docs/create-snapshot',
  'https://docs.zilliz.com/docs/restore-from-backup-files':
    'https://docs.zilliz.com.cn/docs/restore-from-snapshot',
}

test('they have the same sections, by order and level', () => {
  const levels = ({ headings }: Page) => headings.map(({ level }) => level)
  expect(pages.english.headings.length).toBeGreaterThan(15)
  expect(levels(pages.chinese)).toEqual(levels(pages.english))
})

test('each begins with a link to the other', () => {
  expect(pages.english.links[0]).toBe('README.zh-CN.md')
  expect(pages.chinese.links[0]).toBe('README.md')
})

test('they have the same links', () => {
  const expected = linksOf(pages.english).map(link => counterparts[link] ?? link)
  expect(linksOf(pages.chinese).sort()).toEqual(expected.sort())
})

test('they have the same recipes, in the same order', () => {
  const recipes = ({ links }: Page) => links.filter(link => link.startsWith('examples/'))
  expect(recipes(pages.chinese)).toEqual(recipes(pages.english))
})

test('their snippets are the same but for comments, and for the site of the quick start', () => {
  const parsed = (page: Page) =>
    page.code.map(({ language, text }) =>
      language === 'yaml' ? withoutSite(parse(text)) : withoutComments(text),
    )
  expect(parsed(pages.chinese)).toEqual(parsed(pages.english))
})

test('their tables have the same rows, by the names in them', () => {
  const names = ({ rows }: Page) => rows.map(cells => cells.map(cell => cell.match(/`[^`]+`/g)?.sort()))
  expect(names(pages.chinese).map(([first]) => first)).toEqual(names(pages.english).map(([first]) => first))
})

test('a name that an English description of the contract has in code, the Chinese one has too', () => {
  const names = (text: string | undefined) => [...new Set(text?.match(/`[^`]+`/g))].sort()
  for (const kind of Object.keys(english.texts) as (keyof typeof english.texts)[]) {
    const texts: Readonly<Record<string, string>> = english.texts[kind]
    const translated: Readonly<Record<string, string>> = chinese.texts[kind]
    for (const [name, text] of Object.entries(texts)) {
      expect({ name, names: names(translated[name]) }).toEqual({ name, names: names(text) })
    }
  }
})

/** A link to a heading of the page as the number of that heading. */
function linksOf({ links, headings }: Page): string[] {
  return links.map(link => {
    const place = headings.findIndex(({ anchor }) => link === `#${anchor}`)
    return link.startsWith('#') ? `heading ${place}` : link
  })
}

/** A whole workflow names the site, once; the steps of the other snippets do not. */
function withoutSite(snippet: unknown): unknown {
  if (typeof snippet !== 'object' || snippet === null || !('jobs' in snippet)) return snippet
  const text = JSON.stringify(snippet)
  return JSON.parse(text.replace(',"base-url":"https://api.cloud.zilliz.com.cn"', ''))
}

function withoutComments(text: string): string {
  return text.replace(/ *#.*$/gm, '')
}
