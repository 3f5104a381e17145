/** One request that reached the simulator, and what became of it. */
export interface RequestRecord {
  /** 1 for the first. */
  readonly number: number
  /** Operation of the OpenAPI document; `''` when no route matched. */
  operationId: string
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Names in lower case; the Authorization header is kept as it came. */
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON; undefined without a body, the text itself when it is no JSON. */
  readonly body: unknown
  /** World milliseconds of its arrival. */
  readonly time: number
  /** Real milliseconds of its arrival. */
  readonly realTime: number
  /** HTTP status that was sent; undefined when none was. */
  status: number | undefined
  /** `code` of the answer; undefined when it has none. */
  code: unknown
  /** `message` of the answer; undefined when it has none. */
  message: unknown
  /** Whether the service performed it: a refused request is not. */
  applied: boolean
  /** Kind of the fault that was laid for it. */
  fault: string | undefined
  /** Value of the request id header that was sent. */
  requestId: string | undefined
}

/** Something that the OpenAPI document does not allow, in a request or in an answer of the simulator itself. */
export interface Problem {
  /** `number` of the request. */
  request: number
  operationId: string
  side: 'request' | 'answer'
  text: string
}
