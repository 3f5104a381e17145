/** In each worker of a copy: names the test to the processes that it starts, and hands them the mutant that is on. */
import { AsyncLocalStorage } from 'node:async_hooks'
import childProcess, { type SpawnOptions } from 'node:child_process'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { aroundEach } from 'vitest'

type Probe = { harvest(test: string): void }

const { harvest }: Probe = createRequire(import.meta.url)('./probe.cjs')
/** Tests of some files run at the same time. */
const current = new AsyncLocalStorage<string>()
/** A step gets a clean environment from the harness; this goes along. */
const handedOn = ['PROBE_FOLDER', '__STRYKER_ACTIVE_MUTANT__']

aroundEach(async (runTest, { task }) => {
  // What was run before is of no single test: it was imported, or belongs to a hook.
  if (!task.concurrent) harvest(task.file.id)
  await current.run(task.id, runTest)
  if (!task.concurrent) harvest(task.id)
})

const { spawn } = childProcess
const spawnProbed = (command: string, ...rest: unknown[]) => {
  const args = Array.isArray(rest[0]) ? rest[0] : []
  const options: SpawnOptions = (Array.isArray(rest[0]) ? rest[1] : rest[0]) ?? {}
  const given = handedOn.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  const env = {
    ...(options.env ?? process.env),
    ...Object.fromEntries(given),
    PROBE_TEST: current.getStore(),
  }
  return spawn(command, args, { ...options, env })
}
Object.assign(childProcess, { spawn: spawnProbed })
syncBuiltinESMExports()
