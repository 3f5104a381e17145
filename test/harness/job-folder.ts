import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The folders a runner gives to a job: they outlive its steps. */
export type JobFolder = AsyncDisposable & {
  path: string
  workspace: string
  temp: string
  home: string
  tools: string
}

/**
 * Makes a job's folders; give the same one to several steps to make them one job.
 *
 * @param below the name of a folder that they stand in
 */
export async function createJobFolder(below = '.'): Promise<JobFolder> {
  const root = await mkdtemp(join(tmpdir(), 'runner-'))
  const path = join(root, below)
  await mkdir(path, { recursive: true })
  const folder = {
    path,
    workspace: join(path, 'workspace'),
    temp: join(path, 'temp'),
    home: join(path, 'home'),
    tools: join(path, 'tools'),
  }
  for (const part of [folder.workspace, folder.temp, folder.home, folder.tools]) await mkdir(part)
  return { ...folder, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) }
}

/** The files by which a step sends outputs, state and the summary to the runner. */
export type CommandFiles = { output: string; state: string; env: string; path: string; summary: string }

/** Makes empty command files of one stage of a step; every stage has its own. */
export async function createCommandFiles(folder: JobFolder): Promise<CommandFiles> {
  const home = await mkdtemp(join(folder.temp, '_runner_file_commands-'))
  const files = {
    output: join(home, 'set_output'),
    state: join(home, 'save_state'),
    env: join(home, 'set_env'),
    path: join(home, 'add_path'),
    summary: join(home, 'step_summary'),
  }
  for (const file of Object.values(files)) await writeFile(file, '')
  return files
}

/** Writes the event's payload where GITHUB_EVENT_PATH points. */
export async function writeEvent(folder: JobFolder, event: unknown): Promise<string> {
  const home = join(folder.temp, '_github_workflow')
  await mkdir(home, { recursive: true })
  const path = join(home, 'event.json')
  await writeFile(path, JSON.stringify(event, null, 2))
  return path
}
