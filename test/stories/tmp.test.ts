import { test, expect } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { runStory } from './story.ts'

test('x', async () => {
  await using cloud = await startSimulator({ dataPlane: true })
  const collections = Array.from({length: 1000}, (_, i) => ({ name: `c${i}`, description: '', status: 'LOADED' as const, rows: i }))
  cloud.world.addCluster({ clusterName: 'big', databases: [{ name: 'default', collections } as never] })
  const story = await runStory(cloud, { operation: 'verify', 'target-cluster': 'big', collections: '*' })
  console.log(story.step.log.slice(-3), story.step.outputs.status, story.step.outputs.duration, story.step.durationMs, cloud.dataRequests.length, Math.max(...cloud.dataRequests.map(r => r.openAtOnce)))
})
