/** What a GITHUB_OUTPUT, GITHUB_STATE or GITHUB_ENV file says, up to its first mistake. */
export type FilePairs = { pairs: [name: string, value: string][]; error?: string }

/**
 * Reads `NAME=value` and `NAME<<DELIMITER` as the runner's
 * `EnvFileKeyValuePairs` on Linux does. Only `\n` ends a line here. Pairs before
 * a mistake count; those after it are lost.
 */
export function parsePairs(text: string): FilePairs {
  const pairs: [string, string][] = []
  const reader = lineReader(text.replace(/^\ufeff/, ''))
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    if (line.text === '') continue
    const equals = line.text.indexOf('=')
    const heredoc = line.text.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs.push([line.text.slice(0, equals), line.text.slice(equals + 1)])
    } else if (heredoc >= 0) {
      const name = line.text.slice(0, heredoc)
      const delimiter = line.text.slice(heredoc + 2)
      if (name === '' || delimiter === '') {
        const error = `Invalid format '${line.text}'. Name must not be empty and delimiter must not be empty`
        return { pairs, error }
      }
      const value = readHeredoc(reader, delimiter)
      if (value.error !== undefined) return { pairs, error: value.error }
      pairs.push([name, value.text])
    } else {
      return { pairs, error: `Invalid format '${line.text}'` }
    }
  }
  return { pairs }
}

/** The lines of a GITHUB_PATH file. */
export function parsePaths(text: string): string[] {
  const paths: string[] = []
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    if (line === '') continue
    const known = paths.indexOf(line)
    if (known !== -1) paths.splice(known, 1)
    paths.push(line)
  }
  return paths
}

type Line = { text: string; start: number; ended: boolean }
type LineReader = { next(): Line | undefined; slice(from: number, to: number): string; position(): number }

function lineReader(text: string): LineReader {
  let at = 0
  return {
    next() {
      if (at >= text.length) return undefined
      const start = at
      const end = text.indexOf('\n', at)
      at = end === -1 ? text.length : end + 1
      return { text: text.slice(start, end === -1 ? undefined : end), start, ended: end !== -1 }
    },
    slice: (from, to) => text.slice(from, to),
    position: () => at,
  }
}

function readHeredoc(reader: LineReader, delimiter: string): { text: string; error?: string } {
  const start = reader.position()
  let end = start
  for (;;) {
    const line = reader.next()
    if (line === undefined) {
      return { text: '', error: `Invalid value. Matching delimiter not found '${delimiter}'` }
    }
    if (line.text === delimiter) return { text: reader.slice(start, Math.max(start, end)) }
    if (!line.ended) return { text: '', error: 'Invalid value. EOF marker missing new line.' }
    end = reader.position() - 1
  }
}
