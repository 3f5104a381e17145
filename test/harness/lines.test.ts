import { expect, test } from 'vitest'
import { readLines } from './lines.ts'

/** The lines of a stream that arrives in these chunks. */
function linesOf(...chunks: (string | Uint8Array)[]): string[] {
  const lines: string[] = []
  const reader = readLines(line => lines.push(line))
  for (const chunk of chunks) reader.push(Buffer.from(chunk))
  reader.end()
  return lines
}

test.each<[what: string, chunks: string[], lines: string[]]>([
  ['a carriage return at the end of a chunk waits for its line feed', ['a\r', '\nb\r'], ['a', 'b']],
  ['a carriage return at the end of a chunk ends a line where none follows', ['a\r', 'b'], ['a', 'b']],
  ['a line may come in several chunks', ['a', 'b', 'c\nd'], ['abc', 'd']],
  ['an empty line is a line', ['a\n\nb\n'], ['a', '', 'b']],
])('%s', (_, chunks, lines) => {
  expect(linesOf(...chunks)).toEqual(lines)
})

test('a character torn apart by a chunk stays whole', () => {
  const [first = 0, ...rest] = Buffer.from('é\n')
  expect(linesOf(Uint8Array.of(first), Uint8Array.from(rest))).toEqual(['é'])
})
