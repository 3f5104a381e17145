import { execFileSync } from 'node:child_process'
import { arch, cpus, loadavg, platform } from 'node:os'
import { type NodeVersion, nodePath } from '../test/harness/nodes.ts'
import type { Taken } from './result.ts'

/** Of this machine, today. */
export function taken(nodes: readonly NodeVersion[]): Taken {
  const versionOf = (node: NodeVersion) =>
    execFileSync(nodePath(node), ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim()
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    system: `${platform()} ${arch()}`,
    node: Object.fromEntries(nodes.map(node => [node, versionOf(node)])),
  }
}
