/** What the runners of other systems do, as far as it can be had on this one. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { createJobFolder, nodes } from '../harness/runner.ts'
import { expectDropped, restoreAndPost } from './after-job.ts'
import { interruptAt } from './arrange.ts'
import { createBackup, restoreCollections, verify } from './steps.ts'
import { errorOf, sent } from './story.ts'
import { expectSucceeded, lose, shortcomings, startWithData } from './verifying.ts'

const all = { collections: '*', 'collection-status': 'UNLOADED' }

/** Blanks, letters that are not ASCII and, where a name may have one, the separator of Windows. */
const folderName = process.platform === 'win32' ? "Jörg's Läufer 空白" : "Jörg's Läufer 空白\\_temp"

describe.each(nodes)("a runner's folders with such names, on Node %s", node => {
  test('a later step reads the receipt of an earlier one', async () => {
    await using cloud = await startWithData()
    await using jobFolder = await createJobFolder(folderName)
    const before = await verify(cloud, all, { node, jobFolder })
    const { receipt = '' } = before.step.outputs
    expect(receipt.startsWith(join(jobFolder.temp, 'zilliz-cloud-'))).toBe(true)
    expect(receipt).toContain(folderName)
    lose(cloud, 'sales.items')
    const story = await verify(cloud, { baseline: receipt }, { node, jobFolder })
    expect(shortcomings(story)).toEqual(['sales.items: is not there.'])
  })

  test('the end of the job finds what the step has saved', async () => {
    await using cloud = await startSimulator({
      speed: 20,
      jobSeconds: 0,
      restoreLagSeconds: 0,
      clusterSeconds: 1e6,
    })
    await using jobFolder = await createJobFolder(folderName)
    const story = await restoreAndPost(cloud, {}, { node, jobFolder })
    expectDropped(cloud, story)
  })
})

test('a picture that PowerShell has written: with a byte order mark, and CRLF', async () => {
  await using cloud = await startWithData()
  await using jobFolder = await createJobFolder()
  const before = await verify(cloud, all)
  const picture = JSON.stringify(before.step.receipt, null, 2).replaceAll('\n', '\r\n')
  writeFileSync(join(jobFolder.workspace, 'before.json'), `\ufeff${picture}\r\n`)
  expectSucceeded(await verify(cloud, { baseline: 'before.json' }, { jobFolder }))
})

describe('inputs whose lines end with CRLF', () => {
  test('collections', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const collections = '# the shop\r\n\r\nsales.orders\r\n  sales.items  \r\n'
    const story = await createBackup(cloud, { collections })
    expectSucceeded(story)
    expect(sent(story, 'createBackup').map(({ body }) => body)).toEqual([
      {
        backupType: 'COLLECTION',
        dbCollections: [{ dbName: 'sales', collectionNames: ['orders', 'items'] }],
      },
    ])
  })

  test('a guard', async () => {
    await using cloud = await startSimulator()
    const inputs = { collections: 'sales.orders', 'protected-clusters': 'production\r\nstaging\r\n' }
    const story = await restoreCollections(cloud, inputs)
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story)).toContain('is one of protected-clusters')
    expect(sent(story, 'restoreCollection')).toEqual([])
  })
})

test('SIGBREAK, by which Windows cancels too, is a cancel', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const options = interruptAt(cloud, 'describeJob', { act: control => control.kill('SIGBREAK') })
  const { step } = await createBackup(cloud, {}, { ...options, messages: true })
  const [backup] = cloud.world.backups
  expect(step).toMatchObject({ signal: null, exitCode: 1 })
  expect(step.outputs).toMatchObject({ status: 'cancelled', jobId: backup?.job?.jobId })
})
