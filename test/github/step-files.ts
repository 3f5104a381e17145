import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'

/** The files that a runner gives a step, and what the step has written there. */
export interface StepFiles {
  /** The runner's temp folder. */
  readonly temp: string
  /** What the step has printed; may be emptied. */
  printed: string
  read(file: StepFile): string
  /** Outputs or state, as `name=value` lines. */
  written(file: StepFile): string[]
}

const files = { output: 'GITHUB_OUTPUT', state: 'GITHUB_STATE', summary: 'GITHUB_STEP_SUMMARY' } as const
type StepFile = keyof typeof files

/**
 * Gives each test of a file a folder of its own. The modules keep outputs and secrets for as long as the process
 * lives, as they do in a step; so every test needs its own.
 */
export function useStepFiles(): StepFiles {
  let folder = ''
  const read = (file: StepFile) => readFileSync(join(folder, file), 'utf8')
  const step: StepFiles = {
    get temp() {
      return join(folder, 'temp')
    },
    printed: '',
    read,
    written: file =>
      [...read(file).matchAll(/^([\w-]+)<<(\S+)\n(.*?)\n\2$/gms)].map(
        ([, name, , value]) => `${name}=${value}`,
      ),
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runner-'))
    mkdirSync(step.temp)
    vi.stubEnv('RUNNER_TEMP', step.temp)
    for (const [file, variable] of Object.entries(files)) {
      writeFileSync(join(folder, file), '')
      vi.stubEnv(variable, join(folder, file))
    }
    step.printed = ''
    vi.spyOn(process.stdout, 'write').mockImplementation(text => {
      step.printed += text
      return true
    })
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })
  return step
}
