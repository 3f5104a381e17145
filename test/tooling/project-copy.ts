import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export const root = dirname(dirname(import.meta.dirname))

const copied = [
  ...['src', 'scripts', 'docs', 'bench'],
  ...['package.json', 'action.yml', 'README.md', 'README.zh-CN.md', 'DESIGN.md'],
]

/** A copy that scripts may change, in a temporary folder; `below` puts it at another depth. */
export function copyProject(below = '.'): { path: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'project-'))
  const path = join(folder, below)
  mkdirSync(path, { recursive: true })
  for (const name of copied) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(path, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'), 'junction')
  return { path, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

export interface Ran {
  status: number | null
  stdout: string
  stderr: string
}

export function tsx(cwd: string, ...args: readonly string[]): Ran {
  return node(cwd, {}, join(root, 'node_modules/tsx/dist/cli.mjs'), ...args)
}

export function node(cwd: string, env: Readonly<Record<string, string>>, ...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { status, stdout, stderr }
}
