import type { StepResult } from './step-result.ts'

/** A secret by the name that reports may use for it. */
export type Secrets = Readonly<Record<string, string>>

/**
 * Searches for secrets, each of their lines, and their encodings in everything a
 * step leaves behind, and names the places, never the secret: an empty list is
 * what a test wants. The raw output is searched and not only the masked log: what
 * depends on a mask is one encoding away from being read. Exempt are the exact
 * lines that mask a secret, and the outputs named in `allowOutputs`.
 */
export function findLeaks(
  result: StepResult,
  secrets: Secrets,
  options: { allowOutputs?: readonly string[] } = {},
): string[] {
  const forms = Object.entries(secrets)
    .filter(([, secret]) => secret !== '')
    .flatMap(([name, secret]) => formsOf(name, secret))
  const exempt = {
    lines: new Set(Object.values(secrets).flatMap(maskLinesOf)),
    outputs: new Set(options.allowOutputs),
  }
  const texts = [
    ...textsOf(result, exempt),
    ...(result.post === undefined ? [] : textsOf(result.post, exempt, 'post.')),
  ]
  return texts.flatMap(([place, text]) =>
    forms.filter(form => form.in(text)).map(({ label }) => `${place}: ${label}`),
  )
}

type Exempt = { lines: ReadonlySet<string>; outputs: ReadonlySet<string> }

/** Everything that a stage leaves behind, by place. */
function textsOf(stage: StepResult, exempt: Exempt, prefix = ''): [place: string, text: string][] {
  const pairs = (place: string, entries: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(entries).map(([name, value]) => [`${place}.${name}`, `${name}\n${value}`])
  const outputs = Object.entries(stage.outputs).filter(([name]) => !exempt.outputs.has(name))
  const lines = stage.rawLines.map(({ text }, i): [string, string] => [`rawLines[${i}]`, text])
  const texts: [string, string][] = [
    ...lines.filter(([, text]) => !exempt.lines.has(text)),
    ['log', stage.log.join('\n')],
    ...stage.annotations.map((annotation, i): [string, string] => [
      `annotations[${i}]`,
      Object.values(annotation).join('\n'),
    ]),
    ...pairs('outputs', Object.fromEntries(outputs)),
    ...pairs('state', stage.state),
    ...pairs('env', stage.env),
    ['path', stage.path.join('\n')],
    ['summary', stage.summary],
    ['receipt', JSON.stringify(stage.receipt) ?? ''],
    // The text inside the receipt's strings, for what JSON escapes.
    ['receipt (as text)', stringsIn(stage.receipt).join('\n')],
  ]
  return texts.map(([place, text]) => [`${prefix}${place}`, text])
}

type Form = { label: string; in: (text: string) => boolean }

/** Lines shorter than this are found everywhere by chance. */
const shortestLine = 4
/** Encodings shorter than this are. */
const shortestEncoding = 6

function formsOf(name: string, secret: string): Form[] {
  const lines = secret
    .split(/\r\n|\r|\n/)
    .map(line => line.trim())
    .filter(line => line.length >= shortestLine)
  const parts = new Map<string, string>([[secret, name]])
  lines.forEach((line, i) => {
    if (line !== secret) parts.set(line, `line ${i + 1} of ${name}`)
  })
  return [...parts].flatMap(([part, label]) => [
    { label, in: (text: string) => text.includes(part) },
    ...encodingsOf(part).map(({ how, value, anyCase }) => ({
      label: `${label} as ${how}`,
      in: (text: string) =>
        anyCase ? text.toLowerCase().includes(value.toLowerCase()) : text.includes(value),
    })),
  ])
}

type Encoding = { how: string; value: string; anyCase?: true }

function encodingsOf(value: string): Encoding[] {
  const bytes = Buffer.from(value, 'utf8')
  const encodings: Encoding[] = [
    { how: 'hex', value: bytes.toString('hex'), anyCase: true },
    { how: 'URI', value: encodeURIComponent(bytes.toString()), anyCase: true },
    { how: 'form', value: new URLSearchParams({ v: bytes.toString() }).toString().slice(2), anyCase: true },
    { how: 'JSON', value: JSON.stringify(value).slice(1, -1) },
    { how: 'JSON in JSON', value: JSON.stringify(JSON.stringify(value)).slice(3, -3) },
    { how: 'XML', value: xml(value) },
  ]
  for (const before of [0, 1, 2]) {
    const core = base64Core(bytes, before)
    encodings.push({ how: 'base64', value: core })
    const url = core.replaceAll('+', '-').replaceAll('/', '_')
    if (url !== core) encodings.push({ how: 'base64url', value: url })
  }
  return encodings.filter(encoding => encoding.value !== value && encoding.value.length >= shortestEncoding)
}

/** The digits that stay the same whatever stands before (modulo three bytes) and after the value. */
function base64Core(bytes: Buffer, before: number): string {
  const digits = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replace(/=+$/, '')
  const whole = Math.floor(((before + bytes.length) * 8) / 6)
  return digits.slice(Math.ceil((before * 8) / 6), whole)
}

function xml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
}

/** The one way to write a mask of a secret, or of one of its lines, that gives nothing else away. */
function maskLinesOf(secret: string): string[] {
  return [secret, ...secret.split(/\r\n|\r|\n/)].flatMap(value => {
    const escaped = (text: string): string =>
      text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
    return value === '' ? [] : [`::add-mask::${escaped(value)}`, `::add-mask::${escaped(value.trim())}`]
  })
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)])
}
