import { Listener } from './listener.ts'

/** A request that followed an injected redirect to the other origin. */
export interface RedirectedRequest {
  method: string
  path: string
  headers: Record<string, string>
}

/** The default target of an injected redirect: a second port, which opens when it is first needed. */
export class OtherOrigin {
  readonly requests: RedirectedRequest[] = []
  #listener: Promise<Listener> | undefined

  /** URL to redirect to. */
  async url(): Promise<string> {
    this.#listener ??= this.#listen()
    return `http://127.0.0.1:${(await this.#listener).port}/elsewhere`
  }

  async close(): Promise<void> {
    await (await this.#listener)?.close()
  }

  #listen(): Promise<Listener> {
    return Listener.listen((request, response) => {
      this.requests.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers as Record<string, string>,
      })
      response.setHeader('content-type', 'application/json').end('{"code":0,"data":{}}')
    }, 0)
  }
}
