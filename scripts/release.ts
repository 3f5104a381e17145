/** What a tag means, and what keeps it from being released. check-release.ts is the command. */

export interface Version {
  /** Without the `v`. */
  text: string
  major: number
  minor: number
  patch: number
  isPreRelease: boolean
}

/** What has to agree with the tag. */
export interface Sources {
  changelog: string
  packageVersion: string
  contractVersion: string
}

/** As semver.org has it, but without build metadata: two releases cannot differ by that alone. */
const identifier = '(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)'
const number = '(0|[1-9]\\d*)'
const tagPattern = new RegExp(`^v${number}\\.${number}\\.${number}(-${identifier}(?:\\.${identifier})*)?$`)

export function parseTag(tag: string): Version | undefined {
  const [whole, major, minor, patch, suffix] = tagPattern.exec(tag) ?? []
  if (whole === undefined) return undefined
  return {
    text: whole.slice(1),
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    isPreRelease: suffix !== undefined,
  }
}

/**
 * The tag that follows the releases of a major version, if this release moves it: a pre-release never does, nor does a
 * fix of an older release.
 */
export function floatingTag(version: Version, tags: readonly string[]): string | undefined {
  if (version.isPreRelease) return undefined
  const releases = tags.map(parseTag).filter(other => other !== undefined && !other.isPreRelease)
  const isOvertaken = releases.some(other => other?.major === version.major && isNewer(other, version))
  return isOvertaken ? undefined : `v${version.major}`
}

function isNewer(one: Version, other: Version): boolean {
  return one.minor === other.minor ? one.patch > other.patch : one.minor > other.minor
}

/** What stands under `## NAME`, `## [NAME]` or `## NAME - DATE`; undefined without such a heading. */
export function changelogSection(changelog: string, name: string): string | undefined {
  const [, ...sections] = changelog.replaceAll('\r\n', '\n').split(/^## /m)
  const section = sections.find(text => /^\[?([^\]\s]+)/.exec(text)?.[1] === name)
  return section?.replace(/^.*\n?/, '').trim()
}

/** Links that lead into the repository lead nowhere from the page of a release. */
export function withWholeLinks(markdown: string, base: string): string {
  return markdown.replace(/\]\((?![a-z]+:|#)([^)]+)\)/g, (_, path: string) => `](${base}/${path})`)
}

/** Why the tag cannot be released, one sentence each. */
export function problemsOf(tag: string, { changelog, packageVersion, contractVersion }: Sources): string[] {
  const version = parseTag(tag)
  if (version === undefined) return [`${tag} is no version such as v1.2.3 or v1.2.3-rc.1.`]
  const { text } = version
  return [
    ...(packageVersion === text ? [] : [`package.json has version ${packageVersion}, not ${text}.`]),
    ...(contractVersion === text ? [] : [`src/contract.ts has version ${contractVersion}, not ${text}.`]),
    ...(changelogSection(changelog, text) ? [] : [`CHANGELOG.md has nothing under "## ${text}".`]),
    ...(changelogSection(changelog, 'Unreleased')
      ? [`CHANGELOG.md still has entries under "## Unreleased".`]
      : []),
  ]
}
