const tag = /<(\/?)(h2|p|br|table|tr|th|td|code|pre)>/g

/** What of a summary page is not the page's own: tags that somebody else wrote, and Markdown that came alive. */
export function brokenPage(page: string): string[] {
  const texts: string[] = []
  if (Buffer.byteLength(page) >= 1024 * 1024) texts.push('the summary has 1 MiB or more')
  const open: string[] = []
  for (const [, end, name = ''] of page.matchAll(tag)) {
    if (name === 'br') continue
    if (end === '') open.push(name)
    else if (open.pop() !== name) texts.push(`the summary closes ${name} where it is not open`)
  }
  if (open.length > 0) texts.push(`the summary leaves ${open.join()} open`)
  // An empty list is the page's own; the mark of a hidden secret is put in last.
  const words = page.replaceAll('<code>[]</code>', '').replace(tag, '').replaceAll('***', '').trim()
  const alive = /[<>`*~[\]|\\@"]/.exec(words)
  if (alive)
    texts.push(
      `the summary holds ${alive[0]} in "${words.slice(Math.max(0, alive.index - 40), alive.index + 40)}"`,
    )
  if (/\n\s*\n/.test(page.trim())) texts.push('a blank line ends the HTML of the summary')
  return texts
}
