/** The one door to the runner: inputs, masks, outputs, state, log, summary, receipt. */
import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  getInput,
  getState,
  info,
  saveState as keepState,
  debug as printDebug,
  error as printError,
  notice as printNotice,
  warning as printWarning,
  setOutput,
  setSecret,
} from '@actions/core'
import { type InputName, type OutputName, secretOutputs } from '../contract.ts'
import { redact, rememberSecret, secretLines, shortestSecret } from '../secrets.ts'
import { cutToBytes, printable } from './text.ts'

/** The runner drops a summary of 1 MiB or more whole. */
const largestSummary = 1024 * 1024 - 4096
/** The runner cuts annotations there. */
const longestAnnotation = 4_096
/** All outputs of a job share 1 MB; a list gets at most this many bytes. */
const largestList = 400_000

/** What became known so far, by output; lists and booleans as such, for the receipt. */
const facts = new Map<OutputName, unknown>()
/** Outputs whose cut has been told. */
const cut = new Set<OutputName>()

export const readInput = (name: InputName): string => getInput(name)

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
  if (lines.length === 0) {
    warning(
      `A secret of only ${secret.length} characters is not masked, since that would blank out unrelated text. This action prints it nowhere; see that later steps do not either.`,
    )
  }
}

/**
 * Masks what came in as a secret, before anything else is done.
 *
 * @returns the API key of the environment, '' without one
 */
export function maskInputs(): string {
  const fallbackKey = (process.env.ZILLIZ_API_KEY ?? '').trim()
  for (const secret of [readInput('api-key'), fallbackKey, readInput('github-token')]) mask(secret)
  return fallbackKey
}

/**
 * Publishes a fact the moment it is known: masked first if it is secret, and kept for summary and
 * receipt. A fact without a value is not set.
 */
export function publish(name: OutputName, value: string | undefined): void {
  if (value === undefined || value === '') return
  if (secretOutputs.includes(name)) {
    mask(value)
    setOutput(name, value)
    return
  }
  const clean = redact(value)
  if (facts.get(name) === clean) return
  facts.set(name, clean)
  setOutput(name, clean)
}

export function publishFlag(name: OutputName, value: boolean): void {
  facts.set(name, value)
  setOutput(name, String(value))
}

/** Publishes a list as JSON, cut to what a job's outputs can hold; the receipt gets it whole. */
export function publishList(name: OutputName, items: readonly unknown[]): void {
  const whole = redactDeep(items) as unknown[]
  facts.set(name, whole)
  let size = 2
  const fitting = whole.filter(item => {
    size += Buffer.byteLength(JSON.stringify(item)) + 1
    return size <= largestList
  })
  setOutput(name, JSON.stringify(fitting))
  if (fitting.length < whole.length && !cut.has(name)) {
    cut.add(name)
    warning(
      `Output ${name} holds the first ${fitting.length} of ${whole.length} entries, since a job's outputs are limited; the file of output receipt holds all.`,
    )
  }
}

function redactDeep(value: unknown): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map(redactDeep)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), redactDeep(item)]))
}

export function published(): ReadonlyMap<OutputName, unknown> {
  return facts
}

export function log(text: string): void {
  for (const line of safeLines(text)) info(line)
}

export function debug(text: string): void {
  printDebug(safeLines(text).join('\n'))
}

export const notice = (text: string) => printNotice(annotation(text))
export const warning = (text: string) => printWarning(annotation(text))
/** The one error annotation of a step that fails. */
export const error = (text: string) => printError(annotation(text))

function safeLines(text: string): string[] {
  return printable(redact(text))
}

function annotation(text: string): string {
  const whole = safeLines(text)
    .map(line => line.replace(/^ {2}\| /, ''))
    .join('\n')
  return whole.length > longestAnnotation ? `${whole.slice(0, longestAnnotation - 1)}…` : whole
}

/** Survives into the `post` process of this action. */
export function saveState(name: string, value: string): void {
  keepState(name, redact(value))
}

export const readState = (name: string): string => getState(name)

/** Appends to the page of the step; Markdown and HTML of foreign text are the writer's to escape. */
export function writeSummary(page: string): void {
  const path = process.env.GITHUB_STEP_SUMMARY
  if (!path) return
  const whole = redact(page)
  const fitting = cutToBytes(whole, largestSummary)
  appendFileSync(
    path,
    fitting === whole
      ? fitting
      : `${fitting}\n\n*Cut: a summary holds at most 1 MiB. The receipt has all.*\n`,
  )
}

/** What the receipt tells of the workflow. */
function workflow(): Record<string, unknown> {
  const { env } = process
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = env
  return {
    repository,
    sha: env.GITHUB_SHA,
    runId,
    runAttempt: env.GITHUB_RUN_ATTEMPT,
    runUrl: server && repository && runId ? `${server}/${repository}/actions/runs/${runId}` : undefined,
  }
}

/** Writes the receipt under the runner's temp folder and publishes its path. */
export function writeReceipt(story: Record<string, unknown>): void {
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), 'zilliz-cloud-'))
  const path = join(folder, 'receipt.json')
  const receipt = redactDeep({ ...story, ...Object.fromEntries(facts), ...workflow() })
  writeFileSync(path, `${JSON.stringify(receipt, null, 2)}\n`, { mode: 0o600 })
  publish('receipt', path)
}
