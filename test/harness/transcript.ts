import { addedByReceipt } from './receipt.ts'
import type { Secrets } from './secrets.ts'
import { stableNames } from './stable-names.ts'
import type { StepResult } from './step-result.ts'

/** A request as the simulator recorded it; `code` is the envelope's. */
type RecordedRequest = {
  method: string
  path: string
  query?: Readonly<Record<string, string>>
  body?: unknown
  status?: number | undefined
  code?: unknown
  /** Kind of the fault that was injected for it. */
  fault?: string | undefined
}

/** What a transcript is made with. */
export type TranscriptOptions = {
  requests?: readonly RecordedRequest[]
  /** By name; shown as `<name>`, and only where a secret may be: inputs, masks, outputs. */
  secrets?: Secrets
  /** Exact texts that get a name of their own, such as `{'in01-…': '<production>'}`. */
  names?: Readonly<Record<string, string>>
}

/**
 * Shows a step as a text that is the same in every run, for
 * `toMatchFileSnapshot`. Throws when a secret stands where none may be, so that
 * none is ever committed.
 */
export function transcript(result: StepResult, options: TranscriptOptions = {}): string {
  const secrets = Object.entries(options.secrets ?? {}).filter(([, value]) => value !== '')
  const names = stableNames({
    ...(options.names === undefined ? {} : { names: options.names }),
    keep: Object.values(result.given),
  })
  const replace = (text: string, by: (name: string) => string): string =>
    secrets.reduce((replaced, [name, value]) => replaced.replaceAll(value, by(name)), text)
  const cells: Cells = {
    show: text => names(replace(text, name => `<${name}>`)),
    // Before names are given, which might break a secret in two and so hide it from this search.
    plain(text) {
      const hidden = replace(text, name => `<LEAKED ${name}>`)
      if (hidden !== text) throw new Error(`A transcript would have held a secret:\n${hidden}`)
      return names(text)
    },
    mask: value => maskText(value, secrets),
  }
  const sections = [
    ...stageSections(result, cells),
    ...section(
      'requests',
      foldRepeats((options.requests ?? []).map(request => cells.plain(requestText(request)))),
    ),
    ...(result.post === undefined ? [] : ['', '# AFTER THE JOB', ...stageSections(result.post, cells)]),
  ]
  return `${sections.join('\n').trim()}\n`
}

type Cells = {
  /** For places where a secret may be. */
  show: (text: string) => string
  /** For all others. */
  plain: (text: string) => string
  mask: (value: string) => string
}

function stageSections(result: StepResult, { show, plain, mask }: Cells): string[] {
  const pairs = (values: Readonly<Record<string, string>>, cell: (text: string) => string): string[] =>
    Object.entries(values).map(([name, value]) => `${name}: ${indent(cell(value))}`)
  const added = addedByReceipt(result)
  const exit = result.signal === null ? `code ${result.exitCode}` : `killed by ${result.signal}`
  return [
    ...section('with', result.stage === 'main' ? pairs(result.given, show) : []),
    ...section('log', foldRepeats(result.log.map(line => plain(line)))),
    ...section(
      'annotations',
      result.annotations.map(({ level, message, title, file }) =>
        plain(`${level}${title ? ` [${title}]` : ''}${file ? ` (${file})` : ''}: ${indent(message)}`),
      ),
    ),
    ...section('end', [
      `${result.outcome}, ${exit}`,
      ...result.commandErrors.map(error => plain(`refused: ${error}`)),
    ]),
    ...section(
      'masks',
      result.masks.map(({ value }) => mask(value)),
    ),
    ...section('outputs', pairs(result.outputs, show)),
    ...section('outputs that no other job gets', result.droppedJobOutputs),
    ...section('state', pairs(result.state, plain)),
    ...section('environment', [
      ...pairs(result.env, plain),
      ...result.path.map(path => `PATH: ${plain(path)}`),
    ]),
    // Where a long text may break is not to be seen, and would break names.
    ...section('summary', rowByRow(plain(result.summary.replaceAll('<wbr>', '').trim()))),
    ...section(
      'added by the receipt',
      added === undefined ? [] : plain(JSON.stringify(added, null, 2)).split('\n'),
    ),
  ]
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines]
}

/** Which values are masked is shown, but not a value without a name. */
function maskText(value: string, secrets: readonly (readonly [string, string])[]): string {
  const whole = secrets.find(([, secret]) => secret === value)
  if (whole !== undefined) return `<${whole[0]}>`
  const part = secrets.find(([, secret]) => secret.includes(value))
  return part === undefined ? '<something without a name>' : `<part of ${part[0]}>`
}

function requestText({ method, path, query, body, status, code, fault }: RecordedRequest): string {
  const search = new URLSearchParams(query).toString()
  const response = [
    status === undefined ? 'no response' : `${status}`,
    ...(code === undefined ? [] : [`code ${JSON.stringify(code)}`]),
    ...(fault === undefined ? [] : [`fault ${fault}`]),
  ]
  const head = `${method} ${path}${search === '' ? '' : `?${search}`} -> ${response.join(', ')}`
  if (body === undefined || body === null || body === '') return head
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2)
  return `${head}\n    ${text.replaceAll('\n', '\n    ')}`
}

/** A table is one line of HTML; each of its rows gets a line of its own here. */
function rowByRow(summary: string): string[] {
  return summary === ''
    ? []
    : summary.replaceAll('<tr>', '\n  <tr>').replaceAll('</table>', '\n</table>').split('\n')
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n    ')
}

/** How often a wait polls depends on the machine: one to three entries that repeat are shown once. */
function foldRepeats(lines: readonly string[]): string[] {
  const folded: string[] = []
  for (let i = 0; i < lines.length; ) {
    const period = [1, 2, 3].find(length => lines[i] !== '' && repeats(lines, i, length))
    if (period === undefined) {
      folded.push(lines[i] ?? '')
      i++
      continue
    }
    folded.push(...lines.slice(i, i + period))
    folded.push(period === 1 ? '    (more than once)' : `    (these ${period} more than once)`)
    while (repeats(lines, i, period)) i += period
    i += period
  }
  return folded
}

function repeats(lines: readonly string[], at: number, length: number): boolean {
  if (at + 2 * length > lines.length) return false
  for (let i = at; i < at + length; i++) if (lines[i] !== lines[i + length]) return false
  return true
}
