/** The Chromium that draws the pages: none is downloaded. Run alone, it prints the path, or fails when there is none. */
import { accessSync, constants, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'google-chrome', 'google-chrome-stable']

/** The one that CHROMIUM_PATH names, or the first on the PATH. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH, PATH = '' } = process.env
  if (CHROMIUM_PATH) return CHROMIUM_PATH
  const folders = PATH.split(delimiter).filter(folder => folder !== '')
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(isExecutable)
}

export const howToGetChromium = 'Install Chromium or Chrome, or set CHROMIUM_PATH.'

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const [, script = ''] = process.argv
if (import.meta.filename === realpathSync(script)) {
  const found = findChromium()
  if (found === undefined) {
    console.error(`No Chromium was found. ${howToGetChromium}`)
    process.exitCode = 1
  } else {
    console.log(found)
  }
}
