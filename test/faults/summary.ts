const names = ['h2', 'p', 'table', 'tr', 'th', 'td', 'code', 'pre', 'strong', 'a']
names.push('ul', 'li', 'blockquote', 'details', 'summary')
/** Those that the page writes, and with nothing in them but what it writes there. */
const tag = new RegExp(
  `<(/?)(?:(${names.join('|')})|pre lang="yaml"|a href="https://github\\.com/[\\w./#-]+"|(br|wbr))>`,
  'g',
)

/** What of a job summary is not its own: tags that somebody else wrote, and Markdown that takes effect. */
export function brokenSummary(summary: string): string[] {
  const texts: string[] = []
  if (Buffer.byteLength(summary) >= 1024 * 1024) texts.push('the summary has 1 MiB or more')
  const open: string[] = []
  for (const [all, end, , single] of summary.matchAll(tag)) {
    if (single !== undefined) continue
    const name = /[a-z]+[0-9]?/.exec(all)?.[0] ?? ''
    if (end === '') {
      open.push(name)
      continue
    }
    const last = open.pop()
    if (last !== name) texts.push(`the summary closes ${name} where it is not open`)
  }
  if (open.length > 0) texts.push(`the summary leaves ${open.join()} open`)
  // The mark of a hidden secret is put in last.
  const words = summary.replace(tag, '').replaceAll('***', '').trim()
  const active = /[<>`*~[\]|\\@"]/.exec(words)
  if (active)
    texts.push(
      `the summary holds ${active[0]} in "${words.slice(Math.max(0, active.index - 40), active.index + 40)}"`,
    )
  if (/\n\s*\n/.test(summary.trim())) texts.push('a blank line ends the HTML of the summary')
  return texts
}
