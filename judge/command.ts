import { spawn } from 'node:child_process'

export interface CommandOptions {
  /** Added to the environment of this process. */
  env?: Readonly<Record<string, string>>
  cwd?: string
  /** Whether its output is shown while it runs. */
  echo?: boolean
}

/** Runs a command to its end; one that is not there ends with code 127, as in a shell. */
export function command(
  program: string,
  args: readonly string[],
  { env = {}, cwd, echo = false }: CommandOptions = {},
): Promise<{ code: number; output: string }> {
  return new Promise(resolve => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, cwd })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', chunk => {
        output += chunk
        if (echo) process.stdout.write(chunk)
      })
    }
    child.once('error', ({ message }) => resolve({ code: 127, output: message }))
    child.once('close', code => resolve({ code: code ?? 1, output }))
  })
}
