/** One request that reached the simulator, with its result. */
export interface RequestRecord {
  /** 1 for the first. */
  readonly number: number
  /** Which connection it came over: one that another request has too was kept open between them. */
  readonly connection: number
  /** Operation of the OpenAPI document; `''` when no route matched. */
  operationId: string
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Names in lower case. The Authorization header is included, so a record must not be printed as a whole. */
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON; undefined without a body or for one that is too large; the text itself when it is not JSON. */
  readonly body: unknown
  /** World milliseconds of its arrival. */
  readonly time: number
  /** Real milliseconds of its arrival. */
  readonly realTime: number
  /** HTTP status of the response; undefined when none was sent. */
  status: number | undefined
  /** `code` of the response; undefined when it has none. */
  code: unknown
  /** `message` of the response; undefined when it has none. */
  message: unknown
  /** `data` of the response, as it was altered; undefined when it has none. Descriptions and new ids are there. */
  data: unknown
  /** Whether the service performed the operation; false for a rejected request. */
  applied: boolean
  /** Kind of the fault that was injected into it; of `meanwhile` and another one, the other. */
  fault: string | undefined
  /** Value of the request id header that was sent. */
  requestId: string | undefined
}

/** A request that reached the data plane of a cluster. */
export interface DataRequestRecord extends RequestRecord {
  /** Whose address it was sent to. */
  readonly clusterId: string
  /** How many requests this cluster had open when it arrived, itself among them. */
  readonly openAtOnce: number
}

/** A violation of the OpenAPI document, by a request or by a response of the simulator itself. */
export interface Problem {
  /** `number` of the request; whether in `requests` or in `dataRequests`, the operation tells. */
  request: number
  operationId: string
  side: 'request' | 'response'
  text: string
}
