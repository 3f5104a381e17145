import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { column, openBrowser, openPage, show, tooWide, unfold } from '../../pages/browser/browser.ts'
import { findChromium, howToGetChromium } from '../../pages/browser/chromium.ts'
import { summariesOf } from '../../pages/situation.ts'
import { situations } from '../../pages/situations/all.ts'

const chromium = findChromium()
const skipped = chromium === undefined ? `, skipped because no Chromium was found. ${howToGetChromium}` : ''
if (skipped !== '') console.warn(`The width of the job summaries is not measured${skipped}`)

describe.skipIf(chromium === undefined)(`in a browser${skipped}`, () => {
  let browser: Browser | undefined
  let page: Page

  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '')
    page = await openPage(browser)
  })
  afterAll(() => browser?.close())

  test.each(situations.map(situation => [situation.name, situation] as const))(
    `%s: no wider than ${column} px, unfolded too`,
    async (_, situation) => {
      await show(page, await summariesOf(situation))
      await unfold(page)
      expect(await tooWide(page)).toEqual([])
    },
  )

  const long = 'x'.repeat(200)
  const folded = (html: string) => `<details><summary>All</summary>\n${html}\n</details>`

  test.each([
    ['a table', `<table><tr><td>a</td><td>${long}</td></tr></table>`, 'table'],
    ['a folded table', folded(`<table><tr><td>${long}</td></tr></table>`), 'table'],
    ['code', `<pre lang="yaml">${long}</pre>`, 'pre'],
    // Which is broken outside of tables, and so is other text.
    ['a word', `<p>${long}</p>`, undefined],
    ['folded code, which may have a scroll bar', folded(`<pre>${long}</pre>`), undefined],
  ])('what is measured of %s', async (_, summary, expected) => {
    await show(page, [summary])
    await unfold(page)
    const blocks = (await tooWide(page)).map(problem => problem.split(':')[0])
    expect(blocks).toEqual(expected === undefined ? [] : [expected])
  })
})

test('every situation has a name of its own', () => {
  const names = situations.map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
