import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutToBytes, toLogLines } from '../src/untrusted-text.ts'

/** What the runner looks for, in a line: the one at its start after blanks, the other anywhere. */
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
  [':\u001b[0m:error::', [': :error: :']],
  ['#\u001b[1m#\u001b[m[error]', ['## [error]']],
  ['#\u200b#[error]', ['# #[error]']],
  ['a\tb\u0000c\u009bd', ['a b c d']],
  ['a\u202egnp.exe\u2066b\ufeffc\u00add', ['a gnp.exe b c d']],
  ['trailing \t ', ['trailing']],
  ['生产 🙂 é', ['生产 🙂 é']],
])('%j is printed as %j', (text, lines) => {
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

test('whatever is printed, the runner finds no command and no line end in it', () => {
  fc.assert(
    fc.property(hostile, text => {
      const lines = toLogLines(text)
      for (const line of lines) {
        expect(line).not.toMatch(colonCommand)
        expect(line).not.toMatch(bracketCommand)
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      }
      for (const line of lines.slice(1)) expect(line.startsWith('  |')).toBe(true)
      // Together they are what the runner reads, and it splits at other places than we do.
      for (const line of lines.join('\n').split(/\r\n|[\r\n]/)) expect(line).not.toMatch(colonCommand)
    }),
    { numRuns: 3_000 },
  )
})

test('harmless text is printed as it is', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w .,;/()\-=+äöü生产]*[\w)]$/), text => {
      expect(toLogLines(text)).toEqual([text])
    }),
  )
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

test('a cut is the longest beginning that fits, in whole characters', () => {
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
