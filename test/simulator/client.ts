import { vi } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'

export interface ClientResponse {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: each operation responds with another type
  body: any
  text: string
}

export interface ClientRequest {
  method: string
  path: string
  body?: unknown
}

export const get = (cloud: Simulator, path: string) => request(cloud, { method: 'GET', path })

export const post = (cloud: Simulator, path: string, body?: unknown) =>
  request(cloud, { method: 'POST', path, body })

export const del = (cloud: Simulator, path: string, body?: unknown) =>
  request(cloud, { method: 'DELETE', path, body })

/** Sends one request with the API key, without any retries. */
export async function request(
  cloud: Simulator,
  { method, path, body }: ClientRequest,
): Promise<ClientResponse> {
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

/** Stops the clock of this process, so that world time passes only with `pass`. Timers run as usual. */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ['Date'] })
}

/** Advances the clock by that many world seconds; the clock must be stopped. */
export function pass(cloud: Simulator, worldSeconds: number): void {
  vi.setSystemTime(Date.now() + (worldSeconds * 1000) / cloud.clock.speed)
}

/** Creates a cluster backup and waits for its end; the clock must be stopped. */
export async function finishedBackup(cloud: Simulator, clusterId = cloud.clusterId): Promise<string> {
  const { body } = await post(cloud, `/v2/clusters/${clusterId}/backups/create`, { backupType: 'CLUSTER' })
  pass(cloud, 6)
  return body.data.backupId
}

/** Path of a backup of the seeded cluster, or of an action on it. */
export function backupPath(cloud: Simulator, backupId: string, action = ''): string {
  return `/v2/clusters/${cloud.clusterId}/backups/${backupId}${action}`
}

/** A valid body for restoreCluster. */
export function restoreBody(cloud: Simulator, changes: object = {}): object {
  return { projectId: cloud.projectId, clusterName: 'copy', cuSize: 1, collectionStatus: 'KEEP', ...changes }
}
