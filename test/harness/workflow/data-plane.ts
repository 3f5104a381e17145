/** A server that stands for the data plane of a cluster, as far as the scripts of the examples use it. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

export interface DataPlane extends AsyncDisposable {
  url: string
  /** Every request: path, token and body. */
  requests: { path: string; token: string | undefined; body: unknown }[]
}

/** @param answers by the path below /v2/vectordb/; without one: `{"code": 0, "data": {}}` */
export async function startDataPlane(answers: Record<string, unknown> = {}): Promise<DataPlane> {
  const requests: DataPlane['requests'] = []
  const server = createServer(async (request, response) => {
    const path = request.url?.replace('/v2/vectordb/', '') ?? ''
    requests.push({ path, token: request.headers.authorization, body: await json(request) })
    response.end(JSON.stringify(answers[path] ?? { code: 0, data: {} }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
