/** Runs the `run:` of a step as the runner does on Linux: by bash, in the workspace, with files for what it publishes. */
import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { runnerEnvironment } from '../environment.ts'
import { parsePairs } from '../file-commands.ts'
import { createCommandFiles, type JobFolder, writeEvent } from '../job-folder.ts'

export interface ShellStep {
  script: string
  env: Record<string, string>
  folder: JobFolder
  event: unknown
  eventName: string
}

export interface ShellResult {
  outcome: 'success' | 'failure'
  outputs: Record<string, string>
  summary: string
  log: string[]
}

// On Windows the system has another bash, which starts a Linux.
const bash = process.platform === 'win32' ? 'C:\\Program Files\\Git\\bin\\bash.exe' : 'bash'

export async function runShell({ script, env, folder, event, eventName }: ShellStep): Promise<ShellResult> {
  const files = await createCommandFiles(folder)
  const path = join(folder.temp, 'script.sh')
  await writeFile(path, script)
  const environment = runnerEnvironment({
    folder,
    files,
    action: '',
    node: process.execPath,
    eventPath: await writeEvent(folder, event),
    eventName,
    debug: false,
  })
  const child = spawn(bash, ['-e', path], {
    cwd: folder.workspace,
    env: { ...environment, PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  const { pairs, error } = parsePairs(await readFile(files.output, 'utf8'))
  const log = [...out.split('\n'), ...err.split('\n'), ...(error === undefined ? [] : [error])]
  return {
    outcome: code === 0 && error === undefined ? 'success' : 'failure',
    outputs: Object.fromEntries(pairs),
    summary: await readFile(files.summary, 'utf8'),
    log: log.filter(line => line !== ''),
  }
}
