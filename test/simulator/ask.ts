import { vi } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'

export interface Reply {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: answers have many shapes
  body: any
  text: string
}

/** One request as a plain client sends it. */
export async function ask(cloud: Simulator, method: string, path: string, body?: unknown): Promise<Reply> {
  const response = await fetch(cloud.baseUrl + path, {
    method,
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${cloud.apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: parsed(text), text }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Stops the clock of this process, so that the world moves only when a test says so. Timers go on as usual. */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ['Date'] })
}

/** Lets that many world seconds pass; the clock must be stopped. */
export function pass(cloud: Simulator, worldSeconds: number): void {
  vi.setSystemTime(Date.now() + (worldSeconds * 1000) / cloud.clock.speed)
}

/** Starts a cluster backup and lets it end. */
export async function finishedBackup(cloud: Simulator, clusterId = cloud.clusterId): Promise<string> {
  const { body } = await ask(cloud, 'POST', `/v2/clusters/${clusterId}/backups/create`, {
    backupType: 'CLUSTER',
  })
  pass(cloud, 6)
  return body.data.backupId
}

/** Path of one backup of the seeded cluster, or of an action on it. */
export function backupPath(cloud: Simulator, backupId: string, action = ''): string {
  return `/v2/clusters/${cloud.clusterId}/backups/${backupId}${action}`
}

/** A body for restoreCluster that the contract allows. */
export function restoreBody(cloud: Simulator, changes: object = {}): object {
  return { projectId: cloud.projectId, clusterName: 'copy', cuSize: 1, collectionStatus: 'KEEP', ...changes }
}
