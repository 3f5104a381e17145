import type { Mask } from './commands.ts'
import type { Annotation } from './step-log.ts'
import type { RawLine } from './step-process.ts'

/** What is left of one stage of a step, as GitHub and the next step see it. */
export type StepResult = {
  stage: 'main' | 'post'
  /** `with:` as the test gave it. */
  given: Record<string, string>
  /** What the action received: `with:` and the defaults. */
  inputs: Record<string, string>
  /** `null` when a signal ended the process; a real runner then sees 128 + its number. */
  exitCode: number | null
  signal: NodeJS.Signals | null
  outcome: 'success' | 'failure' | 'cancelled'
  /** Every line of both streams before anything was done to it, in order of arrival. */
  rawLines: RawLine[]
  stdout: string[]
  stderr: string[]
  /** The log as GitHub shows it; debug lines only with debug logging on. */
  log: string[]
  annotations: Annotation[]
  /** Issued in all; GitHub shows ten of each level. */
  annotationCounts: Record<Annotation['level'], number>
  /** In order, with the index of the raw line; values that the runner knew before are not among them. */
  masks: Mask[]
  outputs: Record<string, string>
  /** What `jobs.<id>.outputs` would carry to other jobs: nothing empty, nothing with masked text in it. */
  jobOutputs: Record<string, string>
  droppedJobOutputs: string[]
  state: Record<string, string>
  env: Record<string, string>
  path: string[]
  /** Masked; empty when nothing was written or all of it was dropped for its size. */
  summary: string
  groups: string[]
  /** Commands and files that the runner refused: each fails the step whatever its exit code. */
  commandErrors: string[]
  /** The JSON that output `receipt` points to, or its text when it is no JSON. */
  receipt: unknown
  durationMs: number
  post?: StepResult
}

/** What a job hands to other jobs of a step's outputs. */
export function splitJobOutputs(
  outputs: Readonly<Record<string, string>>,
  mask: (text: string) => string,
): Pick<StepResult, 'jobOutputs' | 'droppedJobOutputs'> {
  const jobOutputs: Record<string, string> = {}
  const droppedJobOutputs: string[] = []
  for (const [name, value] of Object.entries(outputs)) {
    if (value === '') continue
    if (mask(value) === value) jobOutputs[name] = value
    else droppedJobOutputs.push(name)
  }
  return { jobOutputs, droppedJobOutputs }
}
