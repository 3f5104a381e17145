import { StringDecoder } from 'node:string_decoder'

/** Feeds chunks of bytes in, hands whole lines out. */
export type LineReader = {
  push(chunk: Buffer): void
  /** The stream has ended: what is left is a line too. */
  end(): void
}

/**
 * Cuts a stream into lines as .NET's `StreamReader.ReadLine` does: `\n`, `\r\n`
 * and a lone `\r` end a line, nothing else does. A `\r` is therefore enough to
 * put a command at a "line's start".
 */
export function readLines(onLine: (line: string) => void): LineReader {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const drain = (): void => {
    for (;;) {
      const end = rest.search(/[\r\n]/)
      if (end === -1) return
      // The other half of a \r\n may still come.
      if (rest[end] === '\r' && end === rest.length - 1) return
      const next = rest.startsWith('\r\n', end) ? end + 2 : end + 1
      const line = rest.slice(0, end)
      rest = rest.slice(next)
      onLine(line)
    }
  }
  return {
    push(chunk) {
      rest += decoder.write(chunk)
      drain()
    },
    end() {
      rest += decoder.end()
      drain()
      if (rest === '') return
      const line = rest.endsWith('\r') ? rest.slice(0, -1) : rest
      rest = ''
      onLine(line)
    },
  }
}
