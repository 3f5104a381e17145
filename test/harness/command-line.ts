/** A workflow command found in a line of a step's output. */
export type Command = {
  /** As written; the runner compares it without regard to case. */
  name: string
  /** Keys are in lower case: the runner ignores the case of them. */
  properties: Map<string, string>
  data: string
}

/** `%25` comes last: `%250A` is the text `%0A` and not a line end. */
const dataEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const
const propertyEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
] as const
const bracketEscapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
] as const

/** What .NET's `TrimStart` takes off; not JavaScript's set: U+0085 is in, U+FEFF is not. */
const leadingBlanks = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

/** Finds the command in a line; `registered` holds lower-case names. */
export function parseCommand(line: string, registered: ReadonlySet<string>): Command | undefined {
  return parseColons(line, registered) ?? parseBrackets(line, registered)
}

/** `::name key=value,key=value::data`, only at the start of a line, after blanks. */
function parseColons(line: string, registered: ReadonlySet<string>): Command | undefined {
  const text = line.replace(leadingBlanks, '')
  if (!text.startsWith('::')) return undefined
  // The runner searches with the rules of a culture, for which characters
  // without width do not exist: a soft hyphen inside the second `::` hides it
  // from a plain search but not from the runner, which then cuts two units off.
  const end = text.slice(2).search(/:[\0-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2060\ufeff]*:/)
  if (end === -1) return undefined
  const info = text.slice(2, 2 + end)
  const data = text.slice(2 + end + 2)
  return command(info, plainText(data, dataEscapes), { registered, separator: ',', escapes: propertyEscapes })
}

/** `##[name key=value;key=value]data`, anywhere in a line; only the first `##[` counts. */
function parseBrackets(line: string, registered: ReadonlySet<string>): Command | undefined {
  const start = line.indexOf('##[')
  if (start === -1) return undefined
  const end = line.indexOf(']', start)
  if (end === -1) return undefined
  const info = line.slice(start + 3, end)
  const data = plainText(line.slice(end + 1), bracketEscapes)
  return command(info, data, { registered, separator: ';', escapes: bracketEscapes })
}

type Escapes = readonly (readonly [string, string])[]

/** How the part of a command before its data is written. */
type Syntax = { registered: ReadonlySet<string>; separator: string; escapes: Escapes }

function command(
  info: string,
  data: string,
  { registered, separator, escapes }: Syntax,
): Command | undefined {
  const blank = info.indexOf(' ')
  const name = blank === -1 ? info : info.slice(0, blank)
  if (!registered.has(name.toLowerCase())) return undefined
  const properties = new Map<string, string>()
  const written =
    blank > 0
      ? info
          .slice(blank + 1)
          .trim()
          .split(separator)
      : []
  for (const property of written) {
    // Blanks around the equals sign are part of key and value; an empty key or value is no property.
    const [, key, value] = /^=*([^=]+)=+(.+)$/s.exec(property) ?? []
    if (key === undefined || value === undefined) continue
    properties.set(key.toLowerCase(), plainText(value, escapes))
  }
  return { name, properties, data }
}

function plainText(text: string, escapes: Escapes): string {
  let plain = text
  for (const [escaped, character] of escapes) plain = plain.replaceAll(escaped, character)
  return plain
}
