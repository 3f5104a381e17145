import { readFile } from 'node:fs/promises'
import { type Document, OpenAPIBackend, type Request } from 'openapi-backend'
import { parse } from 'yaml'
import { unknownFields, type Violation } from './unknown-fields.ts'

/** The parts of a request that the contract describes. */
export interface ContractRequest {
  method: string
  /** Including the query. */
  path: string
  headers: Record<string, string>
  /** Parsed JSON; undefined without a body; the text itself when it is not JSON. */
  body: unknown
}

export interface Contract {
  /** The operation of a request and its path parameters; undefined when no operation matches. */
  route(request: ContractRequest): { operationId: string; params: Record<string, string> } | undefined
  checkRequest(operationId: string, request: ContractRequest): Violation[]
  checkResponse(operationId: string, status: number, body: unknown): Violation[]
  /** The document with every reference resolved. */
  readonly document: Document
}

const loaded = new Map<string, Promise<Contract>>()

/** The OpenAPI document of the control plane, read and compiled once per process. */
export function loadContract(): Promise<Contract> {
  return loadOnce('zilliz-cloud.openapi.yaml')
}

/** That of the data plane. */
export function loadDataContract(): Promise<Contract> {
  return loadOnce('zilliz-cluster.openapi.yaml')
}

function loadOnce(file: string): Promise<Contract> {
  const contract = loaded.get(file) ?? load(file)
  loaded.set(file, contract)
  return contract
}

async function load(file: string): Promise<Contract> {
  const text = await readFile(new URL(`../api/${file}`, import.meta.url), 'utf8')
  // Ajv's validation of the schemas themselves is off: it takes most of the startup time.
  const ajvOpts = { allErrors: true, meta: false, validateSchema: false, code: { optimize: false } }
  // quick: the library validates documents of OpenAPI 3.0 only.
  const api = new OpenAPIBackend({
    definition: parse(text) as Document,
    quick: true,
    ajvOpts,
  })
  await api.init()
  return {
    document: api.definition,
    route(request) {
      if (!isDecodable(request.path.replace(/\?.*$/, ''))) return undefined
      const operation = api.matchOperation(asRequest(request))
      if (operation?.operationId === undefined) return undefined
      const { params } = api.router.parseRequest(asRequest(request), operation)
      return { operationId: operation.operationId, params: params as Record<string, string> }
    },
    checkRequest(operationId, request) {
      const operation = api.router.getOperation(operationId)
      const schema = (operation?.requestBody as BodyObject | undefined)?.content['application/json']?.schema
      // A body where none is documented is ignored: the vendor's CLI sends `{}` with DELETE.
      const checked =
        schema === undefined ? { ...request, body: undefined, headers: withoutType(request) } : request
      const errors = api.validateRequest(asRequest(checked), operationId).errors ?? []
      const unknown = schema === undefined ? [] : unknownFields(operationId, schema, request.body)
      return [...violationsOf(errors), ...unknown]
    },
    checkResponse(operationId, status, body) {
      return violationsOf(api.validateResponse(body, operationId, status).errors ?? [])
    },
  }
}

/** The router throws on an invalid percent-encoding, which would leave the request without a response. */
export function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

interface BodyObject {
  content: Record<string, { schema?: object } | undefined>
}

interface SchemaError {
  instancePath: string
  keyword: string
  params: object
  message?: string | undefined
}

function violationsOf(errors: readonly SchemaError[]): Violation[] {
  return errors.map(({ instancePath, keyword, params, message = '' }) => {
    const named = params as { missingProperty?: string; additionalProperty?: string }
    const name = named.missingProperty ?? named.additionalProperty
    const pointer = name === undefined ? instancePath : `${instancePath}/${name}`
    return { pointer, rule: keyword, text: `${pointer} ${message}`.trim() }
  })
}

function asRequest(request: ContractRequest): Request {
  return { ...request, body: request.body as Request['body'] }
}

function withoutType(request: ContractRequest): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== 'content-type'))
}
