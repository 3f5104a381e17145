// Lets `npm test`, `npm run demo` and the others be the first command in a fresh clone. Plain JavaScript and node's own
// modules only, because it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

const difference = whatDiffers()
if (difference !== undefined) install(difference)
// The Node 24 that the tests start on purpose brings a command called `node`; linked there, it would quietly run every
// npm script.
rmSync(join(root, 'node_modules', '.bin', 'node'), { force: true })

/** npm notes what it has installed in node_modules/.package-lock.json, as its last act: a broken install leaves no note. */
function whatDiffers() {
  const wanted = packages('package-lock.json')
  let present
  try {
    present = packages('node_modules/.package-lock.json')
  } catch {
    return 'nothing is installed yet'
  }
  for (const [path, { version, integrity, optional }] of Object.entries(wanted)) {
    if (path === '') continue
    const found = present[path]
    // Optional packages are mostly those of other platforms, which npm leaves out.
    if (found === undefined && optional) continue
    if (found?.version !== version || found?.integrity !== integrity) {
      return `${path} is not what package-lock.json says`
    }
  }
  return undefined
}

function packages(file) {
  return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
}

/** Of the optional packages npm takes the few that are for this platform. */
function packageCount() {
  return Object.entries(packages('package-lock.json')).filter(
    ([path, { optional }]) => path !== '' && !optional,
  ).length
}

function install(reason) {
  process.stderr.write(
    `Installing the dependencies (npm ci), because ${reason}: about ${packageCount()} packages and 500 MB. ` +
      'It takes about a minute the first time …\n',
  )
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  // The output of the script that follows may be read by a program, so npm's words go to standard error.
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  const { status, error } =
    npm === undefined
      ? spawnSync(`npm ${args.join(' ')}`, { ...options, shell: true })
      : spawnSync(process.execPath, [npm, ...args], options)
  if (status === 0) {
    process.stderr.write('The dependencies are installed.\n')
    return
  }
  const what = error === undefined ? '' : `: ${error.message}`
  process.stderr.write(
    `The dependencies could not be installed${what}. Run "npm ci" to see why, then try again.\n`,
  )
  process.exit(status || 1)
}
