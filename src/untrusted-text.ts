/**
 * Every way of making untrusted text safe: names, messages and reasons are written by others, and the runner, the
 * Markdown of a summary and the path of a request read more into a text than letters.
 */
import { redact } from './secrets.ts'

const longestInSentence = 500

/** Nothing in such a text is invisible, and nearly all texts are. */
const isPlain = (text: string) => /^[ -~]*$/.test(text)

/** Node takes a third of a millisecond for a pattern with classes of Unicode, also where it is only written down. */
function whenNeeded(pattern: string): () => RegExp {
  let made: RegExp | undefined
  return () => {
    made ??= new RegExp(pattern, 'gu')
    return made
  }
}

const unprintable = whenNeeded(String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]`)
/** All that leaves no mark or looks like a blank, but the blank itself; U+2800 is a pattern of no dots. */
const invisible = whenNeeded(String.raw`(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]`)
const invisibleInHtml = whenNeeded(String.raw`[^\P{C}\n]`)

function withoutUnprintable(text: string): string {
  return isPlain(text) ? text : text.replace(unprintable(), ' ')
}

/** For a sentence: on one line, without control characters, without secrets, cut at 500 characters. */
export function sanitize(text: string): string {
  // Before anything is cut: what is left of a secret could no longer be recognized.
  const line = withoutUnprintable(redact(text)).replace(/\s+/g, ' ').trim()
  return line.length > longestInSentence ? `${line.slice(0, longestInSentence)}…` : line
}

/** The words of the service for why something failed: quoted and cut in a sentence, and whole where they were cut. */
export function quotedReason(text: string): { text: string; whole: string | undefined } {
  const quoted = quote(text)
  return { text: quoted, whole: quoted.endsWith('…"') ? text : undefined }
}

export function quote(text: string): string {
  return `"${sanitize(text)}"`
}

/** The value of an input for an error: quoted as JSON, with invisible characters shown, and not without end. */
export function quoteInput(text: string): string {
  // Before it is cut: what is left of a secret could no longer be recognized.
  const clean = redact(text)
  return escapeInvisible(JSON.stringify(clean.length > 100 ? `${clean.slice(0, 100)}…` : clean))
}

/** On one line, with invisible characters shown: `a\u200bb`. */
export function showInvisible(text: string): string {
  return escapeInvisible(redact(text))
}

function escapeInvisible(text: string): string {
  return text.replace(invisible(), character => {
    const json = JSON.stringify(character).slice(1, -1)
    const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')
    if (json !== character) return json
    return code.length > 4 ? `\\u{${code}}` : `\\u${code}`
  })
}

/** At the beginning of a sentence. */
export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `1 collection`, `3 collections`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** Nobody reads more of them. */
const mostInSentence = 10

/** The first of many texts in a sentence, and how many more there are: `a, b and 3 more`. */
export function listInSentence(texts: readonly string[], most = mostInSentence): string {
  const more = texts.length - most
  return `${texts.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/**
 * The first of many lines and, where there are more, one that counts them.
 *
 * @param more makes that last line
 */
export function firstLines(
  lines: readonly string[],
  most: number,
  more = (count: number) => `And ${count} more.`,
): string[] {
  const rest = lines.length - most
  return [...lines.slice(0, most), ...(rest > 0 ? [more(rest)] : [])]
}

const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g

/**
 * For the log: lines that the runner can only read as text.
 *
 * The runner looks for `::command::` at the start of a line and for `##[command]` anywhere, and ends lines
 * at `\r` too. So every kind of line end splits, every further line is marked, control and formatting
 * characters (ANSI escapes, bidi marks) go, and both command marks are broken.
 */
export function toLogLines(text: string): string[] {
  return text
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map(line => withoutUnprintable(line.replace(ansi, '')))
    .map(line => line.replaceAll('##[', '## [').replaceAll('::', ': :'))
    .map((line, index) => (index === 0 ? line.trimEnd() : `  | ${line.trimEnd()}`))
}

/**
 * For HTML inside Markdown: escapes besides HTML's own characters those that could mean something once the block
 * of HTML has ended, and removes blank lines, which would end it.
 */
export function escapeHtml(text: string): string {
  // Before anything is escaped: an escaped secret would no longer be found.
  const lines = redact(text).replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n')
  const visible = /^[\n -~]*$/.test(lines) ? lines : lines.replace(invisibleInHtml(), ' ')
  return visible
    .replace(/\n(?:[^\S\n]*\n)+/g, '\n')
    .replace(/[&<>"`*~[\]|\\@]/g, character => `&#${character.codePointAt(0)};`)
}

/** Cuts text to a number of UTF-8 bytes, never inside a character. */
export function cutToBytes(text: string, bytes: number): string {
  const whole = Buffer.from(text)
  if (whole.length <= bytes) return text
  let end = bytes
  while (end > 0 && ((whole[end] ?? 0) & 0xc0) === 0x80) end--
  return whole.subarray(0, end).toString('utf8')
}

/**
 * Cuts the action's own HTML, whose texts are all escaped, behind a whole tag, and closes what is open there: what
 * follows would stand in a cell or in a closed fold.
 */
export function cutHtml(html: string, bytes: number): string {
  const cut = cutToBytes(html, bytes)
  if (cut === html) return html
  const whole = cut.slice(0, cut.lastIndexOf('>') + 1)
  const open: string[] = []
  for (const [, end, name = ''] of whole.matchAll(/<(\/?)(?!br>|wbr>)([a-z0-9]+)[^>]*>/g)) {
    if (end === '') open.unshift(`</${name}>`)
    else open.shift()
  }
  return whole + open.join('')
}

/** Ids are opaque (F14), but none may change the path it is put into, wherever it comes from. */
export function isSafeId(text: string): boolean {
  return (
    /^[^/\\\u0000-\u001f\u007f-\u009f\ud800-\udfff]{1,200}$/u.test(text) && !/^\.{1,2}$/.test(text.trim())
  )
}
