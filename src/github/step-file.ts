/** Reading a file that an input names: of the workspace, or of the runner's temp folder, and of no other place. */
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, type PlatformPath, relative, resolve, sep } from 'node:path'

/** In bytes. The receipt of ten thousand collections has 5 MB. */
const largest = 64 * 1024 * 1024

/** @returns a text that says what is wrong: nothing outside those folders is looked at, so nothing is said of it */
export function readStepFile(name: string): { content: string } | string {
  const { GITHUB_WORKSPACE: workspace = '', RUNNER_TEMP: temp = '' } = process.env
  const folders = [workspace, temp].filter(folder => folder !== '')
  const whole = resolve(workspace || '.', name)
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
    // PowerShell begins a file with a byte order mark, which JSON does not allow.
    return { content: readFileSync(real, 'utf8').replace(/^\ufeff/, '') }
  } catch {
    return 'is a file that is not there or cannot be read'
  }
}

type Paths = Pick<PlatformPath, 'isAbsolute' | 'relative' | 'sep'>

const outside = "is not inside the workspace or the runner's temp folder"

/** The tests hand in the paths of Windows, whatever system they run on. */
export function isInside(
  folder: string,
  file: string,
  paths: Paths = { isAbsolute, relative, sep },
): boolean {
  const way = paths.relative(folder, file)
  return way !== '' && way !== '..' && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way)
}
