/** The programs that are measured: steps of the built action, and others beside them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Simulator } from '../simulator/index.ts'
import { type NodeVersion, nodePath } from '../test/harness/nodes.ts'
import { runStep, type StepOptions, type StepResult } from '../test/harness/runner.ts'
import { runProcess } from '../test/harness/step-process.ts'

export type Inputs = Readonly<Record<string, string>>
type Env = Readonly<Record<string, string>>

/** Longer than anything here takes. */
const timeoutMs = 600_000

export const programPath = (name: string) => fileURLToPath(new URL(`./programs/${name}`, import.meta.url))

/** @throws unless the step succeeds */
export async function step(
  { apiKey, baseUrl }: Pick<Simulator, 'apiKey' | 'baseUrl'>,
  inputs: Inputs,
  options: StepOptions,
): Promise<StepResult> {
  const given = { 'api-key': apiKey, 'base-url': baseUrl, ...inputs }
  const result = await runStep({ with: given, timeoutMs, ...options })
  if (result.outcome !== 'success') throw new Error(`${JSON.stringify(inputs)}\n${result.log.join('\n')}`)
  return result
}

/** A program that is run in a clean environment: node, or another command. */
export interface Program {
  node?: NodeVersion
  command?: string
  args: readonly string[]
  env?: Env
}

/**
 * @returns milliseconds from start to end
 * @throws unless it ends with 0
 */
export async function run({ node, command = nodePath(node), args, env = {} }: Program): Promise<number> {
  const lines: string[] = []
  const end = await runProcess({
    command,
    args,
    cwd: tmpdir(),
    env: { PATH: process.env.PATH ?? '', ...env },
    ladderScale: 1,
    timeoutMs,
    onLine: ({ text }) => void lines.push(text),
    onStart: () => undefined,
    describe: () => lines.join('\n'),
  })
  if (end.exitCode !== 0) throw new Error(`${command} ended with ${end.exitCode}:\n${lines.join('\n')}`)
  return end.durationMs
}

/** What a process had taken when it ended. */
export interface Notes {
  peakMb: number
  /** On the processor; waiting is not in it. */
  cpuMs: number
  /** Paths of all files that it had loaded. */
  loaded: string[]
}

/** Runs something with the environment that makes a node process write its notes. */
export async function noted(start: (env: Env) => Promise<unknown>): Promise<Notes> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  try {
    const path = join(folder, 'notes.json')
    await start({
      NODE_OPTIONS: `--require ${JSON.stringify(programPath('at-exit.cjs'))}`,
      BENCH_NOTES: path,
    })
    const { peakKb, cpuMs, loaded } = JSON.parse(await readFile(path, 'utf8'))
    return { peakMb: peakKb / 1024, cpuMs, loaded }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
