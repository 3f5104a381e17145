/** Inputs that are lists: one item per line, comma separated, or a JSON array of texts, such as an output has it. */

/**
 * Each item once. A line that begins with `#` is skipped.
 *
 * @param report receives what is wrong, without the name of the input
 */
export function readList(text: string, report: (problem: string) => void): string[] {
  const items = text.startsWith('[') ? itemsOfJson(text, report) : itemsOfLines(text)
  return [...new Set(items.map(item => item.trim()).filter(item => item !== ''))]
}

function itemsOfLines(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .filter(line => !line.trimStart().startsWith('#'))
    .flatMap(line => line.split(','))
}

function itemsOfJson(text: string, report: (problem: string) => void): string[] {
  const items = parse(text)
  if (Array.isArray(items) && items.every(item => typeof item === 'string')) return items
  report('begins with [ but is not a JSON array of texts')
  return []
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
