import type { Simulator } from '../../simulator/index.ts'
import type { ClientResponse } from './client.ts'

export interface DataRequest {
  /** Default: the seeded cluster. */
  cluster?: string
  /** Default: the API key. */
  token?: string
  body?: unknown
}

/** Sends one request, `collections/list`, to the data plane of a cluster, without any retries. */
export async function data(
  cloud: Simulator,
  path: string,
  { cluster = cloud.clusterId, token = cloud.apiKey, body = {} }: DataRequest = {},
): Promise<Pick<ClientResponse, 'status' | 'body' | 'headers'>> {
  const response = await fetch(`${await cloud.connectAddress(cluster)}/v2/vectordb/${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  }
}

/** The `data` of the response, or the code of an error. */
export async function answer(cloud: Simulator, path: string, body: unknown = {}, cluster?: string) {
  const response = await data(cloud, path, { body, ...(cluster === undefined ? {} : { cluster }) })
  return response.body.code === 0 ? response.body.data : response.body.code
}
