/** A run that was never run, to break invariants with. */
import {
  type DataRequestRecord,
  type RequestRecord,
  type Simulator,
  startSimulator,
} from '../../simulator/index.ts'
import { worldOf } from '../harness/deletions.ts'
import type { StepResult } from '../harness/runner.ts'
import type { Run } from './case.ts'

const apiKey = 'simulator-api-key-0123456789abcdef'
export const startedAt = '2026-03-01T08:00:00.000Z'
export const began = Date.parse(startedAt)

export function stepOf(outputs: Record<string, string>, more: Partial<StepResult> = {}): StepResult {
  const { status = 'succeeded' } = outputs
  const isGreen = !['failed', 'timed-out', 'cancelled'].includes(status)
  const error = isGreen ? undefined : 'Could not read job job-1: The service failed.'
  const receipt = { status, startedAt, finishedAt: '2026-03-01T08:00:10.000Z', ...(error && { error }) }
  return {
    stage: 'main',
    given: {},
    inputs: {},
    exitCode: isGreen ? 0 : 1,
    signal: null,
    outcome: isGreen ? 'success' : 'failure',
    rawLines: [],
    stdout: [],
    stderr: [],
    log: [],
    annotations: error === undefined ? [] : [{ level: 'error', message: error }],
    annotationCounts: { error: isGreen ? 0 : 1, warning: 0, notice: 0 },
    masks: [],
    outputs: { ...outputs, status },
    jobOutputs: {},
    droppedJobOutputs: [],
    state: {},
    env: {},
    path: [],
    summary: `<h2>${isGreen ? '✅' : '❌'} Backup of production</h2>`,
    groups: [],
    commandErrors: [],
    receipt,
    durationMs: 10_000,
    ...more,
  }
}

/** A request and its response of success, so many seconds after the step began. */
export function sent(seconds: number, request: Partial<RequestRecord>): RequestRecord {
  return {
    number: seconds,
    connection: seconds,
    operationId: '',
    method: 'GET',
    path: '/v2/jobs/job-1',
    query: {},
    headers: { authorization: `Bearer ${apiKey}` },
    body: undefined,
    time: began + seconds * 1_000,
    realTime: 0,
    status: 200,
    code: 0,
    message: undefined,
    data: undefined,
    applied: true,
    fault: undefined,
    requestId: undefined,
    ...request,
  }
}

/** A request to the endpoint of the cluster `production`, with the key. */
export function inside(
  cloud: Simulator,
  seconds: number,
  request: Partial<DataRequestRecord>,
): DataRequestRecord {
  const { clusterId } = cloud
  return { ...sent(seconds, { method: 'POST', ...request }), clusterId, openAtOnce: 1, ...request }
}

const copy = { dbName: 'sales', collectionName: 'orders_copy' }
export const described = { operationId: 'describeCollection', body: copy, data: { load: 'LoadStateLoaded' } }
export const counted = { operationId: 'countEntities', body: copy, data: [{ 'count(*)': 900 }] }
export const altered = { operationId: 'alterAlias', body: { ...copy, aliasName: 'live' }, data: {} }
export const lost = { ...altered, applied: false, fault: 'reset' }
export const points = (collectionName: string) => ({
  operationId: 'describeAlias',
  body: { dbName: 'sales', aliasName: 'live' },
  data: { collectionName },
})
export const whole = 'no alias is switched to a collection that was not just seen whole'
export const second = 'no second switch without a look'

/** A step that switched an alias after these requests to the endpoint, a second apart. */
export function switched(cloud: Simulator, ...requests: Partial<DataRequestRecord>[]): Partial<Run> {
  return {
    step: stepOf({ clusterId: cloud.clusterId }),
    dataRequests: requests.map((request, index) => inside(cloud, index + 1, request)),
  }
}

export const post = {
  operationId: 'createBackup',
  method: 'POST',
  path: '/v2/clusters/in01-1/backups/create',
  body: {},
}

/** A step that did what it was to do: nothing, and said so. */
export function goodRun(cloud: Simulator): Run {
  return {
    given: { scenario: 'by hand', injected: [] },
    fixture: {
      inputs: { operation: 'create-backup', 'cluster-id': cloud.clusterId },
      matchers: {},
      keep: [],
      passwords: [],
      missing: () => [],
    },
    cloud,
    step: stepOf({}),
    requests: [sent(1, {})],
    dataRequests: [],
    earlier: 0,
    before: worldOf(cloud),
    controlPlane: new URL(cloud.baseUrl).host,
    cancelledAt: undefined,
    late: [],
    connections: [new URL(cloud.baseUrl).host],
  }
}

export function simulator(): Promise<Simulator> {
  return startSimulator({ keepStatuses: true, origin: began, apiKey })
}
