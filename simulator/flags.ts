import { parseArgs } from 'node:util'

export const USAGE = `Usage: npm run simulator -- [options]

  --port N            TCP port on 127.0.0.1; 0, the default, picks a free one
  --speed N           world seconds per real second, default 1
  --fail-next REASON  the next job (backup, restore or export) fails with this reason
  --hang-next         the next job never ends
  --log               print one line per request to stderr: time, method, path, status, code
  --json              print one line of JSON to stdout when it listens, and nothing else
  --help              show this text

Examples:

  npm run simulator -- --port 8080 --speed 10 --log
  npm run simulator -- --fail-next "disk full"
  npm run simulator -- --hang-next --log
`

export interface Flags {
  port: number
  speed: number
  failNext: string | undefined
  hangNext: boolean
  log: boolean
  json: boolean
  help: boolean
}

/** The flags, or a description of the error in them. */
export function readFlags(args: string[]): Flags | string {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '0' },
        speed: { type: 'string', default: '1' },
        'fail-next': { type: 'string' },
        'hang-next': { type: 'boolean', default: false },
        log: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    })
    const { 'fail-next': failNext, 'hang-next': hangNext, log, json, help } = values
    const flags = {
      port: Number(values.port),
      speed: Number(values.speed),
      failNext,
      hangNext,
      log,
      json,
      help,
    }
    return problemOf(flags, values) ?? flags
  } catch (error) {
    // Some messages of parseArgs have several lines.
    return (error as Error).message.replaceAll('\n', ' ')
  }
}

function problemOf(flags: Flags, given: { port: string; speed: string }): string | undefined {
  const { port, speed, failNext, hangNext } = flags
  if (!/^\d+$/.test(given.port) || port > 65_535) return `--port must be 0 to 65535, not "${given.port}"`
  if (!(speed > 0 && Number.isFinite(speed))) return `--speed must be a number above 0, not "${given.speed}"`
  if (failNext === undefined) return undefined
  if (failNext.trim() === '') return `--fail-next must be a reason such as "disk full", not "${failNext}"`
  if (hangNext) return '--fail-next cannot be combined with --hang-next: both apply to the next job'
  return undefined
}
