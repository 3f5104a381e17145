/**
 * Draws the job summary of every situation, from a real run of `dist`, as GitHub shows it: `.cache/pages/index.html`.
 * With `--readme`, the two pages of the README instead. Other words choose situations by a part of their name.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import {
  openBrowser,
  openPage,
  picture,
  type Scheme,
  show,
  tooWide,
  unfold,
  withFewColours,
} from './browser/browser.ts'
import { findChromium, howToGetChromium } from './browser/chromium.ts'
import { type Situation, summariesOf } from './situation.ts'
import { situations } from './situations/all.ts'

const root = dirname(import.meta.dirname)
const schemes: readonly Scheme[] = ['light', 'dark']
const ofReadme = ['create-backup', 'prune-backups-dry-run']
/** Pixels for each pixel of the page: with more of them, a long table has more bytes than a README should load. */
const scaleOfReadme = 1.5
/** A slow clock: a busy machine moves the durations on its pictures by a second at most. */
const speedOfReadme = 10
const mostBytes = 80_000

const { values, positionals } = parseArgs({
  options: { readme: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const chromium = findChromium()
if (chromium === undefined) {
  console.error(`No Chromium was found. ${howToGetChromium}`)
  process.exit(1)
}
await using browser = await openBrowser(chromium)
await (values.readme ? drawReadme() : drawAll())

async function drawReadme(): Promise<void> {
  const folder = join(root, 'docs/images')
  mkdirSync(folder, { recursive: true })
  const page = await openPage(browser, scaleOfReadme)
  for (const situation of situations.filter(({ name }) => ofReadme.includes(name))) {
    await show(page, await summariesOf(situation, speedOfReadme))
    for (const scheme of schemes) {
      const png = withFewColours(await picture(page, scheme))
      const file = join(folder, `${situation.name}-${scheme}.png`)
      if (png.length > mostBytes) throw new Error(`${file} would have ${png.length} bytes`)
      writeFileSync(file, png)
      console.log(`${file}: ${Math.round(png.length / 1000)} kB`)
    }
  }
}

async function drawAll(): Promise<void> {
  const folder = join(root, '.cache/pages')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const page = await openPage(browser)
  const chosen = situations.filter(
    ({ name }) => positionals.length === 0 || positionals.some(part => name.includes(part)),
  )
  const entries: string[] = []
  for (const situation of chosen) {
    try {
      await show(page, await summariesOf(situation))
      entries.push(await draw(page, situation, folder))
    } catch (error) {
      // The other pages are worth looking at too.
      console.error(error instanceof Error ? error.message : error)
      process.exitCode = 1
    }
  }
  const index = join(folder, 'index.html')
  writeFileSync(index, indexOf(entries))
  console.log(`${entries.length} of ${chosen.length} pages: ${index}`)
}

/** Writes the pictures of a page, and returns its entry in the index. */
async function draw(page: Page, { name, about }: Situation, folder: string): Promise<string> {
  const files: string[] = []
  const save = async (file: string, scheme: Scheme) => {
    writeFileSync(join(folder, file), await picture(page, scheme))
    files.push(file)
  }
  for (const scheme of schemes) await save(`${name}-${scheme}.png`, scheme)
  if (await unfold(page)) await save(`${name}-unfolded.png`, 'light')
  const problems = await tooWide(page)
  for (const problem of problems) console.error(`${name}: ${problem}`)
  const images = files.map(file => `<a href="${file}"><img src="${file}" alt="${file}"></a>`)
  const wide = problems.length === 0 ? '' : `<p class="wide">${problems.length} things are too wide.</p>`
  return `<h2 id="${name}">${name}</h2>\n<p>${about}</p>${wide}\n<p>${images.join('\n')}</p>`
}

function indexOf(entries: readonly string[]): string {
  return `<!doctype html>
<meta charset="utf-8">
<title>Job summaries</title>
<style>
  body { font: 16px sans-serif; margin: 2em; background: #ddd; color: #000 }
  img { max-width: 32%; vertical-align: top }
  .wide { color: #b00 }
</style>
<h1>Job summaries</h1>
${entries.join('\n')}
`
}
