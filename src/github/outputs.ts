/** What a step hands to later steps: its outputs, and the receipt that has them whole. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setOutput as writeOutput } from '@actions/core'
import { type OutputName, secretOutputs } from '../contract.ts'
import { messageOf, RunnerFileError } from '../errors.ts'
import { redact } from '../secrets.ts'
import { listInSentence } from '../untrusted-text.ts'
import { mask, warning } from './runner.ts'

/** All outputs of a job share 1 MB; a list gets at most this many bytes. */
const largestList = 400_000

/** What became known so far, by output; lists and booleans as such, for the receipt. */
const facts = new Map<OutputName, unknown>()
/** Outputs whose warning about a cut was printed. */
const cut = new Set<OutputName>()

function setOutput(name: OutputName, value: string): void {
  try {
    writeOutput(name, value)
  } catch (cause) {
    throw new RunnerFileError(`Could not write output ${name} for the runner: ${messageOf(cause)}.`, {
      cause,
    })
  }
}

/**
 * Publishes a fact as soon as it is known: masked first if it is secret, and kept for summary and
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

export function publishBoolean(name: OutputName, value: boolean): void {
  facts.set(name, value)
  setOutput(name, String(value))
}

export function publishNumber(name: OutputName, value: number | undefined): void {
  if (value === undefined || facts.get(name) === value) return
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
      `Output ${name} holds the first ${fitting.length} of ${whole.length} entries, since a job's outputs are limited; the file of output receipt has all.`,
    )
  }
}

/**
 * Publishes an object as JSON, without its largest fields when it is more than an output can hold; the receipt
 * gets it whole.
 */
export function publishObject(name: OutputName, value: Record<string, unknown>): void {
  const whole = redactDeep(value) as Record<string, unknown>
  facts.set(name, whole)
  const sized = Object.entries(whole).map(([key, field]) => ({
    key,
    bytes: Buffer.byteLength(JSON.stringify([key, field])),
  }))
  let size = 2
  const tooMuch = sized
    .sort((one, other) => one.bytes - other.bytes)
    .filter(({ bytes }) => {
      size += bytes
      return size > largestList
    })
    .map(({ key }) => key)
    .reverse()
  const missing = new Set(tooMuch)
  const fitting = Object.entries(whole).filter(([key]) => !missing.has(key))
  setOutput(name, JSON.stringify(Object.fromEntries(fitting)))
  if (missing.size > 0) {
    const named = listInSentence(tooMuch.map(key => key.slice(0, 50)))
    warning(
      `Output ${name} omits ${named}, since a job's outputs are limited; the file of output receipt has all.`,
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

export function runUrl(): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = process.env
  return server && repository && runId ? `${server}/${repository}/actions/runs/${runId}` : undefined
}

/** What the receipt has of the workflow. */
function workflow(): Record<string, unknown> {
  const { env } = process
  return {
    repository: env.GITHUB_REPOSITORY || undefined,
    sha: env.GITHUB_SHA || undefined,
    runId: env.GITHUB_RUN_ID || undefined,
    runAttempt: env.GITHUB_RUN_ATTEMPT || undefined,
    runUrl: runUrl(),
  }
}

/** Writes the receipt under the runner's temp folder and publishes its path. */
export function writeReceipt(step: Record<string, unknown>): void {
  const { receipt: _itself, ...known } = Object.fromEntries(facts)
  const receipt = redactDeep({ ...step, ...known, ...workflow() })
  try {
    receiptPath ??= join(
      mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), 'zilliz-cloud-')),
      'receipt.json',
    )
    writeFileSync(receiptPath, `${JSON.stringify(receipt, null, 2)}\n`, { mode: 0o600 })
  } catch (cause) {
    throw new RunnerFileError(`Could not write the receipt for the runner: ${messageOf(cause)}.`, { cause })
  }
  publish('receipt', receiptPath)
}

let receiptPath: string | undefined
