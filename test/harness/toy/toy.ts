import { fileURLToPath } from 'node:url'
import { runStep, type StepOptions, type StepResult } from '../runner.ts'

/** The folder of the toy action. */
const toy = fileURLToPath(new URL('.', import.meta.url))

/** Runs JavaScript as the main stage of the toy action. */
export function runToy(script: string, options: StepOptions = {}): Promise<StepResult> {
  return runStep({ ...options, action: toy, with: { script, ...options.with } })
}

/** JavaScript that prints exactly these lines. */
export function printing(...lines: string[]): string {
  return `process.stdout.write(${JSON.stringify(`${lines.join('\n')}\n`)})`
}
