import { readFile } from 'node:fs/promises'
import type { AnyCase } from './any-case.ts'
import { parsePairs, parsePaths } from './file-commands.ts'
import type { CommandFiles } from './job-folder.ts'
import type { Masker } from './masker.ts'
import type { StepLog } from './step-log.ts'

/** What a stage left in its command files. */
export type FileEffects = { env: Record<string, string>; path: string[]; summary: string; errors: string[] }

const largestSummary = 1024 * 1024

/** Reads the files after the process has ended, however it ended. Outputs and state join those of the commands. */
export async function readCommandFiles(from: {
  files: CommandFiles
  outputs: AnyCase
  state: AnyCase
  log: StepLog
  masker: Masker
}): Promise<FileEffects> {
  const { files, outputs, state, log, masker } = from
  const errors: string[] = []
  const refuse = (context: string, message: string): void => {
    const lines = [`Unable to process file command '${context}' successfully.`, message]
    for (const line of lines) log.issue('error', line)
    errors.push(lines.join(' '))
  }
  const read = async (context: string, file: string, take: (name: string, value: string) => void) => {
    const { pairs, error } = parsePairs(await textOf(file))
    for (const [name, value] of pairs) {
      // State alone may have no name.
      if (name === '' && context !== 'state') {
        refuse(context, "Value cannot be null. (Parameter 'name')")
        return
      }
      take(name, value)
    }
    if (error !== undefined) refuse(context, error)
  }

  const env: Record<string, string> = {}
  const path = parsePaths(await textOf(files.path))
  await read('env', files.env, (name, value) => {
    if (name.toUpperCase() !== 'NODE_OPTIONS') env[name] = value
    else log.issue('error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
  })
  const summary = scrubSummary(await textOf(files.summary), log, masker)
  await read('state', files.state, state.set)
  await read('output', files.output, outputs.set)
  return { env, path, summary, errors }
}

/** An action may delete or never touch its files: both are nothing to read. */
async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return ''
  }
}

function scrubSummary(text: string, log: StepLog, masker: Masker): string {
  const size = Buffer.byteLength(text)
  if (size > largestSummary) {
    const got = Math.floor(size / 1024)
    log.issue(
      'error',
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${largestSummary / 1024}k, got ${got}k.`,
    )
    return ''
  }
  // Line by line: a mask of several lines hides nothing here, only the masks of its lines do.
  return text
    .split(/\r\n|\r|\n/)
    .map(masker.mask)
    .join('\n')
}
