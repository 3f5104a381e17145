import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type AnyCase, anyCase } from './any-case.ts'
import { type Command, parseCommand } from './command-line.ts'
import type { Masker } from './masker.ts'
import type { StepLog } from './step-log.ts'

/** A value the step asked to have masked, and the raw line that asked. */
export type Mask = { value: string; rawLine: number }

/** What the commands in a step's output did, besides writing the log. */
export type CommandEffects = {
  outputs: AnyCase
  state: AnyCase
  masks: Mask[]
  groups: string[]
  /** Mistakes that fail the step whatever its exit code. */
  errors: string[]
}

/** Takes the lines of both streams, in the order they came. */
export type CommandReader = { effects: CommandEffects; line(text: string, rawLine: number): void }

const names = [
  ['stop-commands', 'set-env', 'add-path', 'set-output', 'save-state', 'add-mask', 'add-matcher'],
  ['remove-matcher', 'debug', 'notice', 'warning', 'error', 'group', 'endgroup', 'echo'],
].flat()
const neverEchoed = new Set(['add-mask', 'debug', 'notice', 'warning', 'error'])

/** What a command may read and change. */
type Context = {
  log: StepLog
  masker: Masker
  workspace: string
  effects: CommandEffects
  echo: boolean
}

type Perform = (command: Command, rawLine: number) => void

/** The runner's `ActionCommandManager` for one step. */
export function createCommandReader(options: {
  log: StepLog
  masker: Masker
  workspace: string
  debug: boolean
}): CommandReader {
  const { log } = options
  const registered = new Set(names)
  const effects: CommandEffects = { outputs: anyCase(), state: anyCase(), masks: [], groups: [], errors: [] }
  const context: Context = { ...options, effects, echo: options.debug }
  const perform = performerOf(context)
  let stopToken: string | undefined
  return {
    effects,
    line(text, rawLine) {
      const command = text === '' ? undefined : parseCommand(text, registered)
      const name = command?.name.toLowerCase()
      if (command === undefined) {
        log.write(text)
      } else if (stopToken !== undefined) {
        log.write(text)
        if (name !== stopToken) return
        registered.delete(stopToken)
        stopToken = undefined
      } else if (name === 'stop-commands') {
        stopToken = stop(context, command.data, { line: text, registered })
      } else {
        perform(command, text, rawLine)
      }
    },
  }
}

function performerOf(context: Context): (command: Command, text: string, rawLine: number) => void {
  const performers = { ...settingCommands(context), ...loggingCommands(context) }
  return (command, text, rawLine) => {
    const name = command.name.toLowerCase()
    const hidden = neverEchoed.has(name)
    if (context.echo && !hidden) context.log.write(text)
    try {
      performers[name]?.(command, rawLine)
    } catch (error) {
      const { message } = error as Error
      fail(context, `Unable to process command '${hidden ? name : text}' successfully.`, message)
    }
  }
}

/** Stops all commands until a token comes; gives the token, unless it is not allowed. */
function stop(
  context: Context,
  token: string,
  { line, registered }: { line: string; registered: Set<string> },
): string | undefined {
  const name = token.toLowerCase()
  if (token === '' || name === 'pause-logging' || registered.has(name)) {
    // The runner throws outside of its own catch here: the step fails, commands go on.
    fail(
      context,
      `You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command.`,
    )
    return undefined
  }
  registered.add(name)
  if (token.length > 6) context.masker.add(token)
  context.log.write(line)
  context.log.debug('Paused processing commands until the token you called ::stopCommands:: with is received')
  return name
}

function fail({ log, effects }: Context, ...messages: string[]): void {
  for (const message of messages) log.issue('error', message)
  effects.errors.push(messages.join(' '))
}

/** Commands that set something. */
function settingCommands(context: Context): Record<string, Perform> {
  const { log, effects } = context
  const deprecated = (name: string): void =>
    log.issue(
      'warning',
      `The \`${name}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files.`,
    )
  return {
    'set-env': ({ name }) => disabled(name),
    'add-path': ({ name }) => disabled(name),
    'set-output': command => {
      deprecated('set-output')
      effects.outputs.set(requiredName(command), command.data)
    },
    'save-state': command => {
      deprecated('save-state')
      effects.state.set(requiredName(command), command.data)
    },
    'add-mask': ({ data }, rawLine) => addMask(context, data, rawLine),
    // Problem matchers are loaded but not applied: the action has no use for one.
    'add-matcher': ({ data }) => {
      if (data === '') log.issue('warning', 'File path must be specified.')
      else if (!existsSync(resolve(context.workspace, data)))
        throw new Error(`Could not find file '${data}'.`)
    },
    'remove-matcher': () => undefined,
    echo: ({ data }) => {
      const value = data.trim().toLowerCase()
      if (value !== 'on' && value !== 'off') {
        throw new Error(
          `Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${data}'.`,
        )
      }
      context.echo = value === 'on'
    },
  }
}

function addMask({ log, masker, effects, echo }: Context, data: string, rawLine: number): void {
  if (data.trim() === '') {
    log.issue('warning', "Can't add secret mask for empty string in ##[add-mask] command.")
    return
  }
  if (echo) log.write('::add-mask::***')
  masker.add(data)
  for (const line of data.split(/[\r\n]/)) masker.add(line.trim())
  effects.masks.push({ value: data, rawLine })
}

/** Commands that write to the log. */
function loggingCommands({ log, masker, effects }: Context): Record<string, Perform> {
  return {
    debug: ({ data }) => log.debug(data),
    notice: ({ data, properties }) => log.issue('notice', data, properties),
    warning: ({ data, properties }) => log.issue('warning', data, properties),
    error: ({ data, properties }) => log.issue('error', data, properties),
    group: ({ data }) => {
      effects.groups.push(masker.mask(data))
      log.write(`##[group]${data}`)
    },
    endgroup: () => log.write('##[endgroup]'),
  }
}

function disabled(name: string): never {
  throw new Error(
    `The \`${name}\` command is disabled. Please upgrade to using Environment Files or opt into unsecure command execution by setting the \`ACTIONS_ALLOW_UNSECURE_COMMANDS\` environment variable to \`true\`.`,
  )
}

function requiredName(command: Command): string {
  const name = command.properties.get('name')
  if (name === undefined || name === '') {
    throw new Error(`Required field 'name' is missing in ##[${command.name}] command.`)
  }
  return name
}
