/** Reading a file that an input names: of the workspace, or of the runner's temp folder, and of no other place. */
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'

/** In bytes. The receipt of ten thousand collections has 5 MB. */
const largest = 64 * 1024 * 1024

/** @returns a text that says what is wrong: nothing outside those folders is looked at, so nothing is said of it */
export function readStepFile(path: string): { content: string } | string {
  const { GITHUB_WORKSPACE: workspace = '', RUNNER_TEMP: temp = '' } = process.env
  const folders = [workspace, temp].filter(folder => folder !== '')
  const whole = resolve(workspace || '.', path)
  if (!folders.some(folder => isInside(resolve(folder), whole))) return outside
  try {
    // A link may lead out of them.
    const real = realpathSync(whole)
    if (!folders.some(folder => isInside(realpathSync(folder), real))) return outside
    const stat = statSync(real)
    // Reading a pipe would never end.
    if (!stat.isFile()) return 'is no file'
    const { size } = stat
    if (size > largest) return `is a file of ${size} bytes; at most ${largest} are read`
    return { content: readFileSync(real, 'utf8') }
  } catch {
    return 'is a file that is not there or cannot be read'
  }
}

const outside = "is not inside the workspace or the runner's temp folder"

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
