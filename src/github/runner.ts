/** The one door to the runner: inputs, masks, state, log, summary; its outputs are in outputs.ts. */
import { appendFileSync } from 'node:fs'
import {
  getInput,
  info,
  saveState as keepState,
  debug as printDebug,
  error as printError,
  notice as printNotice,
  warning as printWarning,
  setSecret,
} from '@actions/core'
import { defaultBaseUrl, type InputName } from '../contract.ts'
import { messageOf, RunnerFileError } from '../errors.ts'
import type { Environment } from '../inputs/inputs.ts'
import { redact, rememberSecret, secretLines, shortestSecret } from '../secrets.ts'
import { cutHtml, sanitize, toLogLines } from '../untrusted-text.ts'
import type { StepCommon } from '../workflow-step.ts'
import { getsNoSecrets } from './event.ts'

/** The runner drops a summary of 1 MiB or more whole. */
const largestSummary = 1024 * 1024 - 4096
/** The runner cuts annotations there. */
const longestAnnotation = 4_096

/** Warnings and notes, oldest first: what a notice says stands on the page in other words. */
const notes: string[] = []

/** Undefined when the runner has no such input; '' when the workflow gave an empty one. */
export function readInput(name: InputName): string | undefined {
  return process.env[`INPUT_${name.toUpperCase()}`] === undefined ? undefined : getInput(name)
}

/** Secrets that cannot be masked and whose warning was printed. */
const tooShort = new Set<string>()

/**
 * Hides a secret from everything that follows: the runner's log by its own masks, all else by `redact`.
 * Line by line, since the log is one: a mask of a whole text with short lines would blank out those
 * everywhere, ids included.
 */
export function mask(secret: string): void {
  if (secret === '') return
  // The runner trims what it masks.
  const lines = secretLines(secret).filter(line => line.trim().length >= shortestSecret)
  if (rememberSecret(secret)) for (const line of lines) setSecret(line)
  if (lines.length === 0 && !tooShort.has(secret)) {
    tooShort.add(secret)
    warning(
      `A secret of only ${secret.length} characters is not masked, since that would blank out unrelated text. This action prints it nowhere; see that later steps do not either.`,
    )
  }
}

/** Masks what came in as a secret, before anything else is done, and gives what else the environment holds. */
export function maskInputs(): Environment {
  const apiKey = (process.env.ZILLIZ_API_KEY ?? '').trim()
  const token = readInput('data-token') ?? ''
  // Of `user:password` the password by itself too.
  const password = token.slice(token.indexOf(':') + 1)
  const secrets = [readInput('api-key'), apiKey, readInput('github-token'), token, password]
  for (const secret of secrets) mask(secret ?? '')
  const variables = Object.entries(process.env).filter(([name]) => name.toUpperCase().startsWith('INPUT_'))
  return {
    apiKey,
    baseUrl: (process.env.ZILLIZ_BASE_URL ?? '').trim(),
    getsNoSecrets,
    inputVariables: new Map(variables.map(([name, value = '']) => [name, value])),
  }
}

/**
 * How this workflow names the action, and the address of the service where it is not the default. Empty for `./`; inside
 * a composite action the runner shows the outer one, so a placeholder stands there too.
 */
export function stepCommon(): StepCommon {
  const { GITHUB_ACTION_REPOSITORY: repository = '', GITHUB_ACTION_REF: ref = '' } = process.env
  const isShown = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref)
  const baseUrl = readInput('base-url') || process.env.ZILLIZ_BASE_URL?.trim() || ''
  const isDefault = baseUrl === '' || baseUrl.replace(/\/+$/, '') === defaultBaseUrl
  return {
    uses: isShown ? `${repository}@${ref}` : undefined,
    baseUrl: isDefault ? undefined : sanitize(baseUrl),
  }
}

/** For the job summary: what was reported, oldest first. */
export const reported = (): readonly string[] => notes

/** To the log, and to the job summary. */
export function note(text: string): void {
  notes.push(text)
  log(text)
}

export function log(text: string): void {
  for (const line of safeLines(text)) info(line)
}

export function debug(text: string): void {
  printDebug(safeLines(text).join('\n'))
}

export function notice(text: string): void {
  printNotice(annotation(text))
}

export function warning(text: string): void {
  notes.push(text)
  printWarning(annotation(text))
}

/** The one error annotation of a step that fails. */
export const error = (text: string, title: string) =>
  printError(annotation(text), { title: annotation(title) })

function safeLines(text: string): string[] {
  return toLogLines(redact(text))
}

function annotation(text: string): string {
  const whole = safeLines(text)
    .map(line => line.replace(/^ {2}\| /, ''))
    .join('\n')
  return whole.length > longestAnnotation ? `${whole.slice(0, longestAnnotation - 1)}…` : whole
}

/** Survives into the `post` process of this action. */
export function saveState(name: string, value: string): void {
  try {
    keepState(name, redact(value))
  } catch (cause) {
    throw new RunnerFileError(`Could not save the state for the end of the job: ${messageOf(cause)}.`, {
      cause,
    })
  }
}

/** Appends to the job summary; Markdown and HTML of untrusted text are the caller's to escape. */
export function writeSummary(page: string): void {
  const path = process.env.GITHUB_STEP_SUMMARY
  if (!path) return
  const whole = redact(page)
  const fitting = cutHtml(whole, largestSummary)
  const cut = '\n<p>Cut: a summary has at most 1 MiB. The receipt has all.</p>\n'
  try {
    appendFileSync(path, fitting === whole ? fitting : `${fitting}${cut}`)
  } catch (cause) {
    throw new RunnerFileError(`Could not write the summary for the runner: ${messageOf(cause)}.`, { cause })
  }
}

/** The runner cancels a step by a signal, which may come more than once. */
export function onCancel(act: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) process.on(signal, act)
}

/** Milliseconds. */
const exitDelay = 300

/**
 * Whatever still holds the process after its end, such as a connection or a look-up of a name, is not waited for. Only
 * lines of the log are, where writing them takes time (Windows).
 */
export function exitSoon(): void {
  if (process.stdout.writableLength === 0) process.exit()
  setTimeout(() => process.exit(), exitDelay).unref()
}
