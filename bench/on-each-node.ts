import type { NodeVersion } from '../test/harness/nodes.ts'

/** One after the other. */
export async function onEachNode<Result>(
  nodes: readonly NodeVersion[],
  measure: (node: NodeVersion) => Promise<Result>,
): Promise<Map<NodeVersion, Result>> {
  const results = new Map<NodeVersion, Result>()
  for (const node of nodes) results.set(node, await measure(node))
  return results
}

/** At the same time: for what mostly waits. */
export async function onAllNodes<Result>(
  nodes: readonly NodeVersion[],
  measure: (node: NodeVersion) => Promise<Result>,
): Promise<Map<NodeVersion, Result>> {
  return new Map(await Promise.all(nodes.map(async node => [node, await measure(node)] as const)))
}
