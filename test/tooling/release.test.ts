import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  changelogSection,
  floatingTag,
  parseTag,
  problemsOf,
  type Version,
  withWholeLinks,
} from '../../scripts/release.ts'
import { version } from '../../src/contract.ts'
import { copyProject, node, root } from './project-copy.ts'

const changelog = `# Changelog

## Unreleased

## [1.2.0] - 2026-11-26

### Added

- \`verify\`, see [its page](docs/verify.md)

## 1.1.0

- something
`

function versionOf(tag: string): Version {
  const found = parseTag(tag)
  if (found === undefined) throw new Error(`${tag} is no version`)
  return found
}

describe('a tag', () => {
  test.each([
    ['v1.2.3', { text: '1.2.3', major: 1, minor: 2, patch: 3, isPreRelease: false }],
    ['v0.10.0', { text: '0.10.0', major: 0, minor: 10, patch: 0, isPreRelease: false }],
    ['v1.2.3-rc.1', { text: '1.2.3-rc.1', major: 1, minor: 2, patch: 3, isPreRelease: true }],
    ['v1.0.0-0a-', { text: '1.0.0-0a-', major: 1, minor: 0, patch: 0, isPreRelease: true }],
  ])('%s is a version', (tag, parsed) => {
    expect(parseTag(tag)).toEqual(parsed)
  })

  test.each([
    'v1',
    'v1.2',
    '1.2.3',
    'v01.2.3',
    'v1.2.3.4',
    'v1.2.3-',
    'v1.2.3-rc.01',
    'v1.2.3+build',
    'v1.2.3\n',
    '',
  ])('%j is none', tag => {
    expect(parseTag(tag)).toBeUndefined()
  })
})

describe('the floating tag', () => {
  test.each([
    ['the first release', 'v1.0.0', ['v1.0.0'], 'v1'],
    ['a newer one', 'v1.10.0', ['v1.0.0', 'v1.9.9', 'v1', 'v1.10.0', ''], 'v1'],
    ['a fix', 'v1.2.1', ['v1.2.0', 'v1.2.1'], 'v1'],
    ['a release before version 1', 'v0.2.0', ['v0.1.0', 'v1.0.0'], 'v0'],
    ['a release beside a later major version', 'v1.2.1', ['v1.2.0', 'v2.0.0'], 'v1'],
    ['a release after pre-releases of the next', 'v1.2.1', ['v1.3.0-rc.1'], 'v1'],
    ['a fix of an older release', 'v1.2.1', ['v1.2.0', 'v1.3.0'], undefined],
    ['an older fix', 'v1.2.1', ['v1.2.2'], undefined],
    ['a pre-release', 'v1.3.0-rc.1', ['v1.2.0'], undefined],
    ['the pre-release of a major version', 'v2.0.0-beta', [], undefined],
  ])('%s', (_, tag, tags, moved) => {
    expect(floatingTag(versionOf(tag), tags)).toBe(moved)
  })
})

describe('a section of the changelog', () => {
  test.each([
    ['1.2.0', '### Added\n\n- `verify`, see [its page](docs/verify.md)'],
    ['1.1.0', '- something'],
    ['Unreleased', ''],
    ['1.1', undefined],
    ['1.0.0', undefined],
  ])('%s', (name, text) => {
    expect(changelogSection(changelog, name)).toBe(text)
    expect(changelogSection(changelog.replaceAll('\n', '\r\n'), name)).toBe(text)
  })

  test('leads from the page of a release to the files of its tag', () => {
    const text = '[a](docs/a.md#b) [c](https://example.com/c) [d](#d) ![e](docs/e.png)'
    expect(withWholeLinks(text, 'https://github.com/o/r/blob/v1.2.0')).toBe(
      '[a](https://github.com/o/r/blob/v1.2.0/docs/a.md#b) [c](https://example.com/c) [d](#d) ![e](https://github.com/o/r/blob/v1.2.0/docs/e.png)',
    )
  })
})

describe('what keeps a tag from being released', () => {
  const good = { changelog, packageVersion: '1.2.0', contractVersion: '1.2.0' }

  test.each([
    ['nothing', 'v1.2.0', {}, []],
    ['no version', 'v1.2', {}, [/^v1\.2 is no version/]],
    ['another version in package.json', 'v1.2.0', { packageVersion: '1.1.0' }, [/^package\.json .*1\.1\.0/]],
    [
      'another version in the contract',
      'v1.2.0',
      { contractVersion: '1.1.0' },
      [/^src\/contract\.ts .*1\.1\.0/],
    ],
    ['a pre-release that is not in package.json', 'v1.2.0-rc.1', {}, [/package/, /contract/, /CHANGELOG/]],
    [
      'no section',
      'v1.2.0',
      { changelog: '## 1.1.0\n- x' },
      [/^CHANGELOG\.md has nothing under "## 1\.2\.0"/],
    ],
    [
      'an empty section',
      'v1.2.0',
      { changelog: '## 1.2.0\n\n## 1.1.0\n- x' },
      [/^CHANGELOG\.md has nothing/],
    ],
    [
      'unreleased entries',
      'v1.2.0',
      { changelog: `## Unreleased\n- x\n## 1.2.0\n- y` },
      [/still has entries/],
    ],
  ])('%s', (_, tag, changes, problems) => {
    const found = problemsOf(tag, { ...good, ...changes })
    expect(found).toEqual(problems.map(problem => expect.stringMatching(problem)))
  })
})

describe('the command', () => {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')

  /** Runs it in a copy of the project that is a repository with these tags and this changelog. */
  function check(text: string, tag: string, tags: readonly string[] = []) {
    using copy = copyProject()
    writeFileSync(join(copy.path, 'CHANGELOG.md'), text)
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=b', ...args], { cwd: copy.path })
    git('init', '--quiet')
    git('commit', '--quiet', '--allow-empty', '--message', 'x')
    for (const name of tags) git('tag', name)
    const notes = join(copy.path, 'notes.md')
    const env = {
      GITHUB_OUTPUT: join(copy.path, 'output'),
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_SERVER_URL: 'https://github.com',
    }
    const ran = node(copy.path, env, tsx, 'scripts/check-release.ts', tag, notes)
    if (ran.status !== 0) return ran
    return { ...ran, notes: readFileSync(notes, 'utf8'), output: readFileSync(env.GITHUB_OUTPUT, 'utf8') }
  }

  test('writes the notes and what the workflow has to know', () => {
    const text = `## Unreleased\n\n## ${version} - 2026-11-26\n\n- [x](docs/a.md)\n`
    const tag = `v${version}`
    expect(check(text, tag, [tag])).toEqual({
      status: 0,
      stderr: '',
      stdout: `pre-release=false\nfloating=v${versionOf(tag).major}\n`,
      output: `pre-release=false\nfloating=v${versionOf(tag).major}\n`,
      notes: `- [x](https://github.com/o/r/blob/${tag}/docs/a.md)\n`,
    })
    const later = `v${versionOf(tag).major}.999.0`
    expect(check(text, tag, [tag, later])).toMatchObject({ stdout: 'pre-release=false\nfloating=\n' })
  })

  test('fails with all problems', () => {
    const { status, stdout, stderr } = check('## Unreleased\n- x\n', 'v999.0.0')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr.match(/^(?:package\.json|src\/contract\.ts|CHANGELOG\.md) .*\.$/gm)).toHaveLength(4)
  })
})
