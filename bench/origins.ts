/** Whose the code of a bundled file is. */

export type Origin = 'ours' | 'toolkit' | 'octokit and what it needs' | 'tunnel' | "the bundler's own"

export interface Size {
  bytes: number
  lines: number
}

/** Above each piece, the bundler names the file that it comes from. */
const nameOfPiece = /^\/\/(?:#region)? ((?:src|node_modules)\/\S+)$/

/** The bytes and lines of each origin in one file. */
export function originsIn(text: string): Map<Origin, Size> {
  const sizes = new Map<Origin, Size>()
  let origin: Origin = "the bundler's own"
  for (const line of text.split(/(?<=\n)/)) {
    const [, source] = nameOfPiece.exec(line.trimEnd()) ?? []
    if (source !== undefined) origin = originOf(source)
    const { bytes, lines } = sizes.get(origin) ?? { bytes: 0, lines: 0 }
    sizes.set(origin, { bytes: bytes + Buffer.byteLength(line), lines: lines + 1 })
  }
  return sizes
}

function originOf(source: string): Origin {
  if (source.startsWith('src/')) return 'ours'
  if (source.startsWith('node_modules/@actions/')) return 'toolkit'
  return source.startsWith('node_modules/tunnel/') ? 'tunnel' : 'octokit and what it needs'
}
