/** What a step of each operation loads of `dist/`, by a real run of it. */
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startSimulator } from '../simulator/index.ts'
import { startGitHub } from '../test/harness/github.ts'
import { readManifest } from '../test/harness/manifest.ts'
import type { NodeVersion } from '../test/harness/nodes.ts'
import { figure, type Table } from './figures.ts'
import type { Bench } from './measurement.ts'
import { onEachNode } from './on-each-node.ts'
import { noted, step } from './programs.ts'
import { event, type Situation, situations } from './situations.ts'

/** GitHub's own client, which only asking GitHub loads: it is counted as a part of `dist/`. */
const ofOctokit = /^\/\/ node_modules\/@octokit\//m

/** In kB of 1,000 bytes. */
const mostLoaded = 150

export async function measureLoaded({ nodes }: Bench): Promise<Table[]> {
  const { main } = await readManifest(fileURLToPath(new URL('../', import.meta.url)))
  const figures = []
  for (const situation of situations) {
    const bytes = await onEachNode(nodes, node => loadedBy(situation, node, dirname(main)))
    const limit = situation.isPlain ? { limit: mostLoaded } : {}
    figures.push(
      figure({ name: situation.name, unit: 'kB', ...limit }, nodes, node => {
        const own = bytes.get(node)
        return own && own / 1_000
      }),
    )
  }
  const notes = [
    'The files of dist/ that the process had loaded at its end. 140 kB is the aim.',
    'Octokit is not counted, which only asking GitHub loads besides.',
  ]
  return [{ title: 'Loaded by a step', better: 'lower', figures, notes }]
}

async function loadedBy({ arrange }: Situation, node: NodeVersion, dist: string): Promise<number> {
  await using cloud = await startSimulator({ dataPlane: true, jobSeconds: 0.1, restoreLagSeconds: 0.1 })
  await using github = await startGitHub()
  const inputs = arrange({ cloud, github })
  const githubToken = github.token
  const { loaded } = await noted(env =>
    step(cloud, inputs, { node, event, githubToken, env: { ...env, GITHUB_API_URL: github.url } }),
  )
  const own = loaded.filter(path => dirname(path) === dist)
  if (own.length === 0) throw new Error(`nothing of ${dist} was loaded`)
  const texts = own.map(path => readFileSync(path, 'utf8')).filter(text => !ofOctokit.test(text))
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
}
