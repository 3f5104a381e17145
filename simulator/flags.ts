import { parseArgs } from 'node:util'
import { dataOperations } from './data-plane/operations.ts'
import { readFault } from './fault-flag.ts'
import type { FaultRule } from './faults.ts'
import { operations } from './operations/all.ts'

export const USAGE = `Usage: npm run simulator -- [options]

  --port N            TCP port on 127.0.0.1; 0, the default, picks a free one
  --speed N           world seconds per real second, default 1; a backup takes 6 world seconds
  --fail-next REASON  the next job (backup, restore or export) fails with this reason
  --hang-next         the next job never ends
  --endpoint-delay N  the data plane of a new cluster refuses for N world seconds after RUNNING, default 0
  --load-seconds N    a restored collection is being loaded for N world seconds, default 0
  --fault OPERATION=STATUS[:CODE][xTIMES]
                      requests of that operation are answered with this HTTP status and code and not carried out:
                      the first TIMES, or all; may be given several times
  --json              print one line of JSON to stdout when it listens, and nothing else
  --log               with --json: print the lines about requests all the same
  --help              show this text

Each request is one line on stderr: time, method, path, status, code. Keys are never shown.

OPERATION is "all" or one of:
${wrapped(Object.keys(operations))}

or, on the data plane of a cluster, one of:
${wrapped(Object.keys(dataOperations))}

Examples:

  npm run simulator -- --port 8080 --speed 10
  npm run simulator -- --port 8080 --fail-next "disk full"
  npm run simulator -- --port 8080 --hang-next
  npm run simulator -- --port 8080 --fault createBackup=403:96016     the key may not
  npm run simulator -- --port 8080 --fault all=401:21119              the key is refused
  npm run simulator -- --port 8080 --fault listBackups=503x2          out of order twice
  npm run simulator -- --port 8080 --fault countEntities=200:106x3    recovering three times
  npm run simulator -- --port 8080 --endpoint-delay 90                RUNNING, and not usable yet
`

export interface Flags {
  port: number
  speed: number
  failNext: string | undefined
  hangNext: boolean
  endpointDelay: number
  loadSeconds: number
  faults: FaultRule[]
  log: boolean
  json: boolean
  help: boolean
}

/** The flags, or a description of the error in them, in one line. */
export function readFlags(args: string[]): Flags | string {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '0' },
        speed: { type: 'string', default: '1' },
        'fail-next': { type: 'string' },
        'hang-next': { type: 'boolean', default: false },
        'endpoint-delay': { type: 'string', default: '0' },
        'load-seconds': { type: 'string', default: '0' },
        fault: { type: 'string', multiple: true, default: [] },
        log: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    })
    const { 'fail-next': failNext, 'hang-next': hangNext, log, json, help } = values
    const read = values.fault.map(readFault)
    const flags = {
      port: Number(values.port),
      speed: Number(values.speed),
      failNext,
      hangNext,
      endpointDelay: Number(values['endpoint-delay']),
      loadSeconds: Number(values['load-seconds']),
      faults: read.filter(fault => typeof fault !== 'string'),
      log: log || !json,
      json,
      help,
    }
    return problemOf(flags, values) ?? read.find(fault => typeof fault === 'string') ?? flags
  } catch (error) {
    return inOneLine(error as NodeJS.ErrnoException)
  }
}

function inOneLine({ code, message }: NodeJS.ErrnoException): string {
  // npm keeps for itself what stands before the "--".
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') {
    return `${message.replace(/\. .*$/s, '')}: write npm run simulator -- --port 8080, with "--" before the options`
  }
  // What follows is advice about arguments that begin with a dash.
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return message.replace(/\. .*$/s, '')
  return message.replaceAll('\n', ' ')
}

/** Numbers as they were written. */
type Given = Readonly<Record<'port' | 'speed' | 'endpoint-delay' | 'load-seconds', string>>

function problemOf(flags: Flags, given: Given): string | undefined {
  const { port, speed, failNext, hangNext } = flags
  if (!/^\d+$/.test(given.port) || port > 65_535) return `--port must be 0 to 65535, not "${given.port}"`
  if (!(speed > 0 && Number.isFinite(speed))) return `--speed must be a number above 0, not "${given.speed}"`
  for (const name of ['endpoint-delay', 'load-seconds'] as const) {
    if (!/^\d+$/.test(given[name])) return `--${name} must be a number of seconds, not "${given[name]}"`
  }
  if (failNext === undefined) return undefined
  if (failNext.trim() === '') return `--fail-next must be a reason such as "disk full", not "${failNext}"`
  if (hangNext) return '--fail-next cannot be combined with --hang-next: both apply to the next job'
  return undefined
}

/** In lines that a terminal shows whole. */
function wrapped(words: readonly string[]): string {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last === undefined || `${last}, ${word}`.length > 100) lines.push(`  ${word}`)
    else lines[lines.length - 1] = `${last}, ${word}`
  }
  return lines.join(',\n')
}
