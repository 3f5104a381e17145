import { expect } from 'vitest'
import { byHand, describeExample, runId, schedule } from '../harness/workflow/example.ts'

const producer = 'backup-with-receipt.yml'
const upload = 'actions/upload-artifact'

describeExample(producer, {
  async 'keeps the receipt at night'({ cloud, run, artifacts }) {
    const { results } = await run(schedule)
    expect(results).toEqual({ backup: 'success' })
    const [text = ''] = Object.values(artifacts.get(`${runId} backup-receipt-1`) ?? {})
    expect(JSON.parse(text)).toMatchObject({
      operation: 'create-backup',
      status: 'succeeded',
      backupId: cloud.world.backups[0]?.backupId,
      runId,
    })
  },
  async 'keeps what was there right before, for the drill'({ cloud, run, caches }) {
    await run(schedule)
    const [key, files] = [...caches][0] ?? []
    expect(key).toBe(`baseline-${cloud.world.backups[0]?.backupId}`)
    const { verifiedCollections } = JSON.parse(files?.['baseline.json'] ?? '')
    expect(verifiedCollections).toHaveLength(5)
  },
  async 'backs up where it cannot count, and keeps nothing for the drill'({ cloud, run, caches }) {
    cloud.world.endpoint('production', {
      refusesForSeconds: Number.POSITIVE_INFINITY,
      refusal: { kind: 'gateway', status: 404 },
    })
    expect((await run(schedule)).results).toEqual({ backup: 'failure' })
    expect(cloud.world.backups[0]?.status).toBe('AVAILABLE')
    expect([...caches]).toEqual([])
  },
  async 'keeps that of a failure too, apart from that of the next attempt'({ cloud, run, artifacts }) {
    cloud.world.nextJob({ outcome: 'FAILED', reason: 'disk full' })
    const { results, step } = await run(byHand())
    expect(results).toEqual({ backup: 'failure' })
    expect(step('backup', upload).outcome).toBe('success')
    expect((await run(byHand(), { attempt: 2 })).results).toEqual({ backup: 'success' })
    expect([...artifacts.keys()]).toEqual([`${runId} backup-receipt-1`, `${runId} backup-receipt-2`])
  },
})

describeExample('resume-from-receipt.yml', {
  async 'waits for the backup of a run that has timed out'({ cloud, run, runOther }) {
    cloud.world.nextJob({ durationSeconds: 40 })
    const timedOut = await runOther(producer, schedule, { with: { timeout: '5s' } })
    expect(timedOut.results).toEqual({ backup: 'failure' })
    const { results, step } = await run(byHand({ 'run-id': runId }), { runId: '2000000000' })
    expect(results).toEqual({ wait: 'success' })
    const [backup] = cloud.world.backups
    expect(step('wait', 'wait').outputs).toMatchObject({
      status: 'succeeded',
      jobId: cloud.world.jobs[0]?.jobId,
      backupId: backup?.backupId,
    })
    expect(cloud.world.backups).toHaveLength(1)
    expect(backup?.status).toBe('AVAILABLE')
  },
  async 'takes nothing but ids from a receipt'({ run, artifacts }) {
    const receipt = { jobIds: ['job-1\nbackupId=other'], backupId: 'b1\nstatus=x' }
    artifacts.set('1 backup-receipt-3', { 'receipt.json': JSON.stringify(receipt) })
    const { results, step } = await run(byHand({ 'run-id': '1', attempt: '3' }))
    expect(step('wait', 'ids').outputs).toEqual({ jobId: 'job-1backupIdother', backupId: 'b1statusx' })
    expect(results).toEqual({ wait: 'failure' })
  },
  async 'is red for a run without a receipt'({ run }) {
    expect((await run(byHand({ 'run-id': '7' }))).results).toEqual({ wait: 'failure' })
  },
})

describeExample('wait-by-hand.yml', {
  async 'waits for a job and its backup, with the lines that were printed'({ cloud, run }) {
    const { backupId } = cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: 20 })
    const jobId = cloud.world.jobs[0]?.jobId
    const inputs = { 'job-id': jobId, 'cluster-id': cloud.clusterId, 'backup-id': backupId }
    const { results, step } = await run(byHand(inputs))
    expect(results).toEqual({ wait: 'success' })
    expect(step('wait', 'wait').outputs).toMatchObject({ status: 'succeeded', jobId, backupId })
  },
  async 'waits for a cluster'({ run }) {
    const { results, step } = await run(byHand({ 'target-cluster': 'staging' }))
    expect(results).toEqual({ wait: 'success' })
    expect(step('wait', 'wait').outputs.clusterName).toBe('staging')
  },
  async 'is red without anything to wait for'({ run }) {
    expect((await run(byHand())).results).toEqual({ wait: 'failure' })
  },
})
