/** Job summaries in a headless Chromium, with GitHub's stylesheet. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { marked } from 'marked'
import { type Browser, chromium, type Page } from 'playwright-core'
import UPNG from 'upng-js'

/** Pixels: about as wide as GitHub shows a summary. */
export const column = 900
const padding = 32

/** In a picture of the README. */
const colours = 24

const stylesheet = readFileSync(createRequire(import.meta.url).resolve('github-markdown-css'), 'utf8')
const measure = readFileSync(join(import.meta.dirname, 'too-wide.js'), 'utf8')

export type Scheme = 'light' | 'dark'

/** Without a sandbox, which Chromium has not for root; only pages made here are shown in it. */
export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--font-render-hinting=none'] })
}

/** @param scale pixels of the picture for each pixel of the page */
export function openPage(browser: Browser, scale = 1): Promise<Page> {
  const viewport = { width: column + 2 * padding, height: 100 }
  return browser.newPage({ viewport, deviceScaleFactor: scale })
}

/** Shows summaries below each other, as GitHub does with those of a workflow job. */
export async function show(page: Page, summaries: readonly string[]): Promise<void> {
  const blocks = summaries.map(summary => marked.parse(summary, { async: false, gfm: true }))
  await page.setContent(`<!doctype html>
<meta charset="utf-8">
<style>${stylesheet}</style>
<style>
  body { margin: 0 }
  .markdown-body { box-sizing: content-box; width: ${column}px; padding: ${padding}px }
</style>
<article class="markdown-body">${blocks.join('\n<hr>\n')}</article>`)
}

export async function picture(page: Page, scheme: Scheme): Promise<Buffer> {
  await page.emulateMedia({ colorScheme: scheme })
  return page.locator('article').screenshot()
}

/** A third of the size: text on one background needs few colours. */
export function withFewColours(png: Buffer): Buffer {
  const { buffer, byteOffset, byteLength } = png
  const image = UPNG.decode(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer)
  return Buffer.from(UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, colours))
}

/** Opens what is folded, and says whether there was anything. */
export function unfold(page: Page): Promise<boolean> {
  return page.evaluate(`(() => {
    const folded = [...document.querySelectorAll('details')]
    for (const one of folded) one.open = true
    return folded.length > 0
  })()`)
}

/** What goes beyond the column, each with the pixels by which it does. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(measure)
}
