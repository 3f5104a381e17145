/** Replaces what differs from run to run by names that do not. */
export type StableNames = (text: string) => string

const kinds: readonly [kind: string, pattern: RegExp][] = [
  ['cluster', /\bin\d{2}-[0-9a-z]{6,}\b/gi],
  ['job', /\bjob[-_][0-9a-z]{12,}\b/gi],
  ['backup', /\bbackup(?:\d+_[0-9a-z]{6,}|-[0-9a-z]{15})\b/gi],
  ['project', /\bproj-[0-9a-z]{12,}\b/gi],
  ['uuid', /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi],
]

const unnumbered: readonly [pattern: RegExp, name: string][] = [
  [/_runner_file_commands-[0-9A-Za-z]{6}/g, '_runner_file_commands'],
  [/\b(127\.0\.0\.1|localhost|\[::1\]):\d{2,5}\b/g, '$1:<port>'],
  // Equal times may differ in the next run, so times get no numbers.
  [/\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2}| UTC)?/g, '<time>'],
  [/\b20\d{2}-\d{2}-\d{2}\b/g, '<date>'],
  [/\b20\d{6}[-T]?\d{6}Z?\b/g, '<time>'],
  [/\b1[6-9]\d{11}\b/g, '<time>'],
  [/("clockDifference":)-?\d+/g, '$1<duration>'],
]

/** As it stands in a log, in JSON or in HTML: Windows has another one. */
const separator = '(?:/|&#92;|\\\\{1,2})'

/** A path below a folder of the job. */
const jobPath = new RegExp(
  `[^\\s"'\`(<>|,]*${separator}runner-[0-9A-Za-z]{6}${separator}(temp|workspace|home|tools)\\b((?:${separator}[\\w.-]+)*)`,
  'g',
)

const duration =
  /\b\d+(?:\.\d+)?\s?(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)(?:\s?\d+\s?(?:ms|s|secs?|seconds?|m|mins?|minutes?))*\b/g

/**
 * The same id gets the same name everywhere, numbered by first sight: `<job-1>`.
 * `names` come before everything else. Durations stay where `keep` holds them,
 * such as a timeout that the test itself gave.
 */
export function stableNames(
  options: { names?: Readonly<Record<string, string>>; keep?: readonly string[] } = {},
): StableNames {
  const given = Object.entries(options.names ?? {}).sort(([a], [b]) => b.length - a.length)
  const keep = new Set(options.keep)
  const seen = new Map<string, Map<string, string>>()
  return text => {
    let stable = text
    for (const [value, name] of given) stable = stable.replaceAll(value, name)
    stable = stable.replace(jobPath, (_, folder: string, rest: string) => {
      return `<${folder}>${rest.replace(new RegExp(separator, 'g'), '/')}`
    })
    for (const [pattern, name] of unnumbered) stable = stable.replace(pattern, name)
    for (const [kind, pattern] of kinds) {
      const known = seen.get(kind) ?? new Map<string, string>()
      seen.set(kind, known)
      stable = stable.replace(pattern, id => {
        const name = known.get(id) ?? `<${kind}-${known.size + 1}>`
        known.set(id, name)
        return name
      })
    }
    return stable.replace(duration, found => (keep.has(found) ? found : '<duration>'))
  }
}
