import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { applied, tell } from './story.ts'

describe.each(nodes)('create-backup on Node %s', node => {
  test('a cluster is backed up, and the step is green when the backup is AVAILABLE', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const story = await tell(cloud, { operation: 'create-backup', 'cluster-id': cloud.clusterId }, { node })
    expect(story.step.outcome).toBe('success')
    expect(applied(story, 'createBackup')).toHaveLength(1)
    await expect(story.text).toMatchFileSnapshot('transcripts/create-backup-cluster.txt')
  })
})
