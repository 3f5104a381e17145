/**
 * Checks that a tag can be released, and with a second argument writes the notes of the release to that file. The release
 * workflow starts it with plain node, without anything from npm.
 */
import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { version as contractVersion } from '../src/contract.ts'
import { changelogSection, floatingTag, parseTag, problemsOf, withWholeLinks } from './release.ts'

const root = dirname(import.meta.dirname)
const read = (file: string) => readFileSync(join(root, file), 'utf8')

const [tag = '', notes] = process.argv.slice(2)
const changelog = read('CHANGELOG.md')
const { version: packageVersion } = JSON.parse(read('package.json'))
const problems = problemsOf(tag, { changelog, packageVersion, contractVersion })
const version = parseTag(tag)

for (const problem of problems) console.error(problem)
if (problems.length > 0 || version === undefined) process.exitCode = 1
else {
  if (notes !== undefined) writeFileSync(notes, `${notesOf(version.text)}\n`)
  const tags = execFileSync('git', ['tag', '--list'], { cwd: root, encoding: 'utf8' }).split('\n')
  const outputs = `pre-release=${version.isPreRelease}\nfloating=${floatingTag(version, tags) ?? ''}\n`
  if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, outputs)
  process.stdout.write(outputs)
}

function notesOf(name: string): string {
  const { GITHUB_SERVER_URL: server = 'https://github.com', GITHUB_REPOSITORY: repository } = process.env
  const section = changelogSection(changelog, name) ?? ''
  return repository ? withWholeLinks(section, `${server}/${repository}/blob/${tag}`) : section
}
