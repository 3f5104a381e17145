import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rememberSecret } from '../src/secrets.ts'
import {
  counted,
  cutToBytes,
  escapeHtml,
  firstLines,
  isSafeId,
  listInSentence,
  quote,
  quoteInput,
  sanitize,
  showInvisible,
  toLogLines,
} from '../src/untrusted-text.ts'

test.each([
  ['a  b\t\nc', 'a b c'],
  [' a ', 'a'],
  ['a\u001b[31mb', 'a [31mb'],
  ['a\u202eb\u200bc\ufeffd', 'a b c d'],
  ['a\u2028b\u0085c', 'a b c'],
  ['x'.repeat(501), `${'x'.repeat(500)}…`],
  ['x'.repeat(500), 'x'.repeat(500)],
  ['生产', '生产'],
])('%j is sanitized to %j', (text, expected) => {
  expect(sanitize(text)).toBe(expected)
  expect(quote(text)).toBe(`"${expected}"`)
})

test('any text is sanitized to one line of limited length', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 600 }),
    fc
      .array(fc.constantFrom('\r', '\n', '\u2028', '\u0085', '\u001b', '\u200b', ' ', 'a'), {
        maxLength: 600,
      })
      .map(parts => parts.join('')),
  )
  fc.assert(
    fc.property(hostile, text => {
      expect(sanitize(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      expect(sanitize(text).length).toBeLessThanOrEqual(501)
    }),
  )
})

test.each([
  ['sanitize', sanitize],
  ['showInvisible', showInvisible],
  ['escapeHtml', escapeHtml],
  ['toLogLines', (text: string) => toLogLines(text).join('\n')],
  ['isSafeId', (text: string) => String(isSafeId(text))],
])('%s makes the same of ASCII, which is not looked at closely, and of what is', (_, make) => {
  const ascii = fc.array(
    fc.oneof(fc.string({ maxLength: 200 }), fc.constantFrom('\n', '  ', '\n \n', '\u007f')),
  )
  fc.assert(
    fc.property(ascii, parts => {
      const text = parts.join('')
      expect(make(`\u00e9${text}`)).toBe(make(`a${text}`).replace(/^a/, '\u00e9'))
    }),
  )
})

test('a secret is removed before a text is cut', () => {
  rememberSecret('hidden-value-20')
  expect(sanitize(`${'x'.repeat(490)}hidden-value-20`)).toBe(`${'x'.repeat(490)}***`)
  expect(quote('a hidden-value-20')).toBe('"a ***"')
})

test('the value of an input is quoted on one line of limited length', () => {
  expect(quoteInput('')).toBe('""')
  expect(quoteInput('a\n::error::b"')).toBe('"a\\n::error::b\\""')
  expect(quoteInput('x'.repeat(100))).toBe(`"${'x'.repeat(100)}"`)
  expect(quoteInput('x'.repeat(101))).toBe(`"${'x'.repeat(100)}…"`)
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => {
      expect(quoteInput(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      expect(quoteInput(text).length).toBeLessThanOrEqual(700)
    }),
  )
})

test.each([
  ['30d\u200b', '"30d\\u200b"'],
  ['\ufeffa\u00a0b\u2028\u0085', '"\\ufeffa\\u00a0b\\u2028\\u0085"'],
  ['a\u202eb\u2063\u00ad\u3000', '"a\\u202eb\\u2063\\u00ad\\u3000"'],
  // Blank letters, a sign that chooses the look of the letter before it, and one beyond the first plane.
  ['\u3164\u2800\ufe0f\u{e0041}\ue000', '"\\u3164\\u2800\\ufe0f\\u{e0041}\\ue000"'],
  ['\ud800', '"\\ud800"'],
  ['a b\\u200b', '"a b\\\\u200b"'],
  ['生产 é-ß 🙂', '"生产 é-ß 🙂"'],
])('in the value of an input what cannot be seen is shown: %j as %s', (text, quoted) => {
  expect(quoteInput(text)).toBe(quoted)
})

test('a text without quotes around it shows what cannot be seen too', () => {
  expect(showInvisible('a"b\n\u200bc d')).toBe('a"b\\n\\u200bc d')
})

test('one is counted as one, and none as several', () => {
  expect([0, 1, 2].map(count => counted(count, 'backup'))).toEqual(['0 backups', '1 backup', '2 backups'])
})

test('of more than ten the first ten are listed unless said otherwise', () => {
  const texts = [...'abcdefghijkl']
  expect(listInSentence(texts.slice(0, 10))).toBe('a, b, c, d, e, f, g, h, i, j')
  expect(listInSentence(texts)).toBe('a, b, c, d, e, f, g, h, i, j and 2 more')
})

test.each([
  [[], 2, ''],
  [['a'], 2, 'a'],
  [['a', 'b'], 2, 'a, b'],
  [['a', 'b', 'c'], 2, 'a, b and 1 more'],
  [['a', 'b', 'c', 'd'], 1, 'a and 3 more'],
])('%j with at most %d is listed as %j', (texts, most, sentence) => {
  expect(listInSentence(texts, most)).toBe(sentence)
})

test.each([
  [[], 2, []],
  [['a', 'b'], 2, ['a', 'b']],
  [['a', 'b', 'c'], 2, ['a', 'b', 'And 1 more.']],
  [['a', 'b', 'c', 'd'], 1, ['a', 'And 3 more.']],
  [['a', 'b'], 0, ['And 2 more.']],
])('the first lines of %j, at most %d, are %j', (lines, most, expected) => {
  expect(firstLines(lines, most)).toEqual(expected)
})

test('the line that counts the others may say more', () => {
  expect(firstLines(['a', 'b', 'c'], 1, count => `${count} in the log.`)).toEqual(['a', '2 in the log.'])
})

/** What the runner takes for a command: the one at the start of a line after blanks, the other anywhere. */
const colonCommand = /^\s*::/
const bracketCommand = /##\[/

test.each([
  ['plain', ['plain']],
  ['', ['']],
  ['two\nlines', ['two', '  | lines']],
  [
    'a\r\nb\rc\vd\fe\u0085f\u2028g\u2029h',
    ['a', '  | b', '  | c', '  | d', '  | e', '  | f', '  | g', '  | h'],
  ],
  ['a\n\nb\n', ['a', '  | ', '  | b', '  | ']],
  ['::error::x', [': :error: :x']],
  ['  ::set-env name=a::b', ['  : :set-env name=a: :b']],
  ['a\n::debug::b', ['a', '  | : :debug: :b']],
  ['x ##[command]y', ['x ## [command]y']],
  ['###[error]', ['### [error]']],
  [':::', [': ::']],
  ['red \u001b[31mtext\u001b[0m', ['red text']],
  ['link \u001b]8;;http://x\u001b\\shown\u001b]8;;\u0007', ['link shown']],
  ['title \u001b]0;without an end', ['title']],
  [':\u001b[0m:error::', [': :error: :']],
  ['#\u001b[1m#\u001b[m[error]', ['## [error]']],
  ['#\u200b#[error]', ['# #[error]']],
  ['a\tb\u0000c\u009bd', ['a b c d']],
  ['a\u202egnp.exe\u2066b\ufeffc\u00add', ['a gnp.exe b c d']],
  ['trailing \t ', ['trailing']],
  ['生产 🙂 é', ['生产 🙂 é']],
])('%j is logged as %j', (text, lines) => {
  expect(toLogLines(text)).toEqual(lines)
})

const piece = fc.oneof(
  fc.constantFrom(':', '::', '#', '##', '[', ']', ' ', '\t', '\n', '\r', '\v', '\u0085', '\u2028', '\u00a0'),
  fc.constantFrom('\u001b', '\u001b[', '\u001b[0m', '\u001b]', '\u0007', '\u001b\\', '\u009b', 'm', ';'),
  fc.constantFrom('\u200b', '\u00ad', '\ufeff', '\u2060', '\u202e', '\u0000', '\u007f', '\ud800', '\udc00'),
  fc.constantFrom('error', 'add-mask', 'stop-commands', 'set-output name=a', 'a'),
  fc.string({ maxLength: 4 }),
)
const hostile = fc.array(piece, { maxLength: 40 }).map(parts => parts.join(''))

test('in any text that is logged the runner finds no command and no line end', () => {
  fc.assert(
    fc.property(hostile, text => {
      const lines = toLogLines(text)
      for (const line of lines) {
        expect(line).not.toMatch(colonCommand)
        expect(line).not.toMatch(bracketCommand)
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      }
      for (const line of lines.slice(1)) expect(line.startsWith('  |')).toBe(true)
      // The runner reads them together, and ends lines elsewhere than toLogLines.
      for (const line of lines.join('\n').split(/\r\n|[\r\n]/)) expect(line).not.toMatch(colonCommand)
    }),
    { numRuns: 3_000 },
  )
})

test('harmless text is logged as it is', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w .,;/()\-=+äöü生产]*[\w)]$/), text => {
      expect(toLogLines(text)).toEqual([text])
    }),
  )
})

test.each([
  ['<b>&amp;"', '&#60;b&#62;&#38;amp;&#34;'],
  ['`*~[x]|\\@a', '&#96;&#42;&#126;&#91;x&#93;&#124;&#92;&#64;a'],
  ['a\n \t\n  b', 'a\n  b'],
  ['a\r\n\r\nb\n\n\nc', 'a\nb\nc'],
  ['a\u2028b\u0085c', 'a\nb\nc'],
  ['a\u0000b\u001b[31mc\u202ed', 'a b &#91;31mc d'],
  ['生产 🙂', '生产 🙂'],
])('%j is escaped as %j for HTML', (text, escaped) => {
  expect(escapeHtml(text)).toBe(escaped)
})

test('a secret is removed before a text is escaped', () => {
  rememberSecret('hidden&value"21')
  expect(escapeHtml('<hidden&value"21>')).toBe('&#60;&#42;&#42;&#42;&#62;')
})

test.each([
  ['abc', 3, 'abc'],
  ['abc', 2, 'ab'],
  ['abc', 0, ''],
  ['äb', 1, ''],
  ['äb', 2, 'ä'],
  ['a生b', 3, 'a'],
  ['a生b', 4, 'a生'],
  ['🙂', 3, ''],
  ['🙂', 4, '🙂'],
])('%j cut to %d bytes is %j', (text, bytes, cut) => {
  expect(cutToBytes(text, bytes)).toBe(cut)
})

test('a cut text is the longest beginning that fits, in whole characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 60 }), (text, bytes) => {
      const cut = cutToBytes(text, bytes)
      expect(text.startsWith(cut)).toBe(true)
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytes)
      if (cut === text) return
      const [next = ''] = [...text.slice(cut.length)]
      expect(Buffer.byteLength(cut + next)).toBeGreaterThan(bytes)
    }),
  )
})

test.each([
  ['in01-a', true],
  ['backup0 é', true],
  ['...', true],
  ['a..b', true],
  ['x'.repeat(200), true],
  ['x'.repeat(201), false],
  ['', false],
  ['.', false],
  ['..', false],
  [' .. ', false],
  ['a/b', false],
  ['a\\b', false],
  ['a\nb', false],
  ['a\u0000', false],
  ['\ud800', false],
])('the id %j is safe: %s', (text, expected) => {
  expect(isSafeId(text)).toBe(expected)
})
