/** Makes text safe for the places where GitHub reads more into it than letters. */

/**
 * Splits text into lines that the runner can only read as text.
 *
 * The runner looks for `::command::` at the start of a line and for `##[command]` anywhere, and ends lines
 * at `\r` too. So every kind of line end splits, every further line is marked, control and formatting
 * characters (ANSI escapes, bidi marks) go, and both command marks are broken.
 */
export function toLogLines(text: string): string[] {
  return text
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map(line => line.replace(ansi, '').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' '))
    .map(line => line.replaceAll('##[', '## [').replaceAll('::', ': :'))
    .map((line, index) => (index === 0 ? line.trimEnd() : `  | ${line.trimEnd()}`))
}

const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g

/** Cuts text to a number of UTF-8 bytes, never inside a character. */
export function cutToBytes(text: string, bytes: number): string {
  const whole = Buffer.from(text)
  if (whole.length <= bytes) return text
  let end = bytes
  while (end > 0 && ((whole[end] ?? 0) & 0xc0) === 0x80) end--
  return whole.subarray(0, end).toString('utf8')
}
