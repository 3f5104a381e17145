/** The runner's `SecretMasker`: knows secrets and their encodings, and hides them. */
export type Masker = {
  add(value: string): void
  mask(text: string): string
}

/** A masker of one job; masks are never forgotten before the job ends. */
export function createMasker(): Masker {
  const originals = new Set<string>()
  const hidden = new Set<string>()
  return {
    add(value) {
      if (value === '' || originals.has(value)) return
      originals.add(value)
      hidden.add(value)
      for (const variant of variants(value)) if (variant !== '') hidden.add(variant)
    },
    mask(text) {
      return replaceRanges(text, findRanges(text, hidden))
    },
  }
}

/**
 * The encodings the runner hides along with a value. Not among them: base64url,
 * hex, base64 without its padding, and a value inside another encoding.
 */
export function variants(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8')
  const shifted = (by: number): string => (bytes.length > by ? bytes.subarray(by) : bytes).toString('base64')
  return [
    shifted(0),
    shifted(1),
    shifted(2),
    value.replaceAll('"', '\\"'),
    value.replaceAll("'", "''"),
    newtonsoftJson(value),
    dataUri(value),
    xml(value),
    withoutQuotes(value),
    ...powerShell(value),
  ]
}

/** Newtonsoft's `JsonConvert.ToString` without the quotes around it. */
function newtonsoftJson(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replace(/[\u0085\u2028\u2029]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** .NET's `Uri.EscapeDataString` leaves only letters, digits and `-._~` alone. */
function dataUri(value: string): string {
  // The detour by bytes replaces lone surrogates, which would throw.
  return encodeURIComponent(Buffer.from(value).toString()).replace(
    /[!'()*]/g,
    c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

const xmlEntities: Record<string, string> = {
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '&': '&amp;',
}

function xml(value: string): string {
  return value.replace(/[<>"'&]/g, c => xmlEntities[c] ?? c)
}

function withoutQuotes(value: string): string {
  return value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : ''
}

/** PowerShell's error output tears a value apart at its ampersands. */
function powerShell(value: string): string[] {
  if (!value.includes('&')) return []
  const plus = value.indexOf('&+')
  const cut = plus === -1 ? value.lastIndexOf('&') + 1 : plus + 2
  const after = plus === -1 ? cut : cut + 1
  return [value.slice(0, cut), value.slice(after)].filter(part => part.length >= 6)
}

function findRanges(text: string, hidden: ReadonlySet<string>): [number, number][] {
  const ranges: [number, number][] = []
  for (const value of hidden) {
    for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
      ranges.push([at, at + value.length])
    }
  }
  return ranges.sort((a, b) => a[0] - b[0])
}

/** Ranges that overlap or touch become one `***`. */
function replaceRanges(text: string, ranges: readonly [number, number][]): string {
  let masked = ''
  let done = 0
  for (let i = 0; i < ranges.length; i++) {
    const [start, first] = ranges[i] ?? [0, 0]
    let end = first
    for (let next = ranges[i + 1]; next !== undefined && next[0] <= end; next = ranges[i + 1]) {
      end = Math.max(end, next[1])
      i++
    }
    masked += `${text.slice(done, start)}***`
    done = end
  }
  return masked + text.slice(done)
}
